"""Releasing a list of recipients, which a second person does, and taking it down early."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.distributions import list_texts
from admin.distributions.distribution_draft import DistributionDraft, ListState
from admin.distributions.drafting import hold, must_be_sums
from admin.distributions.findings import findings
from admin.distributions.list_texts import ListTexts
from admin.distributions.publication import publication
from admin.publishing.desk import (
    LeaksOpen,
    NeedsSecondReader,
    NeedsText,
    NotADraft,
    Publisher,
)
from intake.cases.event import record
from portal.foundation import clock
from portal.published.distributing import NamesOfDiscreet, put_out, take_down
from portal.published.distribution import Distribution, TakenDown


class NotStanding(Exception):
    """The list was taken down already."""


def may_release(draft: DistributionDraft, texts: ListTexts, publisher: Publisher) -> bool:
    """Whether this person is a second reader: he neither drafted nor mended nor answered."""
    return publisher.staff_id not in texts.writers | {draft.drafted_by}


def release(
    session: Session, draft: DistributionDraft, *, by: Publisher, version: int
) -> Distribution:
    """Release a list; from its first day on the public reads it.

    Raises:
        SomebodyWasFaster, NotADraft: see there.
        NeedsSecondReader: this person had a hand in the draft.
        LeaksOpen: something found in it is neither mended nor answered.
        NamesOfDiscreet: since it was drafted, its policy became one of sums only.
    """
    hold(draft, version)
    if draft.state is not ListState.DRAFTED:
        raise NotADraft
    if must_be_sums(draft, by.book):
        raise NamesOfDiscreet(draft.policy_code)
    texts = list_texts.unseal(session, draft, by.office)
    if not may_release(draft, texts, by):
        raise NeedsSecondReader
    if any(one.is_open for one in findings(texts, by.book)):
        raise LeaksOpen
    one, rows = publication(draft, texts, clock.today())
    draft.state = ListState.RELEASED
    draft.released_by, draft.released_at = by.staff_id, one.released_at
    list_texts.store(session, draft, texts.without_rows, by.office)
    put_out(session, one, rows)
    record(session, "distribution_released", by=by.staff_id, distribution=draft.number)
    return one


def send_back(
    session: Session, draft: DistributionDraft, *, by: Publisher, version: int, reason: str
) -> None:
    """Send a draft back to its writer, with what has to change.

    Raises:
        SomebodyWasFaster: see there.
        NotADraft: it was released, dropped, or sent back already.
        NeedsText: no reason is given.
    """
    if not reason.strip():
        raise NeedsText
    hold(draft, version)
    if draft.state is not ListState.DRAFTED:
        raise NotADraft
    texts = list_texts.unseal(session, draft, by.office)
    draft.state = ListState.SENT_BACK
    sent = replace(texts, sent_back_because=reason.strip())
    list_texts.store(session, draft, sent, by.office)
    record(session, "distribution_sent_back", by=by.staff_id, distribution=draft.number)


def withdraw(session: Session, number: str, *, by: Publisher, because: TakenDown) -> None:
    """Take a list down before its time is over: rows and sums are deleted at once, a dated note
    with one of a few reasons stays. One person may do so, since a list that tells too much can't
    wait for a second.

    Raises:
        NotStanding: it isn't there any more.
    """
    wanted = select(Distribution).where(Distribution.number == number).with_for_update()
    one = session.scalars(wanted).one()
    today = clock.today()
    if one.taken_down_on is not None or one.shown_until < today:
        raise NotStanding(number)
    take_down(session, one, on=today, because=because)
    forget_draft(session, number)
    record(
        session,
        "distribution_withdrawn",
        by=by.staff_id,
        distribution=number,
        because=because.value,
    )


def forget_draft(session: Session, number: str) -> None:
    """Let go of what the draft of a list that was taken down still holds."""
    drafts = select(DistributionDraft).where(DistributionDraft.number == number)
    for draft in session.scalars(drafts.with_for_update()):
        list_texts.destroy(session, draft)
