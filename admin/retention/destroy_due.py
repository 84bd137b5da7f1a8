"""Destroying what is due (the worker's job): at night, each message in a transaction of its own, so
that nobody waits long for his turn at writing, and killed anywhere it goes on where it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from admin.retention.destroying import destroy, destroy_contact
from admin.retention.destruction_notice import DestructionNotice
from admin.retention.kinship import due_of, family_of
from admin.retention.listing import list_what_is_due
from admin.retention.sealed_notice import was_shown
from admin.retention.standing import holds_of_family
from admin.retention.wiping import WIPED, wipe_request
from intake.cases.case import Case
from intake.cases.event import Event, record
from intake.cases.rights_request import RightsRequest
from intake.family import hold_together
from intake.rules.retention import Due, What, may_be_destroyed, months_after
from portal.campaign.book import book
from portal.campaign.kinds import Kind
from portal.campaign.retention_rule import RetentionRule
from portal.foundation import clock
from portal.foundation.clock import SHANGHAI, day_of
from portal.foundation.database import Database
from portal.foundation.erasing import erase_deleted

# Hours of Shanghai in which nobody sits at a desk, and a table may be written anew.
_NIGHT = range(1, 5)
# So many seconds a run goes on; what is left waits for the next one.
_LONGEST = timedelta(seconds=20)
_AT_ONCE = 50
_NOTHING = b""


def keep_retention(database: Database) -> int:
    """Bring the list up to date; at night, destroy what is due and held by nothing. Returns how
    many messages something was destroyed of."""
    list_what_is_due(database)
    if clock.now().astimezone(SHANGHAI).hour not in _NIGHT:
        return 0
    done = destroy_due(database)
    done += _destroy_requests(database)
    _wipe(database)
    return done


def destroy_due(database: Database) -> int:
    """Destroy what is due, has stood on the list long enough, and is held by nothing. Returns how
    many messages something was destroyed of."""
    done, began_at, after = 0, clock.now(), 0
    while clock.now() - began_at < _LONGEST:
        with database.reading() as session:
            rule = RetentionRule.of(book(session).campaign)
            ids = _some_due(session, rule, after) if rule else ()
        if rule is None or not ids:
            return done
        for case_id in ids:
            with database.writing() as session:
                done += _destroy_what_is_due(session, case_id, rule)
        after = ids[-1]
    return done


def _some_due(session: Session, rule: RetentionRule, after: int) -> Sequence[int]:
    """The next cases of which something is due."""
    today = clock.today()
    wanted = select(DestructionNotice.case_id).where(
        DestructionNotice.due_on <= today,
        DestructionNotice.listed_on <= today - timedelta(rule.notice_days),
        DestructionNotice.case_id > after,
    )
    ordered = wanted.distinct().order_by(DestructionNotice.case_id)
    return session.scalars(ordered.limit(_AT_ONCE)).all()


def _destroy_what_is_due(session: Session, case_id: int, rule: RetentionRule) -> bool:
    """Destroy what is due of a case and all that came with it, looked at anew now that nobody else
    can change it; False where nothing is."""
    hold_together(session, [case_id])
    family = family_of(session, session.get_one(Case, case_id))
    due = due_of(family, rule)
    if due is None or holds_of_family(session, family):
        return False
    if not was_shown(session, family, book(session), notice_days=rule.notice_days):
        return False
    if _has_come(session, family, What.WORDS, due, rule):
        for case in family:
            destroy(session, case, reason=due.reason, by=None)
        return True
    if _has_come(session, family, What.CONTACT, due, rule):
        for case in family:
            destroy_contact(session, case, reason=due.reason, by=None)
        return True
    return False


def _has_come(
    session: Session, family: Sequence[Case], what: What, due: Due, rule: RetentionRule
) -> bool:
    """Whether the day of one thing has come for every case of a message."""
    today, left = clock.today(), [case for case in family if not _is_gone(case, what)]
    for case in left:
        notice = session.get(DestructionNotice, (case.id, what))
        listed_on = notice.listed_on if notice else None
        if not may_be_destroyed(due.on(what), listed_on, today, notice_days=rule.notice_days):
            return False
    return bool(left)


def _is_gone(case: Case, what: What) -> bool:
    gone = case.contact_destroyed_on if what is What.CONTACT else case.destroyed_on
    return gone is not None


def _destroy_requests(database: Database) -> int:
    """Destroy what was typed in requests about one's own information that hang on no case and ended
    as long ago as a consultation is kept; returns how many."""
    with database.reading() as session:
        rule = RetentionRule.of(book(session).campaign)
        kept = rule.kept_for(Kind.CONSULTATION, "") if rule else None
        if kept is None:
            return 0
        ended = session.execute(
            select(RightsRequest.id, RightsRequest.decided_at)
            .where(_may_go())
            .order_by(RightsRequest.decided_at)
            .limit(_AT_ONCE)
        ).all()
    today = clock.today()
    due = [one for one, at in ended if at and months_after(day_of(at), kept.words) <= today]
    for request_id in due:
        with database.writing() as session:
            wanted = select(RightsRequest).where(RightsRequest.id == request_id, _may_go())
            request = session.scalars(wanted.with_for_update()).first()
            if request is not None:
                wipe_request(session, request)
                record(session, "rights_destroyed", request=request.number)
    return len(due)


def _may_go() -> ColumnElement[bool]:
    return and_(
        RightsRequest.case_id.is_(None),
        RightsRequest.decided_at.is_not(None),
        RightsRequest.sealed_words != _NOTHING,
    )


def _wipe(database: Database) -> None:
    """Wipe what was destroyed tonight, or by somebody yesterday, from the database's own files.
    Where readers were in the way, the next run of the night tries again."""
    since = clock.today() - timedelta(days=1)
    gone = or_(Case.destroyed_on >= since, Case.contact_destroyed_on >= since)
    requests = select(Event.seq).where(
        Event.name == "rights_destroyed",
        Event.happened_at >= datetime.combine(since, time(), SHANGHAI),
    )
    with database.reading() as session:
        some = select(Case.id).where(gone)
        if all(session.scalar(one.limit(1)) is None for one in (some, requests)):
            return
    erase_deleted(database.engine, *WIPED)
