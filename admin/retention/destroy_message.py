"""Destroying what is due of one message, all its cases together: by age in the night, at its
reporter's request as soon as that is granted and nothing holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from admin.retention.destroying import destroy, destroy_contact
from admin.retention.destruction_notice import DestructionNotice
from admin.retention.granted import granted_of
from admin.retention.kinship import due_of, family_of
from admin.retention.sealed_notice import was_shown
from admin.retention.standing import holds_of_family
from intake.cases.case import Case
from intake.family import hold_together
from intake.rules.retention import Due, Reason, What, may_be_destroyed
from portal.campaign.book import Book, book
from portal.campaign.retention_rule import RetentionRule
from portal.foundation import clock

# Where the campaign says nothing, for sealed cases that were asked for.
_NOTICE_DAYS = 30
_ACTS = {What.WORDS: destroy, What.CONTACT: destroy_contact}


def destroy_message(session: Session, case_id: int, *, by: int | None = None) -> bool:
    """Destroy what is due of a case and of all that came with it, in the caller's transaction,
    looked at anew now that nobody else can change it; False where nothing is, or something holds
    it. `by` is whoever granted its reporter's request just now: then nothing goes by age."""
    hold_together(session, [case_id])
    case = session.get_one(Case, case_id, populate_existing=True)
    family, known = family_of(session, case), book(session)
    rule = RetentionRule.of(known.campaign)
    due = _wanted(due_of(family, rule, granted_of(session, case)), by)
    days = notice_days(known)
    if not due or holds_of_family(session, family):
        return False
    for what in (What.WORDS, What.CONTACT):
        if what not in due or not _has_come(session, family, what, due[what], days):
            continue
        if was_shown(session, family, known, (what, due[what].reason), notice_days=days):
            for one in family:
                _ACTS[what](session, one, reason=due[what].reason, by=by)
            return True
    return False


def notice_days(known: Book) -> int:
    """How long something stands on the list before it is destroyed, where it has to stand there."""
    rule = RetentionRule.of(known.campaign)
    return rule.notice_days if rule else _NOTICE_DAYS


def _wanted(due: Mapping[What, Due], by: int | None) -> Mapping[What, Due]:
    if by is None:
        return due
    return {what: one for what, one in due.items() if one.reason is Reason.REQUESTED}


def _has_come(session: Session, family: Sequence[Case], what: What, due: Due, days: int) -> bool:
    """Whether the day of one thing has come for every case of a message."""
    today, left = clock.today(), [case for case in family if not _is_gone(case, what)]
    for case in left:
        notice = session.get(DestructionNotice, (case.id, what))
        listed_on = notice.listed_on if notice else None
        if not may_be_destroyed(due, listed_on, today, notice_days=days):
            return False
    return bool(left)


def _is_gone(case: Case, what: What) -> bool:
    gone = case.contact_destroyed_on if what is What.CONTACT else case.destroyed_on
    return gone is not None
