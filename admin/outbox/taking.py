"""Taking the next message that is due, so that nobody else does: in office hours, under the day's
ceiling, and only for who still wants to hear from us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from admin.outbox.opening import open_message
from admin.outbox.provider import OpenText
from intake.office_hours import may_be_told
from intake.outbox.outbound_text import OutboundText
from intake.outbox.reporting import take_report
from intake.rules.sending import IN_HAND, LEASE, Medium, TextState
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


@dataclass(frozen=True)
class Rules:
    """What is taken: messages of one medium, for a provider of that name, so many on one day; the
    site is what mails name."""

    medium: Medium
    provider: str
    ceiling: int
    site: str = ""


def take_next(database: Database, rules: Rules) -> Taken | None:
    """Take the message that has been due for longest; None where nothing may go out now.

    Each is put down as unknown until its lease is over, and the provider's name with it.
    """
    while True:
        with database.reading() as session:
            if not may_be_told(clock.now(), book(session)) or _due(session, rules.medium) is None:
                return None
        with database.writing() as session:
            text = _due(session, rules.medium, hold=True)
            if text is None:
                return None
            if text.state is TextState.WAITING and _is_enough_for_today(session, rules):
                _put_off(session, rules.medium)
                continue
            taken = _take(session, text, rules)
        if taken is not None:
            return taken


def _due(session: Session, medium: Medium, *, hold: bool = False) -> OutboundText | None:
    due = (
        select(OutboundText)
        .where(
            OutboundText.state.in_(IN_HAND),
            OutboundText.next_at <= clock.now(),
            OutboundText.medium == medium,
        )
        .order_by(OutboundText.next_at, OutboundText.id)
        .limit(1)
    )
    return session.scalars(due.with_for_update(skip_locked=True) if hold else due).first()


def _take(session: Session, text: OutboundText, rules: Rules) -> Taken | None:
    """Take a message; None where it came to its end instead."""
    is_look_up = text.state is TextState.UNKNOWN
    if is_look_up and text.provider not in {None, rules.provider}:
        # Whoever sends now can't say whether the former one did.
        take_report(session, text, TextState.DEAD, code="other_provider")
        return None
    now = clock.now()
    opened = open_message(session, text, now, site=rules.site)
    if opened is None:
        return None
    text.state, text.provider = TextState.UNKNOWN, rules.provider
    text.tries += 1
    text.first_tried_at = opened.tried_since
    text.last_tried_at, text.next_at = now, now + LEASE
    return Taken(text.id, text.tries, is_look_up, opened)


def _is_enough_for_today(session: Session, rules: Rules) -> bool:
    """Whether as many were tried since the Shanghai day began as may be."""
    tried = select(OutboundText.id).where(
        OutboundText.last_tried_at >= _begin_of_day(0), OutboundText.medium == rules.medium
    )
    some = tried.limit(rules.ceiling).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) >= rules.ceiling


def _put_off(session: Session, medium: Medium) -> None:
    """Let everything that waits wait for tomorrow."""
    session.execute(
        update(OutboundText)
        .where(
            OutboundText.state == TextState.WAITING,
            OutboundText.next_at <= clock.now(),
            OutboundText.medium == medium,
        )
        .values(next_at=_begin_of_day(1))
    )


def _begin_of_day(days: int) -> datetime:
    """When the Shanghai day begins that lies so many days ahead."""
    day = clock.today() + timedelta(days=days)
    return datetime.combine(day, time(), tzinfo=SHANGHAI)
