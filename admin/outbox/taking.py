"""Taking the next message that is due, so that nobody else does: in office hours, under the day's
ceiling, and only for who still wants to hear from us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from admin.outbox.provider import OpenText
from intake.cases.case import Case
from intake.office_hours import may_be_told
from intake.outbox.addressing import address_of, forget_address, has_opted_out
from intake.outbox.notice_address import NoticeAddress
from intake.outbox.outbound_text import OutboundText
from intake.outbox.queue_notice import words_of
from intake.outbox.reporting import take_report
from intake.rules.sending import IN_HAND, LEASE, TextState
from intake.vault.vault import DoesNotOpen
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.clock import SHANGHAI
from portal.foundation.database import Database


@dataclass(frozen=True)
class Taken:
    """A message in the hands of one worker. `tries` counts this one; `is_look_up`: the provider is
    asked for it, not given it."""

    text_id: int
    tries: int
    is_look_up: bool
    opened: OpenText


def take_next(database: Database, provider: str, *, ceiling: int) -> Taken | None:
    """Take the message that has been due for longest; None where nothing may go out now.

    Each is put down as unknown until its lease is over, and the provider's name with it.
    """
    while True:
        with database.reading() as session:
            if not may_be_told(clock.now(), book(session)) or _due(session) is None:
                return None
        with database.writing() as session:
            text = _due(session, hold=True)
            if text is None:
                return None
            if text.state is TextState.WAITING and _sent_today(session, ceiling) >= ceiling:
                _put_off(session)
                continue
            taken = _take(session, text, provider)
        if taken is not None:
            return taken


def _due(session: Session, *, hold: bool = False) -> OutboundText | None:
    due = (
        select(OutboundText)
        .where(OutboundText.state.in_(IN_HAND), OutboundText.next_at <= clock.now())
        .order_by(OutboundText.next_at, OutboundText.id)
        .limit(1)
    )
    return session.scalars(due.with_for_update(skip_locked=True) if hold else due).first()


def _take(session: Session, text: OutboundText, provider: str) -> Taken | None:
    """Take a message; None where it came to its end instead."""
    is_look_up = text.state is TextState.UNKNOWN
    if is_look_up and text.provider not in {None, provider}:
        # Whoever sends now can't say whether the former one did.
        take_report(session, text, TextState.DEAD, code="other_provider")
        return None
    now = clock.now()
    opened = _open(session, text, now)
    if opened is None:
        return None
    text.state, text.provider = TextState.UNKNOWN, provider
    text.tries += 1
    text.first_tried_at = opened.tried_since
    text.last_tried_at, text.next_at = now, now + LEASE
    return Taken(text.id, text.tries, is_look_up, opened)


def _open(session: Session, text: OutboundText, now: datetime) -> OpenText | None:
    """The message in the clear; None where nobody may or can be texted any more."""
    case = session.get_one(Case, text.case_id)
    address = session.get(NoticeAddress, case.id)
    if address is None:
        take_report(session, text, TextState.STOPPED)
        return None
    try:
        to = address_of(session, case, address.sealed)
        body = words_of(session, case, text)
    except DoesNotOpen:
        take_report(session, text, TextState.DEAD, code="does_not_open")
        return None
    if has_opted_out(session, to):
        forget_address(session, case)
        take_report(session, text, TextState.STOPPED)
        return None
    others = select(OutboundText.provider_id).where(
        OutboundText.case_id == case.id, OutboundText.id != text.id
    )
    known = frozenset(one for one in session.scalars(others) if one)
    return OpenText(text.reference, to, body, text.first_tried_at or now, known)


def _sent_today(session: Session, ceiling: int) -> int:
    """How many messages were tried since the Shanghai day began, counted up to the ceiling."""
    tried = select(OutboundText.id).where(OutboundText.last_tried_at >= _begin_of_day(0))
    return session.scalar(select(func.count()).select_from(tried.limit(ceiling).subquery())) or 0


def _put_off(session: Session) -> None:
    """Let everything that waits wait for tomorrow."""
    session.execute(
        update(OutboundText)
        .where(OutboundText.state == TextState.WAITING, OutboundText.next_at <= clock.now())
        .values(next_at=_begin_of_day(1))
    )


def _begin_of_day(days: int) -> datetime:
    """When the Shanghai day begins that lies so many days ahead."""
    day = clock.today() + timedelta(days=days)
    return datetime.combine(day, time(), tzinfo=SHANGHAI)
