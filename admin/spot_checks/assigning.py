"""Giving the units that were drawn to teams of two people or more, none of whom checks his own
unit."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.accounts.posts import only_stamped
from admin.ledger.refusals import StepNotAllowed
from admin.spot_checks.check_entry import CheckEntry, CheckFinding
from admin.spot_checks.check_team import CheckTeam, TeamMember
from admin.spot_checks.checked_unit import CheckedUnit
from admin.spot_checks.independence import may_check
from admin.spot_checks.preparing import take_step
from admin.spot_checks.sealed_words import make_team_box
from admin.spot_checks.spot_check import CheckState, SpotCheck
from intake.cases.event import record
from portal.foundation import clock
from portal.foundation.staff import Role, Staff

# Whoever may have a problem of the ledger before him.
CHECKING_ROLES = (Role.OFFICER, Role.HEAD, Role.OFFICE, Role.OFFICE_HEAD)
_LEAST = 2


class TooFewPeople(Exception):
    """A team has two people or more."""


class NotIndependent(Exception):
    """Somebody would check his own unit, or one above or below it; `person` and `unit` say who."""

    def __init__(self, person: str, unit: str) -> None:
        super().__init__(unit)
        self.person = person
        self.unit = unit


class NothingToCheck(Exception):
    """The team was given no unit."""


def who_may_check(session: Session) -> list[Staff]:
    """The people who can be in a team, by the names that colleagues read."""
    everybody = session.scalars(select(Staff).where(Staff.active).order_by(Staff.display_name))
    found = (only_stamped(session, one) for one in everybody)
    return [one for one in found if one.units_as(*CHECKING_ROLES)]


def without_team(session: Session, check: SpotCheck) -> list[str]:
    """The codes of the units that were drawn and given to nobody yet."""
    wanted = select(CheckedUnit.unit_code).where(
        CheckedUnit.check_id == check.id, CheckedUnit.drawn, CheckedUnit.team_id.is_(None)
    )
    return list(session.scalars(wanted.order_by(CheckedUnit.unit_code)))


def make_team(
    session: Session, check: SpotCheck, *, by: Hand, members: Sequence[int], units: Sequence[str]
) -> CheckTeam:
    """Make a team of these people (by the ids of staff) and give it these units.

    Raises:
        SomebodyWasFaster, StepNotAllowed: see `take_step`; or a unit isn't to be given away.
        TooFewPeople, NothingToCheck, NotIndependent: see there.
    """
    take_step(check, CheckState.DRAWN, by=by)
    people = [one for one in who_may_check(session) if one.id in set(members)]
    if len(people) < _LEAST or len(people) != len(set(members)):
        raise TooFewPeople
    if not units:
        raise NothingToCheck
    if not set(units) <= set(without_team(session, check)):
        raise StepNotAllowed("team")
    for person in people:
        for code in units:
            if not may_check(by.book, person.unit_codes, code):
                raise NotIndependent(person.display_name, code)
    team = CheckTeam(check_id=check.id, made_by=by.access.staff_id, made_at=clock.now())
    session.add(team)
    session.flush()
    session.add_all(TeamMember(team_id=team.id, staff_id=one.id) for one in people)
    holders = frozenset[str]().union(*(one.units_as(*CHECKING_ROLES) for one in people))
    make_team_box(session, team, holders | {by.access.office_code})
    for code in units:
        session.get_one(CheckedUnit, (check.id, code)).team_id = team.id
    by_whom = by.access.staff_id
    record(session, "spot_check_team_made", by=by_whom, check=check.number, team=team.id)
    session.flush()
    return team


def take_from_team(session: Session, check: SpotCheck, code: str, *, by: Hand) -> None:
    """Take a unit from its team, so that another one checks it.

    Raises:
        SomebodyWasFaster, StepNotAllowed: see `take_step`; or the team has written something down
            there already, or there is none.
    """
    take_step(check, CheckState.DRAWN, by=by)
    unit = session.get(CheckedUnit, (check.id, code), with_for_update=True)
    if unit is None or unit.team_id is None or is_begun(session, unit):
        raise StepNotAllowed("take")
    unit.team_id = None
    by_whom = by.access.staff_id
    record(session, "spot_check_unit_taken", by=by_whom, check=check.number, unit=code)
    session.flush()


def is_begun(session: Session, unit: CheckedUnit) -> bool:
    """Whether anything was written down at a unit."""
    return any(
        session.scalar(
            select(func.count())
            .select_from(table)
            .where(table.check_id == unit.check_id, table.unit_code == unit.unit_code)
        )
        for table in (CheckEntry, CheckFinding)
    )
