"""The campaign as one read-only book, read from the database once for each revision.

Forms, routing, recusal and clocks look things up here, so that a request costs one small query.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.campaign.calendar_date import CalendarDate
from portal.campaign.campaign import Campaign
from portal.campaign.clock_rule import ClockRule
from portal.campaign.kinds import Kind
from portal.campaign.place import Place
from portal.campaign.policy import Policy, SourceStatus
from portal.campaign.policy_history import PolicyHistory
from portal.campaign.policy_version import PolicyVersion
from portal.campaign.problem_type import ProblemType
from portal.campaign.responsibility import Responsibility
from portal.campaign.return_rule import Period, ReturnRule
from portal.campaign.unit import Unit
from portal.foundation.database import remembered
from portal.foundation.workdays import WorkCalendar


class NoCampaign(LookupError):
    """No campaign has been loaded into this database yet."""


@dataclass(frozen=True)
class Book:
    """One revision of the campaign. Its records are detached: read them, never change them."""

    campaign: Campaign
    units: Mapping[str, Unit]
    places: Mapping[str, Place]
    problem_types: Mapping[str, ProblemType]
    policies: Mapping[str, Policy]
    # What each policy said on which day.
    histories: Mapping[str, PolicyHistory]
    responsibilities: tuple[Responsibility, ...]
    clock_rules: tuple[ClockRule, ...]
    dates: tuple[CalendarDate, ...]
    calendar: WorkCalendar
    # For each unit that has any, the units below it.
    lower: Mapping[str, frozenset[str]]

    @property
    def revision(self) -> int:
        """The revision of everything in this book."""
        return self.campaign.book_revision

    @property
    def has_samples(self) -> bool:
        """Whether a telephone, a unit or a policy is still a sample, or a policy wasn't checked
        yet."""
        return (
            self.campaign.sample
            or any(unit.sample for unit in self.units.values())
            or any(
                policy.sample or policy.source_status == SourceStatus.MEMORY
                for policy in self.policies.values()
            )
        )

    @property
    def office(self) -> Unit:
        """The leading-group office (领导小组办公室)."""
        return self.units[self.campaign.office_code]

    @property
    def return_rule(self) -> ReturnRule | None:
        """Who returns to whom every month; None where nobody does."""
        return ReturnRule.of(self.campaign.returns)

    @property
    def return_periods(self) -> list[Period]:
        """The months of returns, oldest first; none where the campaign has no returns."""
        rule = self.return_rule
        return rule.periods(self.calendar) if rule else []

    def responsibilities_on(self, day: date) -> list[Responsibility]:
        """The rows in force on a Shanghai day."""
        return [row for row in self.responsibilities if row.holds_on(day)]

    def limits_for(self, kind: Kind) -> list[ClockRule]:
        """The time limits of a kind, those for every kind included."""
        return [rule for rule in self.clock_rules if rule.kind in {kind, None}]

    def places_around(self, code: str | None) -> frozenset[str]:
        """A place and those that it lies in."""
        around: set[str] = set()
        while code:
            around.add(code)
            code = self.places[code].parent_code
        return frozenset(around)

    def unit_name(self, code: str | None) -> str:
        """A unit's name, or an empty string where there is no unit."""
        return self.units[code].name if code else ""

    def place_name(self, code: str | None) -> str:
        """A place with its street before it, or an empty string where there is no place."""
        if code is None:
            return ""
        street = self.places[code].parent_code
        return (self.places[street].name if street else "") + self.places[code].name

    def above(self, code: str) -> Iterator[Unit]:
        """The units above a unit, nearest first."""
        parent = self.units[code].parent_code
        while parent:
            yield self.units[parent]
            parent = self.units[parent].parent_code

    def below(self, code: str) -> frozenset[str]:
        """The codes of all units below a unit, at any depth."""
        return self.lower.get(code, frozenset())


# One assignment publishes key and book together, so that no thread sees one without the other.
_latest: tuple[tuple[str, int], Book] | None = None


def campaign_revision(session: Session) -> int:
    """The revision now in force of everything that the public site shows.

    Raises:
        NoCampaign: nothing was loaded.
    """
    return _revisions(session)[0]


def book_revision(session: Session) -> int:
    """The revision now in force of what the book says.

    Raises:
        NoCampaign: nothing was loaded.
    """
    return _revisions(session)[1]


def _revisions(session: Session) -> tuple[int, int]:
    found = remembered(session, ("campaign revisions",), lambda: _read_revisions(session))
    if found is None:
        raise NoCampaign
    return found


def _read_revisions(session: Session) -> tuple[int, int] | None:
    # Every request asks this: as plain SQL it costs half of what it costs through the mapper.
    asked = session.connection().exec_driver_sql("SELECT revision, book_revision FROM campaign")
    row = asked.first()
    return None if row is None else (row[0], row[1])


def book(session: Session) -> Book:
    """The book of its revision now in force.

    Raises:
        NoCampaign: nothing was loaded.
    """
    global _latest
    key = (str(session.get_bind().engine.url), book_revision(session))
    kept = _latest
    if kept is None or kept[0] != key:
        kept = _latest = (key, _read(session))
    return kept[1]


def last_book() -> Book | None:
    """The book this process read last, for a page that must be shown while the database is away."""
    return _latest[1] if _latest else None


def _lower(units: Mapping[str, Unit]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for unit in units.values():
        upper = unit.parent_code
        while upper:
            found.setdefault(upper, set()).add(unit.code)
            upper = units[upper].parent_code
    return {code: frozenset(below) for code, below in found.items()}


def _histories(versions: Iterable[PolicyVersion]) -> dict[str, PolicyHistory]:
    by_policy: dict[str, list[PolicyVersion]] = {}
    for one in versions:
        by_policy.setdefault(one.policy_code, []).append(one)
    return {code: PolicyHistory.of(those) for code, those in by_policy.items()}


def _read(session: Session) -> Book:
    with Session(session.connection(), expire_on_commit=False) as own:
        units = {u.code: u for u in own.scalars(select(Unit).order_by(Unit.position))}
        found = Book(
            campaign=own.scalars(select(Campaign)).one(),
            units=units,
            lower=_lower(units),
            places={p.code: p for p in own.scalars(select(Place).order_by(Place.position))},
            problem_types={
                p.code: p for p in own.scalars(select(ProblemType).order_by(ProblemType.position))
            },
            policies={p.code: p for p in own.scalars(select(Policy).order_by(Policy.position))},
            histories=_histories(own.scalars(select(PolicyVersion).order_by(PolicyVersion.id))),
            responsibilities=tuple(own.scalars(select(Responsibility).order_by(Responsibility.id))),
            clock_rules=tuple(own.scalars(select(ClockRule).order_by(ClockRule.id))),
            dates=tuple(own.scalars(select(CalendarDate).order_by(CalendarDate.position))),
            calendar=WorkCalendar.read(own),
        )
        own.expunge_all()
        return found
