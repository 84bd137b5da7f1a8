"""What else the office and the units do in a half-year: declarations and refunds, rules issued,
letters to the slow, duties of the plan that are ticked off by hand."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import partial

from admin.declarations import declaring
from admin.declarations.declaring import Declared
from admin.declarations.keeper import Keeper
from admin.declarations.months import months_until
from admin.demonstration.half_year.stage import MARK, Sitting
from admin.issued_rules import entering
from admin.issued_rules.entering import Issued
from admin.issued_rules.issued_rule import RuleAct
from admin.issued_rules.rule_reader import RuleReader
from admin.office.duty_marking import mark_done
from admin.office.plan_dates import due_between
from admin.shirking import writing
from admin.shirking.letter import Letter, LetterKind
from admin.shirking.writing import Draft
from portal.campaign.unit import UnitKind

_LEADING = frozenset({UnitKind.DEPARTMENT, UnitKind.SECTION, UnitKind.LEAD})
_DECLARING, _ISSUING, _WRITING = 0.03, 0.04, 0.03
_ANSWER_WITHIN = timedelta(days=10)


def do_office_work(sitting: Sitting) -> None:
    """Do what happens to be done on a working day."""
    if sitting.dice.happens(_DECLARING):
        _declare(sitting)
    if sitting.dice.happens(_ISSUING):
        _issue_rule(sitting)
    if sitting.dice.happens(_WRITING):
        _write_letter(sitting)


def tick_off(sitting: Sitting) -> None:
    """Note of a duty that ends today that it is done, where no room of its own tells."""
    office = sitting.cast.desks[sitting.book.campaign.office_code].officer
    by_hand = [one for one in sitting.book.dates if one.task is None]
    for due in due_between(by_hand, sitting.day, sitting.day, sitting.book.calendar):
        if not due.begins:
            duty = due.duty.key, due.on
            mark_done(
                sitting.session, by=office.id, found=sitting.book, duty=duty, done_on=sitting.day
            )


def _declare(sitting: Sitting) -> None:
    unit = sitting.dice.one_of(_leading(sitting))
    keeper = Keeper.of(sitting.cast.desks[unit].officer, sitting.book)
    people = sitting.dice.between(1, 3)
    said = Declared(
        month=months_until(sitting.book, sitting.day)[0],
        declared=people,
        refunded=people,
        yuan=Decimal(sitting.dice.between(2, 60) * 100),
        refunded_to=sitting.book.campaign.discipline_code,
        receipt=f"样例收{sitting.day:%m%d}-{unit}",
        receipt_on=sitting.day,
        note="",
    )
    declaring.enter(sitting.session, by=keeper, unit=unit, said=said)


def _issue_rule(sitting: Sitting) -> None:
    unit = sitting.dice.one_of(_leading(sitting))
    reader = RuleReader.of(sitting.cast.desks[unit].officer, sitting.book)
    policies = [code for code, one in sitting.book.policies.items() if one.unit_code == unit]
    number = f"样例发〔{sitting.day.year}〕{sitting.day:%m%d}号"
    issued = Issued(
        act=sitting.dice.one_of(tuple(RuleAct)[:2]),
        title=f"{MARK}补贴按月核对、按时发放的办法",
        document_number=number,
        issued_on=sitting.day,
        policies=tuple(sitting.dice.some_of(policies, 1)),
    )
    entering.enter(sitting.session, by=reader, unit=unit, issued=issued)


def _write_letter(sitting: Sitting) -> None:
    """Somebody drafts it, the head sends it, the unit answers, the office closes it."""
    office = sitting.cast.desks[sitting.book.campaign.office_code]
    unit = sitting.dice.one_of(_leading(sitting))
    draft = Draft(
        kind=LetterKind.REMINDER,
        text=f"{MARK}有几件过了日子还没有答复，请说明原因、什么时候答。",
        answer_by=sitting.day + _ANSWER_WITHIN,
    )
    by = sitting.hand(office.officer)
    letter = writing.draft_letter(sitting.session, unit, by=by, draft=draft)
    by_head = sitting.hand(office.head, letter.version)
    writing.send_letter(sitting.session, letter, by=by_head)
    sitting.later(2, 6, partial(_answer_letter, letter_id=letter.id))


def _answer_letter(sitting: Sitting, letter_id: int) -> None:
    letter = sitting.session.get_one(Letter, letter_id)
    officer = sitting.cast.desks[letter.unit_code].officer
    by = sitting.hand(officer, letter.version)
    text = f"{MARK}缺一个人，已经补上，本周答完。"
    writing.answer_letter(sitting.session, letter, by=by, text=text)
    sitting.later(1, 4, partial(_close_letter, letter_id=letter_id))


def _close_letter(sitting: Sitting, letter_id: int) -> None:
    letter = sitting.session.get_one(Letter, letter_id)
    officer = sitting.cast.desks[sitting.book.campaign.office_code].officer
    by = sitting.hand(officer, letter.version)
    writing.close_letter(sitting.session, letter, by=by, text=f"{MARK}都答了。")


def _leading(sitting: Sitting) -> list[str]:
    office = sitting.book.campaign.office_code
    return [
        code
        for code in sitting.cast.desks
        if sitting.book.units[code].kind in _LEADING and code != office
    ]
