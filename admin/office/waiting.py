"""Which cases wait for the office or are overdue: what counts them also lists them."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from intake.cases.case import Case
from intake.cases.event import Event
from intake.rules.lifecycle import OPEN_STATES, State
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.long_list import LongList

# Counting further would slow the page down.
MOST = 1000


class Waiting(StrEnum):
    """What waits; the values are words of addresses."""

    TRIAGE = "triage"
    FIRST_LOOK = "first-look"
    OVERDUE = "overdue"
    DOUBTED = "doubted"

    @property
    def heading(self) -> str:
        """The heading of its list."""
        return {
            Waiting.TRIAGE: "等办公室分派的件",
            Waiting.FIRST_LOOK: "等办公室先看的举报",
            Waiting.OVERDUE: "超期的件",
            Waiting.DOUBTED: "类别可能不对的件",
        }[self]


def condition(access: Access, waiting: Waiting) -> ColumnElement[bool]:
    """The cases that wait so, of those that this person may see."""
    which = {
        Waiting.TRIAGE: _in_triage,
        Waiting.FIRST_LOOK: _unseen_tip_off,
        Waiting.OVERDUE: _overdue,
        Waiting.DOUBTED: _doubted,
    }[waiting](access)
    return and_(visible(access), which)


def count(session: Session, access: Access, waiting: Waiting) -> int:
    """How many wait so; past `MOST` it stays at one more than that."""
    some = select(Case.id).where(condition(access, waiting)).limit(MOST + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def listed(session: Session, access: Access, waiting: Waiting) -> LongList[Case]:
    """The cases that wait so, the most urgent first."""
    query = select(Case).where(condition(access, waiting))
    return LongList(session, query.order_by(Case.due_on, Case.id), lambda row: row.Case)


def overdue_by_unit(session: Session, access: Access) -> dict[str, int]:
    """How many are overdue at each unit; units without any are left out."""
    wanted = select(Case.unit_code, func.count()).where(condition(access, Waiting.OVERDUE))
    return {row[0]: row[1] for row in session.execute(wanted.group_by(Case.unit_code))}


def _in_triage(access: Access) -> ColumnElement[bool]:
    return and_(
        Case.unit_code == access.office_code,
        Case.state.in_([State.REGISTERED, State.RETURNED]),
    )


def _unseen_tip_off(_access: Access) -> ColumnElement[bool]:
    looked = select(Event.seq).where(Event.case_id == Case.id, Event.name == "looked")
    return and_(Case.kind == Kind.TIP_OFF, Case.state.in_(OPEN_STATES), ~looked.exists())


def _doubted(_access: Access) -> ColumnElement[bool]:
    return and_(Case.state.in_(OPEN_STATES), Case.doubted)


def _overdue(_access: Access) -> ColumnElement[bool]:
    return and_(Case.state.in_(OPEN_STATES), Case.due_on < clock.today())
