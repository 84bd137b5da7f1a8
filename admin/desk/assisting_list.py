"""The list of assistance (协办): what a person's units still owe to others' cases, the earliest
date first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from intake.cases.assistance import Assistance
from intake.cases.case import Case
from intake.rules.lifecycle import OPEN_STATES

# Nobody works through more than this at a sitting.
MOST = 200


@dataclass(frozen=True)
class Owed:
    """A case that one of the units helps with, and by which Shanghai day it answers."""

    case: Case
    due_on: date


def owed(session: Session, access: Access) -> Sequence[Owed]:
    """What is owed, at most `MOST`."""
    wanted = (
        select(Case, Assistance.due_on)
        .join(Assistance, Assistance.case_id == Case.id)
        .where(_owed(access))
        .order_by(Assistance.due_on, Case.number)
        .limit(MOST)
    )
    return [Owed(case, due_on) for case, due_on in session.execute(wanted)]


def count_owed(session: Session, access: Access) -> int:
    """How much is owed; past `MOST` it stays at one more than that."""
    some = (
        select(Assistance.id)
        .join(Case, Case.id == Assistance.case_id)
        .where(_owed(access))
        .limit(MOST + 1)
    )
    return session.scalar(select(func.count()).select_from(some.subquery())) or 0


def _owed(access: Access) -> ColumnElement[bool]:
    return and_(
        Assistance.unit_code.in_(access.desks),
        Assistance.end.is_(None),
        Case.state.in_(OPEN_STATES),
        visible(access),
    )
