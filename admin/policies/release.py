"""Releasing changes of the policy list: a second person reads them against what stands now."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from admin.policies import draft_content
from admin.policies.checks import Refused, wrong_with
from admin.policies.columns import CHECKED
from admin.policies.draft_content import DraftContent
from admin.policies.drafting import NothingChanges, hold
from admin.policies.policy_draft import PolicyDraft
from admin.policies.proposal import Difference, differences, digest_of
from admin.publishing.desk import (
    LeaksOpen,
    NeedsSecondReader,
    NeedsText,
    NotADraft,
    Publisher,
    SomebodyWasFaster,
)
from admin.publishing.result_draft import DraftState
from intake.cases.event import record
from portal.campaign.policy import Policy
from portal.campaign.revision import new_book_revision
from portal.foundation import clock
from portal.published.policy_releasing import PolicyWord, put_out_policies


def may_release(draft: PolicyDraft, content: DraftContent, publisher: Publisher) -> bool:
    """Whether this person is a second reader: he neither drafted nor answered."""
    return publisher.staff_id not in content.writers | {draft.drafted_by}


def release(session: Session, draft: PolicyDraft, *, by: Publisher, version: int, seen: str) -> int:
    """Release the changes; returns how many policies got another version. `seen` is the digest of
    the differences that the reader saw.

    `by.book` must have been read after the campaign's row was held, so that nothing of the list
    changes between the comparison and the release.

    Raises:
        SomebodyWasFaster: the draft, or what stands, isn't what the reader saw.
        NotADraft, NothingChanges, Refused: see there.
        NeedsSecondReader: this person had a hand in the draft.
        LeaksOpen: something found in it is neither mended nor answered.
    """
    hold(draft, version)
    if draft.state is not DraftState.DRAFTED:
        raise NotADraft
    content = draft_content.unseal(session, draft, by.office)
    if not may_release(draft, content, by):
        raise NeedsSecondReader
    shown = differences(content.proposal, by.book)
    if digest_of(shown) != seen:
        raise SomebodyWasFaster
    if not shown:
        raise NothingChanges
    wrong = wrong_with(content.proposal, by.book, clock.today())
    if wrong:
        raise Refused(wrong)
    if any(one.is_open for one in draft_content.findings(content, by.book)):
        raise LeaksOpen
    draft.state = DraftState.RELEASED
    draft.released_by, draft.released_at = by.staff_id, clock.now()
    return _put_out(session, content, shown, by)


def send_back(
    session: Session, draft: PolicyDraft, *, by: Publisher, version: int, reason: str
) -> None:
    """Send a draft back to its writer, with what has to change.

    Raises:
        SomebodyWasFaster: see there.
        NotADraft: it was released, or sent back already.
        NeedsText: no reason is given.
    """
    if not reason.strip():
        raise NeedsText
    hold(draft, version)
    if draft.state is not DraftState.DRAFTED:
        raise NotADraft
    content = draft_content.unseal(session, draft, by.office)
    content = replace(content, sent_back_because=reason.strip())
    draft.state = DraftState.SENT_BACK
    draft.sealed = draft_content.seal(session, draft, content, by.office)
    record(session, "policies_sent_back", by=by.staff_id, draft=draft.key)
    session.flush()


def _put_out(
    session: Session, content: DraftContent, shown: list[Difference], by: Publisher
) -> int:
    said = {one.code: {change.name: change.now for change in one.fields} for one in shown}
    words = [
        PolicyWord(
            code=code,
            fields=fields,
            holds_from=content.proposal.holds_from,
            note=content.proposal.note.strip(),
            by=by.staff_id,
        )
        for code, fields in _without_checking(said).items()
    ]
    versions = put_out_policies(session, words)
    for one in versions:
        code, number = one.policy_code, one.number
        record(session, "policy_released", by=by.staff_id, policy=code, version=number)
    _note_checking(session, said, by)
    new_book_revision(session)
    return len(versions)


def _without_checking(said: dict[str, dict[str, object]]) -> dict[str, dict[str, object]]:
    """What a version keeps: a day of checking says nothing anew."""
    versioned = {
        code: {name: v for name, v in fields.items() if name != CHECKED}
        for code, fields in said.items()
    }
    return {code: fields for code, fields in versioned.items() if fields}


def _note_checking(session: Session, said: dict[str, dict[str, object]], by: Publisher) -> None:
    checked = [code for code, fields in said.items() if CHECKED in fields]
    for code in checked:
        session.get_one(Policy, code).checked_on = said[code][CHECKED]  # type: ignore[assignment]
    if checked:
        record(session, "policies_checked", by=by.staff_id, policies=sorted(checked))
    session.flush()
