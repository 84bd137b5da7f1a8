"""What checkers (摸排员) of a street and of a community find from door to door: one by one, and
once a month as a spreadsheet of their own."""

from __future__ import annotations

from datetime import date
from functools import partial

from admin.demonstration.half_year.findings import finding_at
from admin.demonstration.half_year.putting_right import go_on
from admin.demonstration.half_year.stage import Sitting
from admin.ledger.check_entry import enter_sheet
from admin.ledger.check_sheet import HEADINGS, SHEET, read_checks
from admin.ledger.finding import Finding
from admin.ledger.own_check import OwnCheck, enter_own_check
from admin.ledger.problem import Problem
from admin.ledger.who_rectifies import who_rectifies
from portal.foundation.spreadsheets import csv_file
from portal.foundation.staff import Staff

_FINDS, _ROWS = 0.06, 3


def go_from_door_to_door(sitting: Sitting) -> None:
    """Let each checker enter what he happens to find on a day, and on the first working day of
    a month the list that he kept on paper."""
    for unit, checker in sitting.cast.checkers.items():
        if sitting.dice.happens(_FINDS):
            check = OwnCheck(found_by=unit, finding=_finding(sitting, unit))
            by = sitting.hand(checker)
            _put_right_later(sitting, enter_own_check(sitting.session, by=by, check=check))
        if sitting.day == _first_working_day(sitting):
            _send_sheet(sitting, unit, checker)


def _send_sheet(sitting: Sitting, unit: str, checker: Staff) -> None:
    """Send a sheet and enter what was read of it, as the two pages do."""
    findings = [_finding(sitting, unit) for _ in range(_ROWS)]
    table = csv_file([list(HEADINGS.values()), *(_row(one) for one in findings)])
    rows = SHEET.read(table)
    checks = read_checks(rows, sitting.book, unit)
    text = SHEET.as_text(rows)
    by = sitting.hand(checker)
    for problem in enter_sheet(sitting.session, by=by, checks=checks, table=text):
        _put_right_later(sitting, problem)


def _row(one: Finding) -> list[str]:
    cells = {
        "unit": one.unit,
        "problem_type": one.problem_type,
        "policy": one.policy,
        "place": one.place,
        "fund_year": one.fund_year,
        "what_is_wrong": one.what_is_wrong,
        "amount": one.amount,
        "persons": one.persons,
        "rectify_by": one.rectify_by.isoformat(),
    }
    return ["" if cells.get(name) is None else str(cells[name]) for name in HEADINGS]


def _finding(sitting: Sitting, unit: str) -> Finding:
    """Something wrong where the checker goes; where nobody has a desk, the unit above puts it
    right."""
    places = sitting.book.places.values()
    place = next((one.code for one in places if one.unit_code == unit), None)
    return finding_at(sitting, who_rectifies(sitting.book, unit), place=place)


def _put_right_later(sitting: Sitting, problem: Problem) -> None:
    sitting.later(2, 6, partial(go_on, problem_id=problem.id))


def _first_working_day(sitting: Sitting) -> date:
    first = sitting.day.replace(day=1)
    return Sitting(sitting.stage, sitting.session, sitting.book, first).working_day(0)
