"""Which returns are expected: every unit with every unit that it returns to, for each period. Pure:
it reads the campaign's book alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.campaign.book import Book
from portal.campaign.return_rule import Period, ReturnRule


@dataclass(frozen=True)
class Expected:
    """One return that is expected: whose, to whom, of which period."""

    unit: str
    receiver: str
    period: Period


def expected_in(book: Book, period: Period) -> list[Expected]:
    """The returns of a period, in the order of the campaign's units: those of the streets to each
    department in charge, then those of the departments to the office."""
    rule = book.return_rule
    if rule is None:
        return []
    lines = _line_units(book, rule, period.last)
    below = [u.code for u in book.units.values() if u.desk and u.kind in rule.to_departments]
    above = [u.code for u in book.units.values() if u.desk and u.kind in rule.to_office]
    return [
        *(Expected(unit, line, period) for unit in below for line in lines if unit != line),
        *(Expected(unit, book.campaign.office_code, period) for unit in above),
    ]


def opened(book: Book, today: date) -> list[Period]:
    """The periods whose returns may be written on a Shanghai day, newest first."""
    return [one for one in reversed(book.return_periods) if one.remind_on <= today]


def find_expected(book: Book, month: str, unit: str, receiver: str) -> Expected | None:
    """The return that an address names; None where none is expected."""
    found = (one for period in _of_month(book, month) for one in expected_in(book, period))
    return next((one for one in found if (one.unit, one.receiver) == (unit, receiver)), None)


def _of_month(book: Book, month: str) -> list[Period]:
    return [one for one in book.return_periods if one.key == month]


def _line_units(book: Book, rule: ReturnRule, day: date) -> list[str]:
    """The units in charge of a policy that is handled in the streets on a Shanghai day."""
    in_charge = {
        row.unit_code
        for row in book.responsibilities_on(day)
        if row.policy_code is not None and row.policy_code not in rule.not_in_streets
    }
    return [
        unit.code
        for unit in book.units.values()
        if unit.code in in_charge and unit.kind in rule.to_office and unit.desk
    ]
