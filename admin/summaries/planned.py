"""The summaries that the plan asks for, as the campaign's data say (plan 五(三)). Pure: it reads
the campaign's book alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from admin.returns.expected import Expected
from portal.campaign.book import Book
from portal.campaign.return_rule import Period
from portal.campaign.summary_rule import SummaryDays, SummaryRule
from portal.campaign.unit import Unit


@dataclass(frozen=True)
class Planned:
    """One summary: `title` and `clause` are the calendar's, `send_by` its day, on which the whole
    is due above."""

    days: SummaryDays
    title: str
    clause: str
    send_by: date

    @property
    def key(self) -> str:
        """What it is called in addresses: its duty's key."""
        return self.days.duty

    @property
    def name(self) -> str:
        """What it is called: 年度工作总结."""
        return self.days.name

    @property
    def due_on(self) -> date:
        """The last Shanghai day on which a unit's part is in time."""
        return self.days.units_by

    @property
    def period(self) -> Period:
        """Its days as those of a return."""
        days = self.days
        return Period(
            last=days.last, first=days.first, remind_on=days.remind_on, due_on=days.units_by
        )


@dataclass(frozen=True)
class Owed:
    """A unit's part of a summary."""

    planned: Planned
    unit: str
    receiver: str

    @property
    def due_on(self) -> date:
        """The last Shanghai day on which it is in time."""
        return self.planned.due_on

    @property
    def expected(self) -> Expected:
        """The same as a return to the office, which is counted alike."""
        return Expected(self.unit, self.receiver, self.planned.period)


def planned_in(book: Book) -> list[Planned]:
    """Every summary, in the order of the calendar's days."""
    rule = SummaryRule.of(book.campaign)
    if rule is None:
        return []
    duties = {one.key: one for one in book.dates}
    found = [
        Planned(days, duty.title, duty.clause, duty.ends_on or days.units_by)
        for days in rule.each
        if (duty := duties.get(days.duty)) is not None
    ]
    return sorted(found, key=lambda one: (one.send_by, one.key))


def find_planned(book: Book, key: str) -> Planned | None:
    """The summary of that key."""
    return next((one for one in planned_in(book) if one.key == key), None)


def opened(book: Book, today: date) -> list[Planned]:
    """Those of which units were reminded by a Shanghai day, the newest first."""
    return [one for one in reversed(planned_in(book)) if one.days.remind_on <= today]


def owing(book: Book) -> list[Unit]:
    """The units that owe a part of each summary, in the campaign's order."""
    rule = SummaryRule.of(book.campaign)
    kinds = rule.kinds if rule else frozenset()
    return [one for one in book.units.values() if one.desk and one.kind in kinds]


def owed_in(book: Book, planned: Planned) -> list[Owed]:
    """Every part of a summary."""
    office = book.campaign.office_code
    return [Owed(planned, one.code, office) for one in owing(book)]


def find_owed(book: Book, key: str, unit: str) -> Owed | None:
    """The part that an address names; None where none is owed."""
    planned = find_planned(book, key)
    parts = owed_in(book, planned) if planned else []
    return next((one for one in parts if one.unit == unit), None)
