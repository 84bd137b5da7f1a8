"""The variables of a reply template: what each is called, and what it stands for in a case. They
have Chinese names, since clerks write them, as in the templates of formal documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from intake.cases.case import NO_DUE_DATE, Case
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation.formats import day_with_year


@dataclass(frozen=True)
class Variable:
    """One variable, as the office's page explains it. `names_the_unit`: a tip-off's reporter must
    not read it."""

    name: str
    meaning: str
    names_the_unit: bool = False


VARIABLES = (
    Variable("来件编号", "这件的编号"),
    Variable("类别", "举报、咨询、投诉、信访、信息公开申请"),
    Variable("登记日", "哪天登记的"),
    Variable("补贴", "哪项补贴；件上没有的，留成空"),
    Variable("期限", "最晚哪天答复来件人"),
    Variable("热线", "热线电话"),
    Variable("热线时间", "热线的接听时间"),
    Variable("单位", "承办单位的全称", names_the_unit=True),
    Variable("电话", "承办单位的电话", names_the_unit=True),
    Variable("办公时间", "承办单位的办公时间", names_the_unit=True),
)
BY_NAME: Mapping[str, Variable] = {one.name: one for one in VARIABLES}


def variables_for(kinds: Iterable[Kind]) -> list[Variable]:
    """The variables that a template for these kinds may hold."""
    hides_unit = Kind.TIP_OFF in kinds
    return [one for one in VARIABLES if not (hides_unit and one.names_the_unit)]


def values_of(case: Case, book: Book) -> dict[str, str]:
    """What the variables stand for in a case; empty where nobody knows."""
    policy, unit = book.policies.get(case.policy_code or ""), book.units[case.unit_code]
    return {
        "来件编号": case.number,
        "类别": case.kind.official,
        "登记日": day_with_year(case.registered_on),
        "补贴": policy.name if policy else "",
        "期限": "" if case.answer_by == NO_DUE_DATE else day_with_year(case.answer_by),
        "热线": book.campaign.hotline,
        "热线时间": book.campaign.hotline_hours,
        "单位": unit.name,
        "电话": unit.telephone,
        "办公时间": unit.hours,
    }
