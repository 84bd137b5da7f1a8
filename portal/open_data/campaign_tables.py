"""The tables that come out of the campaign itself: policies, units, who is in charge."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.campaign.book import Book
from portal.campaign.in_charge import Charge, InCharge
from portal.campaign.responsibility import Responsibility
from portal.open_data.table import Cell, Column, Table

_POLICY = (
    Column("code", "编号", "本站的编号，不会改"),
    Column("name", "名称", "", 28),
    Column("aliases", "别的叫法", "几个叫法之间用顿号隔开", 24),
    Column("needs", "为哪些人", "几类人之间用顿号隔开", 24),
    Column("unit", "主管单位编号", "见“单位”表"),
    Column("unit_name", "主管单位", "", 20),
    Column("eligibility", "谁能领", "", 44),
    Column("standard", "标准", "", 32),
    Column("payment", "怎么发、什么时候发", "", 32),
    Column("legal_basis", "依据", "", 44),
    Column("checked_on", "最近核对", "哪天核对过；空着是还没有核对"),
    Column("sample", "样例", "是：示例数据，不能当真"),
    Column("apply_at", "到哪里办", "空着是还没有写", 32),
    Column("materials", "要带什么", "空着是还没有写", 32),
    Column("ended_on", "停止日期", "最后一天；空着是还在发"),
)
_UNIT = (
    Column("code", "编号", "本站的编号，不会改"),
    Column("name", "名称", "", 28),
    Column("short_name", "简称", "", 18),
    Column("above", "上级单位编号", "空着是没有"),
    Column("telephone", "电话", "", 18),
    Column("hours", "办公时间", "", 28),
    Column("address", "地址", "", 32),
    Column("remit", "管什么", "", 44),
    Column("sample", "样例", "是：示例数据，不能当真"),
)
_RESPONSIBILITY = (
    Column("policy", "补贴编号", "见“补贴政策”表；空着是所有补贴"),
    Column("policy_name", "补贴", "", 24),
    Column("problem", "问题编号", "工作方案里的14种问题；空着是所有问题"),
    Column("problem_text", "问题", "", 36),
    Column("place", "地方编号", "行政区划代码；空着是全区"),
    Column("place_name", "地方", "", 16),
    Column("kind", "哪一类来件", "空着是每一类", 16),
    Column("doer", "谁做的", "bank：银行；unit：单位；空着是不分"),
    Column("unit", "单位编号", "见“单位”表"),
    Column("unit_name", "归谁管", "", 20),
    Column("basis", "依据", "", 44),
    Column("valid_from", "从哪天起"),
    Column("valid_to", "到哪天止", "含这一天；空着是还有效"),
)
_IN_CHARGE = (
    Column("policy", "补贴编号", "见“补贴政策”表"),
    Column("policy_name", "补贴", "", 28),
    Column("problem", "问题编号", "工作方案里的编号"),
    Column("problem_text", "问题", "", 44),
    Column("when", "什么情况", "空着是一般情况", 28),
    Column("unit", "单位编号", "见“单位”表。有人违规的，写的是纪检监察机关，也可以打热线"),
    Column("unit_name", "找谁", "", 20),
    Column("telephone", "电话", "", 18),
)


def policies(found: Book) -> Table:
    """The policy list (政策清单, plan 三(一)5)."""
    rows = [
        (
            one.code,
            one.name,
            tuple(one.aliases),
            tuple(one.needs),
            one.unit_code,
            found.unit_name(one.unit_code),
            one.eligibility,
            one.standard,
            one.payment,
            one.legal_basis,
            one.checked_on,
            one.sample,
            one.apply_at,
            one.materials,
            one.ended_on,
        )
        for one in found.policies.values()
    ]
    about = "有哪些补贴，谁能领，多少钱，怎么发，归谁管。"
    return Table("policies", "补贴政策", about, _POLICY, rows)


def units(found: Book) -> Table:
    """Every unit of the campaign, with how it is reached."""
    rows = [
        (
            one.code,
            one.name,
            one.short_name,
            one.parent_code,
            one.telephone,
            one.hours,
            one.address,
            one.remit,
            one.sample,
        )
        for one in found.units.values()
    ]
    about = "各单位的电话、办公时间、地址。"
    return Table("units", "单位", about, _UNIT, rows)


def responsibilities(found: Book, day: date) -> Table:
    """Who is in charge (谁主管谁负责, plan 四(二)): every row that holds on a Shanghai day, or held
    before it. What shall hold later isn't published yet."""
    rows = [
        tuple(_responsibility(one, found))
        for one in found.responsibilities
        if one.valid_from <= day and not one.withdrawn
    ]
    about = "哪项补贴、哪种问题归谁管，从哪天到哪天。以前的也在里面。"
    return Table("responsibilities", "谁主管", about, _RESPONSIBILITY, rows)


def in_charge(found: Book, day: date) -> Table:
    """Whom a reader is told on a Shanghai day, for every policy and every problem: the rows above
    worked out. What accuses somebody goes to discipline inspection, whoever is in charge."""
    asked = InCharge(found, day)
    to_discipline = [Charge(found.units[found.campaign.discipline_code], "", "")]
    rows = [
        (
            *(policy.code, policy.name, problem.code, problem.plain_text, one.when or None),
            *(one.unit.code, one.unit.name, one.unit.telephone or None),
        )
        for policy in found.policies.values()
        for problem in found.problem_types.values()
        for one in (
            to_discipline
            if problem.accuses
            else asked.answering(policy=policy.code, problem=problem.code)
        )
    ]
    about = "每项补贴遇到每种问题，今天找谁。"
    return Table("in-charge", "谁主管对照表", about, _IN_CHARGE, rows)


def _responsibility(one: Responsibility, found: Book) -> Iterator[Cell]:
    policy = found.policies.get(one.policy_code or "")
    problem = found.problem_types.get(one.problem_code or "")
    place = found.places.get(one.place_code or "")
    yield from (one.policy_code, policy.name if policy else None)
    yield from (one.problem_code, problem.plain_text if problem else None)
    yield from (one.place_code, place.name if place else None)
    yield one.kind.plain if one.kind else None
    yield one.actor.value if one.actor else None
    yield from (one.unit_code, found.unit_name(one.unit_code))
    yield from (one.basis, one.valid_from, one.valid_to)
