"""Drafting changes of the policy list (政策清单, plan 三(一)5): nobody outside the desk reads them
until a second reader releases them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from admin.policies import draft_content
from admin.policies.checks import Refused, wrong_note, wrong_with
from admin.policies.draft_content import DraftContent
from admin.policies.policy_draft import PolicyDraft
from admin.policies.proposal import Proposal
from admin.publishing.desk import NeedsText, NotADraft, Publisher, SomebodyWasFaster
from admin.publishing.echoes import Echoes, both
from admin.publishing.located import written_answers
from admin.publishing.result_draft import DraftState
from intake.cases.event import record
from portal.foundation import clock


class NothingChanges(Exception):
    """The list says all of it already."""


def draft_policies(session: Session, *, by: Publisher, proposal: Proposal) -> PolicyDraft:
    """Draft changes of some policies.

    Raises:
        NothingChanges: see there.
        Refused: something is wrong with them.
    """
    _check(proposal, by)
    draft = PolicyDraft(
        key=secrets.token_hex(8),
        state=DraftState.DRAFTED,
        number=len(proposal.changes),
        drafted_by=by.staff_id,
        drafted_at=clock.now(),
        sealed=b"",
    )
    content = DraftContent(proposal=proposal, writers=frozenset({by.staff_id}))
    draft.sealed = draft_content.seal(session, draft, content, by.office)
    session.add(draft)
    session.flush()
    _drafted(session, draft, proposal, by)
    return draft


def draft_anew(
    session: Session, draft: PolicyDraft, *, by: Publisher, version: int, proposal: Proposal
) -> None:
    """Put other changes into a draft; it waits for a second reader again. Answers stay with their
    passages.

    Raises:
        SomebodyWasFaster, NotADraft, NothingChanges, Refused: see there.
    """
    hold(draft, version)
    _check(proposal, by)
    content = draft_content.unseal(session, draft, by.office)
    draft.state, draft.number = DraftState.DRAFTED, len(proposal.changes)
    store(session, draft, by, replace(content, proposal=proposal, sent_back_because=""))
    _drafted(session, draft, proposal, by)


def answer(
    session: Session, draft: PolicyDraft, *, by: Publisher, version: int, answers: Mapping[str, str]
) -> None:
    """Answer in writing why findings may stay. Whoever answers takes part in the draft, so that
    somebody else has to release it.

    Raises:
        SomebodyWasFaster, NotADraft: see there.
        NeedsText: every answer is empty.
    """
    hold(draft, version)
    content = draft_content.unseal(session, draft, by.office)
    found = draft_content.findings(content, by.book)
    written = written_answers(answers, found, by.staff_id)
    if not written:
        raise NeedsText
    store(session, draft, by, replace(content, answers={**content.answers, **written}))
    record(session, "policies_answered", by=by.staff_id, draft=draft.key)


def note_echoes(session: Session, draft: PolicyDraft, *, by: Publisher, found: Echoes) -> None:
    """Keep with a draft what it repeats of cases, so that somebody mends it or answers for it."""
    content = draft_content.unseal(session, draft, by.office)
    content = replace(content, echoes=both(content.echoes, found))
    draft.sealed = draft_content.seal(session, draft, content, by.office)
    session.flush()


def drop(session: Session, draft: PolicyDraft, *, by: Publisher, version: int) -> None:
    """Throw a draft away that nobody released, with everything that was sealed in it.

    Raises:
        SomebodyWasFaster, NotADraft: see there.
    """
    hold(draft, version)
    record(session, "policies_dropped", by=by.staff_id, draft=draft.key)
    box = draft_content.box_of(session, draft)
    if box is not None:
        session.delete(box)
    session.delete(draft)
    session.flush()


def hold(draft: PolicyDraft, version: int) -> None:
    """Count a draft's version on, so that the later of two writers is told.

    Raises:
        SomebodyWasFaster: the draft isn't the one that its writer saw.
        NotADraft: it was released.
    """
    if draft.version != version:
        raise SomebodyWasFaster
    if draft.state is DraftState.RELEASED:
        raise NotADraft
    draft.version += 1


def store(session: Session, draft: PolicyDraft, by: Publisher, content: DraftContent) -> None:
    """Seal what a draft holds now, with one more writer."""
    content = replace(content, writers=content.writers | {by.staff_id})
    draft.sealed = draft_content.seal(session, draft, content, by.office)
    session.flush()


def _check(proposal: Proposal, by: Publisher) -> None:
    wrong = [*wrong_note(proposal.note), *wrong_with(proposal, by.book, clock.today())]
    if wrong:
        raise Refused(wrong)
    if not proposal.changes:
        raise NothingChanges


def _drafted(session: Session, draft: PolicyDraft, proposal: Proposal, by: Publisher) -> None:
    codes = sorted(proposal.changes)
    record(session, "policies_drafted", by=by.staff_id, draft=draft.key, policies=codes)
