"""The cases that came in one message: the whole, and the parts that the office split from it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from intake.cases.case import Case


def of_one_message(case: Case) -> ColumnElement[bool]:
    """The condition that a case came in the same message as this one, or is this one."""
    root = case.part_of_id or case.id
    return or_(Case.id == root, Case.part_of_id == root)


def relatives(session: Session, case: Case) -> list[Case]:
    """The others that came in the same message, the whole first; their rows are held."""
    wanted = select(Case).where(of_one_message(case), Case.id != case.id)
    return list(session.scalars(wanted.order_by(Case.id).with_for_update()))
