"""What somebody finds wrong, in invented words that say so."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from admin.demonstration.half_year.stage import MARK, Sitting
from admin.ledger.finding import Finding

_STORIES = (
    ("1.2", "{persons}户的补贴晚发了两个月。"),
    ("1.2", "新账号录入晚了，{persons}人少领一个月。"),
    ("1.3", "停发手续办得慢，{persons}人多发了一个月。"),
    ("1.4", "有一项补贴还没有用“一卡通”发，涉及{persons}人。"),
    ("1.5", "没有贴出领补贴的名单，少了{persons}人。"),
    ("2.1", "{persons}人办了两张发补贴的卡。"),
    ("3.3", "代办时收了{persons}人的手续费。"),
    ("3.4", "{persons}张卡由别人保管。"),
)
_TIME = (20, 60)


def finding_at(
    sitting: Sitting,
    unit: str,
    *,
    policy: str | None = None,
    place: str | None = None,
    verified: bool = False,
) -> Finding:
    """Something wrong at a unit, to be put right within some weeks; where no policy is named, one
    that is in scope."""
    dice, book = sitting.dice, sitting.book
    known = [one for one in _STORIES if one[0] in book.problem_types]
    problem_type, wrong = dice.one_of(known)
    persons = dice.between(2, 40)
    policies = [code for code, one in book.policies.items() if one.in_scope]
    return Finding(
        unit=unit,
        problem_type=problem_type,
        what_is_wrong=MARK + wrong.format(persons=persons),
        rectify_by=sitting.day + timedelta(days=dice.between(*_TIME)),
        place=place,
        policy=policy or dice.one_of(policies),
        fund_year=dice.one_of(fund_years(sitting)),
        amount=Decimal(dice.between(5, 400) * 100) if dice.happens(0.7) else None,
        persons=persons,
        verified=verified,
    )


def fund_years(sitting: Sitting) -> list[int]:
    """The years whose funds the campaign is about."""
    return sorted(sitting.book.campaign.scope["fund_years"])
