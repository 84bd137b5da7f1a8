"""Closing the campaign itself (结束专项治理): somebody of the office asks for it once it was said
of every open case how it goes on; the office's head, another person, closes it, or opens it again.

What a person can't see he can't wait for either: a case that accuses the office keeps nobody from
closing, or he would learn of it. It goes on all the same, with whoever has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.closing.closing import Closing, Stage
from admin.closing.open_cases import Part, count, count_undecided, decides_about, total
from admin.desk.hand import NeedsSecondPerson, NeedsText, SomebodyWasFaster
from intake.cases.event import record
from intake.vault.vault import vault_of
from portal.campaign.book import Book
from portal.campaign.campaign import Campaign
from portal.campaign.revision import new_book_revision
from portal.foundation import clock

NOT_PREPARED = "none"


class StillUndecided(Exception):
    """Of some open cases nobody has said how they go on."""


class NotNow(Exception):
    """The campaign isn't where this step begins, or this person may not take it."""


@dataclass(frozen=True)
class Step:
    """Who takes a step, and what he saw of the closing when he did (`Closing.mark`)."""

    access: Access
    book: Book
    seen: str


def present(session: Session) -> Closing | None:
    """The closing that is under way, or done; None while the campaign simply runs."""
    wanted = select(Closing).where(Closing.taken_back_at.is_(None), Closing.reopened_at.is_(None))
    return session.scalars(wanted.order_by(Closing.id.desc())).first()


def earlier(session: Session) -> list[Closing]:
    """The closings that were undone, the latest first."""
    wanted = select(Closing).where(Closing.reopened_at.is_not(None))
    return list(session.scalars(wanted.order_by(Closing.id.desc())))


def mark_of(closing: Closing | None) -> str:
    """What a form carries."""
    return closing.mark if closing else NOT_PREPARED


def steps_for(access: Access, closing: Closing | None) -> Iterator[str]:
    """The steps that somebody may take now."""
    if not access.as_office:
        return
    if closing is None:
        yield "prepare"
        return
    is_head = access.office_code in access.heads
    if closing.stage is Stage.PREPARED:
        if is_head and closing.prepared_by != access.staff_id:
            yield "close"
        yield "take-back"
    elif is_head:
        yield "reopen"


def prepare(session: Session, step: Step) -> None:
    """Ask for the end of the campaign (报请结束).

    Raises:
        SomebodyWasFaster, NotNow, StillUndecided: see there.
    """
    _begin(session, step, "prepare")
    _check_all_decided(session, step)
    session.add(Closing(prepared_by=step.access.staff_id, prepared_at=clock.now()))
    facts = _sums(session, step)
    record(session, "closing_prepared", by=step.access.staff_id, **facts)
    session.flush()


def take_back(session: Session, step: Step) -> None:
    """Take the wish back; the campaign goes on.

    Raises:
        SomebodyWasFaster, NotNow: see there.
    """
    found = _found(_begin(session, step, "take-back"))
    found.taken_back_by, found.taken_back_at = step.access.staff_id, clock.now()
    record(session, "closing_taken_back", by=step.access.staff_id)
    session.flush()


def close_campaign(session: Session, step: Step) -> None:
    """Close the campaign: from today on the public site says so, and new cases come to the office.

    Raises:
        SomebodyWasFaster, NotNow, StillUndecided: see there.
        NeedsSecondPerson: who asked for it can't close it himself.
    """
    found = _found(_begin(session, step, "close"))
    _check_all_decided(session, step)
    found.closed_by, found.closed_at = step.access.staff_id, clock.now()
    session.get_one(Campaign, 1).ended_on = today = clock.today()
    sums, on = _sums(session, step), today.isoformat()
    record(session, "campaign_closed", by=step.access.staff_id, on=on, **sums)
    session.flush()


def reopen_campaign(session: Session, step: Step, *, reason: str) -> None:
    """Open the campaign again; what was decided about cases stays.

    Raises:
        SomebodyWasFaster, NotNow, NeedsText: see there.
    """
    if not reason.strip():
        raise NeedsText
    found = _found(_begin(session, step, "reopen"))
    found.reopened_by, found.reopened_at = step.access.staff_id, clock.now()
    vault = vault_of(session)
    found.sealed_reason = vault.seal_under_master(reason.strip().encode(), found.context)
    session.get_one(Campaign, 1).ended_on = None
    record(session, "campaign_reopened", by=step.access.staff_id)
    session.flush()


def reason_of(session: Session, closing: Closing) -> str:
    """Why a campaign was opened again."""
    sealed = closing.sealed_reason
    vault = vault_of(session)
    return vault.open_under_master(sealed, closing.context).decode() if sealed else ""


def _begin(session: Session, step: Step, name: str) -> Closing | None:
    """Hold the campaign, so that of two people the later sees what the earlier did."""
    new_book_revision(session)
    found = present(session)
    if mark_of(found) != step.seen:
        raise SomebodyWasFaster
    his_own = found is not None and found.prepared_by == step.access.staff_id
    if name == "close" and his_own and step.access.office_code in step.access.heads:
        raise NeedsSecondPerson
    if name not in steps_for(step.access, found):
        raise NotNow(name)
    return found


def _found(closing: Closing | None) -> Closing:
    if closing is None:
        raise NotNow
    return closing


def _check_all_decided(session: Session, step: Step) -> None:
    left = count_undecided(session, step.access, step.book)
    if left:
        raise StillUndecided(left)


def _sums(session: Session, step: Step) -> dict[str, int]:
    """How many open cases are kept, and how many handed on."""
    found = total(count(session, decides_about(step.access, step.book)).values())
    return {"kept": found.of(Part.KEPT), "handed_on": found.of(Part.HANDED_ON)}
