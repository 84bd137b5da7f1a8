"""An assessment of effect (成效评估) after the plan's last supervision round: recipients who never
complained are drawn by the rows of their streets' lists and asked by people of other streets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from admin.accounts.hand import Hand
from admin.assessments import asking, closing, drawing, giving_rows, opening, reporting_lists
from admin.assessments.asking import OwnRow
from admin.assessments.entry import Entry, How, Result
from admin.assessments.giving_rows import Gift
from admin.assessments.opening import Plan
from admin.assessments.reporting_lists import ListReport
from admin.assessments.sight import find_assessment, own_rows, streets_of
from admin.demonstration.half_year import slips
from admin.demonstration.half_year.stage import MARK, Sitting
from intake.assessing.assessment import Assessment
from intake.assessing.questions import Question
from intake.assessing.said import Said
from portal.campaign.calendar_date import Task

_AFTER_THE_ROUND = timedelta(days=5)
_HOUSEHOLDS, _LISTED = 6, (120, 600)
_QUESTIONS = (
    Question(
        "去年到今年，补贴按时足额到您手里了吗？", ("每次都是", "有时晚或者少", "经常晚或者少")
    ),
    Question("补贴有问题，您知道该找谁吗？", ("知道", "不知道")),
    Question("发补贴的卡在您自己手里吗？", ("在", "在家人手里", "在别人手里")),
)
_ANSWERED, _COMPLAINED, _WITH_SLIP = 0.8, 0.08, 0.3
_WITHOUT = (Result.NOT_REACHED, Result.DECLINED, Result.MOVED)
_STREETS_WITH_SLIPS = 3


def begin_assessment(sitting: Sitting) -> None:
    """Open it some days after the last round of the calendar was due."""
    dues = [one.ends_on for one in sitting.book.dates if one.task is Task.SUPERVISION_ROUND]
    last = max((one for one in dues if one), default=None)
    if last and sitting.day == last + _AFTER_THE_ROUND:
        _open(sitting)


def _open(sitting: Sitting) -> None:
    streets = [one for one in opening.streets_to_assess(sitting.book) if one in sitting.cast.desks]
    plan = Plan(
        title=f"{MARK}补贴发到手了没有",
        first_on=sitting.book.campaign.starts_on,
        last_on=sitting.day,
        policies=frozenset(),
        units=frozenset(),
        streets=frozenset(streets),
        asked=_HOUSEHOLDS * len(streets),
        questions=_QUESTIONS,
    )
    one = opening.open_assessment(sitting.session, by=_office(sitting), plan=plan)
    for assessed in streets_of(sitting.session, one):
        report = ListReport(sitting.dice.between(*_LISTED), "", f"样例〔{assessed.unit_code}〕")
        officer = sitting.cast.desks[assessed.unit_code].officer
        by = sitting.hand(officer, assessed.version)
        reporting_lists.report_list(sitting.session, one, assessed, by=by, report=report)
    seed = sitting.dice.secret()
    drawing.draw_rows(sitting.session, one, by=_office(sitting, one), seed=seed)
    for at, street in enumerate(streets):
        by = _office(sitting, one)
        codes = slips.print_some(sitting, one, street, by) if at < _STREETS_WITH_SLIPS else []
        _give(sitting, one, street, streets[(at + 1) % len(streets)], codes)
    sitting.later(12, 12, partial(_close, key=one.key))


def _give(sitting: Sitting, one: Assessment, street: str, other: str, codes: list[str]) -> None:
    """All rows of a street go to the officer of another one, who asks on some day, with the
    street's slips in his pocket."""
    officer = sitting.cast.desks[other].officer
    rows = giving_rows.left(sitting.session, one).get(street, 0)
    gift = Gift(street, officer.id, rows)
    giving_rows.give_rows(sitting.session, one, by=_office(sitting, one), gift=gift)
    sitting.later(1, 9, partial(_ask, key=one.key, unit=other, codes=codes))


def _ask(sitting: Sitting, key: str, unit: str, codes: list[str]) -> None:
    """Ask row by row, as long as one is to be asked: for who complained before a reserve is."""
    by = sitting.hand(sitting.cast.desks[unit].officer)
    while True:
        one, rows = own_rows(sitting.session, by.access, sitting.book, key, to_change=True)
        opened = asking.open_rows(sitting.session, one, rows, by=by)
        left = [own for own in opened if own.to_ask and own.entry is None]
        if not left:
            return
        _write_down(sitting, one, left, by, codes)


def _write_down(
    sitting: Sitting, one: Assessment, left: Sequence[OwnRow], by: Hand, codes: list[str]
) -> None:
    for own in left:
        entry = _entry(sitting)
        if codes and sitting.dice.happens(_WITH_SLIP):
            entry = replace(entry, result=Result.SLIP, said=Said(False))
            slips.leave(sitting, one, codes.pop())
        asking.write_down(sitting.session, one, own, by=by, entry=entry)


def _entry(sitting: Sitting) -> Entry:
    dice = sitting.dice
    result = Result.ANSWERED if dice.happens(_ANSWERED) else dice.one_of(_WITHOUT)
    if dice.happens(_COMPLAINED):
        result = Result.COMPLAINED
    return Entry(
        how=dice.one_of((How.VISIT, How.TELEPHONE)),
        result=result,
        tries=dice.between(1, 3),
        said=Said(result is Result.COMPLAINED, slips.chosen(dice, _QUESTIONS)),
        remark="",
    )


def _close(sitting: Sitting, key: str) -> None:
    by = _office(sitting)
    one = find_assessment(sitting.session, by.access, sitting.book, key, to_change=True)
    closing.close_assessment(sitting.session, one, by=_office(sitting, one))


def _office(sitting: Sitting, one: Assessment | None = None) -> Hand:
    officer = sitting.cast.desks[sitting.book.campaign.office_code].officer
    return sitting.hand(officer, one.version if one else 0)
