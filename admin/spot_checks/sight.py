"""Which spot checks, and which units of them, exist for whom: all for the office, and for a member
of a team those that it checks."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.own_units import keeps_the_office_s_own, serves_the_office_alone
from admin.spot_checks.check_team import TeamMember
from admin.spot_checks.checked_unit import CheckedUnit
from admin.spot_checks.independence import may_check
from admin.spot_checks.spot_check import SpotCheck
from portal.campaign.book import Book


class NoSuchCheck(LookupError):
    """There is none, or none that this person may see: nobody is told which."""


def find_check(
    session: Session, access: Access, check_id: int, *, to_change: bool = False
) -> SpotCheck:
    """The spot check of that id. `to_change` holds the row: the later of two writers waits.

    Raises:
        NoSuchCheck: it doesn't exist, or this person isn't of the office alone: who serves a unit,
            too, might be told why it is checked.
    """
    wanted = select(SpotCheck).where(SpotCheck.id == check_id)
    found = session.scalars(wanted.with_for_update() if to_change else wanted).first()
    if found is None or not serves_the_office_alone(access):
        raise NoSuchCheck(check_id)
    return found


def own_units(
    session: Session, access: Access, book: Book
) -> Iterator[tuple[SpotCheck, CheckedUnit]]:
    """The units that this person checks, the newest spot check first. Who came to serve a unit that
    he mustn't check sees it no longer."""
    wanted = (
        select(SpotCheck, CheckedUnit)
        .join(CheckedUnit, CheckedUnit.check_id == SpotCheck.id)
        .where(of_his_teams(access))
        .order_by(SpotCheck.id.desc(), CheckedUnit.unit_code)
    )
    for check, unit in session.execute(wanted):
        if may_check(book, access.units, unit.unit_code):
            yield check, unit


def find_unit(
    session: Session,
    access: Access,
    book: Book,
    at: tuple[int, str],
    *,
    to_change: bool = False,
) -> tuple[SpotCheck, CheckedUnit]:
    """A unit that a team checks, by the id of the spot check and its code, before its team or the
    office. `to_change` holds the row, so that the unit isn't taken from the team meanwhile.

    Raises:
        NoSuchCheck: no team checks it, or this person is neither.
    """
    offices = at[1] in book.units and keeps_the_office_s_own(book, access, at[1])
    wanted = (
        select(SpotCheck, CheckedUnit)
        .join(CheckedUnit, CheckedUnit.check_id == SpotCheck.id)
        .where(
            SpotCheck.id == at[0],
            CheckedUnit.unit_code == at[1],
            CheckedUnit.team_id.is_not(None),
            true() if offices else of_his_teams(access),
        )
    )
    held = wanted.with_for_update(of=CheckedUnit) if to_change else wanted
    row = session.execute(held).first()
    if row is None or not (offices or may_check(book, access.units, at[1])):
        raise NoSuchCheck(at)
    return row[0], row[1]


def is_in_team(session: Session, access: Access, team_id: int | None) -> bool:
    """Whether this person is a member of a team."""
    return team_id is not None and session.get(TeamMember, (team_id, access.staff_id)) is not None


def of_his_teams(access: Access) -> ColumnElement[bool]:
    """The condition under which a unit was given to a team of this person."""
    his = select(TeamMember.team_id).where(TeamMember.staff_id == access.staff_id)
    return CheckedUnit.team_id.in_(his)
