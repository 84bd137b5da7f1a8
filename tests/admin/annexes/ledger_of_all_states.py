"""A few dozen problems in every state, of several units, types, sources and policies."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from admin.ledger import carrying, rectifying, referring, unfounded
from admin.ledger.finding import Finding
from admin.ledger.office_entry import FROM_OUTSIDE, enter_from_outside
from admin.ledger.own_check import OwnCheck, enter_own_check
from admin.ledger.problem import Problem
from admin.ledger.rectifying import PlannedMeasure
from portal.campaign.book import Book, book
from portal.campaign.unit import UnitKind
from portal.foundation.staff import Role
from portal.published.result import ResultState
from tests.admin.house import House
from tests.deployments import Deployment

STATES = list(ResultState)
_UNITS = 3


@dataclass
class LedgerOfAllStates:
    """A house of any campaign: two of the office, an officer and a head of each of some units."""

    house: House
    units: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, deployment: Deployment, problems: int) -> LedgerOfAllStates:
        """Move people in and enter that many problems."""
        made = cls(House(deployment))
        with deployment.database.reading() as session:
            here = book(session)
        made.units = [
            one.code
            for one in here.units.values()
            if one.desk and one.kind in {UnitKind.LEAD, UnitKind.DEPARTMENT, UnitKind.STREET}
        ][-_UNITS:]
        deployment.add_staff("chen", (here.campaign.office_code, Role.OFFICE))
        deployment.add_staff("lu", (here.campaign.office_code, Role.OFFICE_HEAD))
        for unit in made.units:
            deployment.add_staff(f"officer-{unit}", (unit, Role.OFFICER))
            deployment.add_staff(f"head-{unit}", (unit, Role.HEAD))
        for place in range(problems):
            made._problem(here, place)
        return made

    def _problem(self, here: Book, place: int) -> None:
        unit, types = self.units[place % _UNITS], list(here.problem_types)
        policies = [None, *here.policies]
        finding = Finding(
            unit=unit,
            problem_type=types[place * 5 % len(types)],
            what_is_wrong=f"第{place}个问题，查账时发现。",
            rectify_by=date(2022, 9, 30),
            policy=policies[place % 4],
            amount=Decimal(place * 123_457) / 100 if place % 7 else None,
            persons=place if place % 5 else None,
        )
        with self.house.deployment.database.writing() as session:
            problem = self._entered(session, finding, place)
            number = problem.number
            if place % 4 == 0:
                self._refer(session, problem, here)
        self._walk(number, unit, STATES[place % len(STATES)])

    def _entered(self, session: Session, finding: Finding, place: int) -> Problem:
        if place % 3 == 0:
            hand = self.house.hand(session, f"officer-{finding.unit}", 0)
            check = OwnCheck(found_by=finding.unit, finding=finding)
            return enter_own_check(session, by=hand, check=check)
        hand, source = self.house.hand(session, "chen", 0), FROM_OUTSIDE[place % 3]
        return enter_from_outside(session, by=hand, finding=finding, source=source)

    def _refer(self, session: Session, problem: Problem, here: Book) -> None:
        body = next(x for x in here.units.values() if x.kind in referring.REFERRED_TO)
        told = referring.Referred(
            body=body.code, referred_on=date(2022, 6, 5), organisational=2, disciplinary=1
        )
        hand = self.house.hand(session, "chen", 0)
        referring.note_referral(session, problem, by=hand, referred=told)

    def _walk(self, number: str, unit: str, state: ResultState) -> None:
        if state in {ResultState.RECTIFIED, ResultState.STRUCK_OFF}:
            self.house.rectify(number, officer=f"officer-{unit}", head=f"head-{unit}")
        if state is ResultState.STRUCK_OFF:
            self.house.strike_off(number)
        with self.house.deployment.database.writing() as session:
            problem = self.house.find(session, number)
            if state is ResultState.RECTIFYING:
                hand = self.house.hand(session, f"officer-{unit}", problem.version)
                planned = PlannedMeasure(text="逐户核对", person="何经办", due_on=date(2022, 6, 30))
                rectifying.record_measure(session, problem, by=hand, planned=planned)
            hand = self.house.hand(session, "lu", problem.version)
            if state is ResultState.CARRIED_OVER:
                until = date(2022, 8, 1)
                carrying.carry_over(session, problem, by=hand, until=until, reason="等文件")
            if state is ResultState.UNFOUNDED:
                unfounded.find_unfounded(session, problem, by=hand, reason="账上没有")
