"""The list of assistance (协办): what a person's units still owe to others' cases, the earliest
date first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from intake.cases.assistance import Assistance
from intake.cases.case import Case
from intake.rules.lifecycle import OPEN_STATES
from portal.foundation.long_list import LongList


@dataclass(frozen=True)
class Owed:
    """A case that one of the units helps with, and by which Shanghai day it answers."""

    case: Case
    due_on: date


def owed(session: Session, access: Access) -> LongList[Owed]:
    """What is owed."""
    wanted = (
        select(Case, Assistance.due_on)
        .join(Assistance, Assistance.case_id == Case.id)
        .where(_owed(access))
        .order_by(Assistance.due_on, Case.number)
    )
    return LongList(session, wanted, lambda row: Owed(*row))


def count_owed(session: Session, access: Access) -> int:
    """How much is owed."""
    return len(owed(session, access))


def _owed(access: Access) -> ColumnElement[bool]:
    return and_(
        Assistance.unit_code.in_(access.desks),
        Assistance.end.is_(None),
        Case.state.in_(OPEN_STATES),
        visible(access),
    )
