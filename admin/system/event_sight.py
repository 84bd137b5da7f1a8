"""Which events exist for whoever looks at the trail: not those of what accuses him or a unit that
he serves (信访工作条例 30(3)), whatever he is."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select

from admin.accounts.mistake_access import of_no_barring_mistake
from admin.accounts.request_access import of_no_barring_request
from intake.cases.bar import Bar
from intake.cases.case import Case
from intake.cases.event import Event
from portal.foundation.staff import Staff

# What ties a case to a problem or to a result is the office's alone; that a problem was entered has
# an event without the case. Alarms have a page of their own, which the person himself never sees.
_ELSEWHERE = ("problem_opened", "problem_joined", "result_of_case", "reading_alarm")


def sees_event(staff: Staff) -> ColumnElement[bool]:
    """The condition under which an event exists for this person. Those of sealed cases exist for
    nobody but who reads such a case; who unlocked the class, and when, is an event without a
    case."""
    accuses_me = select(Bar.id).where(
        Bar.case_id == Event.case_id,
        or_(Bar.unit_code.in_(staff.unit_codes), Bar.staff_id == staff.id),
    )
    sealed = select(Case.id).where(Case.id == Event.case_id, Case.sealed).correlate(Event)
    return and_(
        ~accuses_me.exists(),
        ~sealed.exists(),
        of_no_barring_mistake(staff.unit_codes, staff.id),
        of_no_barring_request(staff.unit_codes, staff.id),
        Event.name.not_in(_ELSEWHERE),
    )
