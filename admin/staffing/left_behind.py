"""What people who left had in hand, as the head of a unit looks through it; of what belongs to a
case only what he may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from admin.staffing.leaver import Leaver, LeaverUnit, LeftMatter
from admin.staffing.refusals import NoSuchPerson
from intake.cases.case import Case
from intake.cases.event import record
from portal.foundation import clock
from portal.foundation.staff import Staff


@dataclass(frozen=True)
class Left:
    """Somebody who left a unit, and whether it was looked through."""

    leaver_id: int
    unit_code: str
    name: str
    left_at: datetime
    seen_at: datetime | None


def left_units(session: Session, access: Access, *, open_only: bool = False) -> list[Left]:
    """The people who left the units that this person heads, the latest first."""
    if not access.heads:
        return []
    wanted = (
        select(LeaverUnit, Leaver, Staff.display_name)
        .join(Leaver, Leaver.id == LeaverUnit.leaver_id)
        .join(Staff, Staff.id == Leaver.staff_id)
        .where(LeaverUnit.unit_code.in_(access.heads), Leaver.staff_id != access.staff_id)
        .order_by(Leaver.id.desc(), LeaverUnit.unit_code)
        .limit(200)
    )
    if open_only:
        wanted = wanted.where(LeaverUnit.seen_at.is_(None))
    return [
        Left(leaver.id, unit.unit_code, name, leaver.left_at, unit.seen_at)
        for unit, leaver, name in session.execute(wanted)
    ]


def matters_of(session: Session, access: Access, one: Left) -> list[LeftMatter]:
    """What somebody had in hand for a unit, of what this person may see."""
    seen = select(Case.id).where(visible(access))
    wanted = (
        select(LeftMatter)
        .where(
            LeftMatter.leaver_id == one.leaver_id,
            LeftMatter.unit_code == one.unit_code,
            or_(LeftMatter.case_id.is_(None), LeftMatter.case_id.in_(seen)),
        )
        .order_by(LeftMatter.id)
    )
    return list(session.scalars(wanted))


def look_through(session: Session, access: Access, leaver_id: int, unit_code: str) -> None:
    """Note that the head of a unit has looked through what somebody left. Raises NoSuchPerson."""
    found = session.get(LeaverUnit, (leaver_id, unit_code), with_for_update=True)
    if found is None or unit_code not in access.heads:
        raise NoSuchPerson
    if found.seen_at is not None:
        return
    found.seen_by, found.seen_at = access.staff_id, clock.now()
    leaver = session.get_one(Leaver, leaver_id)
    by = access.staff_id
    record(session, "leaver_looked_through", by=by, staff=leaver.staff_id, unit=unit_code)
