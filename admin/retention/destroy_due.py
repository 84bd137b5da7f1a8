"""Destroying what is due (the worker's job): at night, each message in a transaction of its own, so
that nobody waits long for his turn at writing, and killed anywhere it goes on where it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from admin.retention.destroy_beside import destroy_beside
from admin.retention.destroy_message import destroy_message
from admin.retention.destruction_notice import DestructionNotice
from admin.retention.listing import list_what_is_due
from admin.retention.wiping import WIPED
from intake.cases.case import Case
from intake.cases.event import Event
from intake.rules.retention import Reason
from portal.campaign.book import book
from portal.campaign.retention_rule import RetentionRule
from portal.foundation import clock
from portal.foundation.clock import SHANGHAI
from portal.foundation.database import Database
from portal.foundation.erasing import erase_deleted

# Hours of Shanghai in which nobody sits at a desk, and a table may be written anew.
_NIGHT = range(1, 5)
# So many seconds a run goes on; what is left waits for the next one.
_LONGEST = timedelta(seconds=20)
_AT_ONCE = 50
# What was destroyed beside cases.
_BESIDE = ("rights_destroyed", "mistake_destroyed")


def keep_retention(database: Database) -> int:
    """Bring the list up to date; at night, destroy what is due and held by nothing. Returns of how
    many messages, requests and mistakes something was destroyed."""
    list_what_is_due(database)
    if not is_night():
        return 0
    done = destroy_due(database) + destroy_beside(database)
    _wipe(database)
    return done


def is_night() -> bool:
    """Whether nobody sits at a desk in Shanghai now."""
    return clock.now().astimezone(SHANGHAI).hour in _NIGHT


def destroy_due(database: Database) -> int:
    """Destroy what is due, has stood on the list long enough where it is due by age, and is held by
    nothing. Returns how many messages something was destroyed of."""
    done, began_at, after = 0, clock.now(), 0
    while clock.now() - began_at < _LONGEST:
        with database.reading() as session:
            ids = _some_due(session, RetentionRule.of(book(session).campaign), after)
        if not ids:
            return done
        for case_id in ids:
            with database.writing() as session:
                done += destroy_message(session, case_id)
        after = ids[-1]
    return done


def _some_due(session: Session, rule: RetentionRule | None, after: int) -> Sequence[int]:
    """The next cases of which something is due."""
    today = clock.today()
    may_go = DestructionNotice.reason == Reason.REQUESTED
    if rule is not None:
        may_go |= DestructionNotice.listed_on <= today - timedelta(rule.notice_days)
    wanted = select(DestructionNotice.case_id).where(
        and_(DestructionNotice.due_on <= today, may_go), DestructionNotice.case_id > after
    )
    ordered = wanted.distinct().order_by(DestructionNotice.case_id)
    return session.scalars(ordered.limit(_AT_ONCE)).all()


def _wipe(database: Database) -> None:
    """Wipe what was destroyed tonight, or by somebody yesterday, from the database's own files.
    Where readers were in the way, the next run of the night tries again."""
    since = clock.today() - timedelta(days=1)
    gone = or_(Case.destroyed_on >= since, Case.contact_destroyed_on >= since)
    beside = select(Event.seq).where(
        Event.name.in_(_BESIDE),
        Event.happened_at >= datetime.combine(since, time(), SHANGHAI),
    )
    with database.reading() as session:
        some = select(Case.id).where(gone)
        if all(session.scalar(one.limit(1)) is None for one in (some, beside)):
            return
    erase_deleted(database.engine, *WIPED)
