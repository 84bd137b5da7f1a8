"""Drafting a list of who received what (分配结果公示, plan 三(一)5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from admin.distributions import list_texts
from admin.distributions.distribution_draft import DistributionDraft, ListState
from admin.distributions.findings import findings
from admin.distributions.list_texts import ListTexts
from admin.publishing.desk import NeedsText, NotADraft, Publisher, SomebodyWasFaster
from admin.publishing.echoes import Echoes, both
from admin.publishing.located import written_answers
from intake.cases.event import record
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.drawn_numbers import draw_number
from portal.published.discretion import shows_sums_only
from portal.published.distributing import NamesOfDiscreet
from portal.published.distribution import Distribution


def draft_list(
    session: Session, *, by: Publisher, policy: str, street: str, texts: ListTexts
) -> DistributionDraft:
    """Draft a list; nobody outside the desk reads it until a second reader releases it.

    Raises:
        NamesOfDiscreet: of this policy only sums may be published.
    """
    sums_only = shows_sums_only(by.book.policies[policy])
    if sums_only and texts.rows:
        raise NamesOfDiscreet(policy)
    draft = DistributionDraft(
        number=draw_number(session, "F", 6, DistributionDraft.number, Distribution.number),
        policy_code=policy,
        place_code=street,
        sums_only=sums_only,
        state=ListState.DRAFTED,
        drafted_by=by.staff_id,
        drafted_at=clock.now(),
    )
    session.add(draft)
    list_texts.store(session, draft, texts.with_writer(by.staff_id), by.office)
    record(session, "distribution_drafted", by=by.staff_id, distribution=draft.number)
    return draft


def mend(
    session: Session, draft: DistributionDraft, *, by: Publisher, version: int, texts: ListTexts
) -> None:
    """Write a draft anew; it waits for a second reader again. Answers stay with their passages.

    `texts` without rows keep those that are there.

    Raises:
        SomebodyWasFaster, NotADraft, NamesOfDiscreet: see there.
    """
    hold(draft, version)
    old = list_texts.unseal(session, draft, by.office)
    if not draft.sums_only and not texts.rows:
        texts = texts.with_rows_of(old)
    if draft.sums_only and texts.rows:
        raise NamesOfDiscreet(draft.policy_code)
    mended = replace(
        texts,
        echoes=old.echoes,
        answers=old.answers,
        writers=old.writers,
        sent_back_because="",
    )
    draft.state = ListState.DRAFTED
    list_texts.store(session, draft, mended.with_writer(by.staff_id), by.office)
    record(session, "distribution_drafted", by=by.staff_id, distribution=draft.number)


def answer(
    session: Session,
    draft: DistributionDraft,
    *,
    by: Publisher,
    version: int,
    answers: Mapping[str, str],
) -> None:
    """Answer in writing why findings may stay. `answers` go by the finding's key; those to what
    can't be answered count for nothing.

    Whoever answers takes part in the draft, so that somebody else has to release it.

    Raises:
        SomebodyWasFaster, NotADraft: see there.
        NeedsText: no answer is left.
    """
    hold(draft, version)
    texts = list_texts.unseal(session, draft, by.office)
    written = written_answers(answers, findings(texts, by.book), by.staff_id)
    if not written:
        raise NeedsText
    answered = replace(texts, answers={**texts.answers, **written})
    list_texts.store(session, draft, answered.with_writer(by.staff_id), by.office)
    record(session, "distribution_answered", by=by.staff_id, distribution=draft.number)


def note_echoes(
    session: Session, draft: DistributionDraft, *, by: Publisher, found: Echoes
) -> None:
    """Keep with a draft what it repeats of cases, so that somebody mends it or answers for it."""
    texts = list_texts.unseal(session, draft, by.office)
    texts = replace(texts, echoes=both(texts.echoes, found))
    list_texts.store(session, draft, texts, by.office)


def drop(session: Session, draft: DistributionDraft, *, by: Publisher, version: int) -> None:
    """Give a draft up: what it held is gone for good.

    Raises:
        SomebodyWasFaster, NotADraft: see there.
    """
    hold(draft, version)
    draft.state = ListState.DROPPED
    list_texts.destroy(session, draft)
    record(session, "distribution_dropped", by=by.staff_id, distribution=draft.number)


def hold(draft: DistributionDraft, version: int) -> None:
    """Count the version of a draft on that may be worked on now.

    Raises:
        SomebodyWasFaster: the draft isn't the one that its writer saw.
        NotADraft: it was released or dropped.
    """
    if draft.version != version:
        raise SomebodyWasFaster
    if not draft.is_open:
        raise NotADraft
    draft.version += 1


def must_be_sums(draft: DistributionDraft, book: Book) -> bool:
    """Whether the campaign's data no longer allow the names that a draft was made with."""
    return shows_sums_only(book.policies[draft.policy_code]) and not draft.sums_only
