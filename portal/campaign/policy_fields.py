"""What a policy says, field by field: the fields' names in code, in a campaign's file and for
people, and their values in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.campaign.policy import Policy, SourceStatus
from portal.foundation.formats import day_with_year


@dataclass(frozen=True)
class PolicyField:
    """One field: the record's attribute, the column of policies.csv, and what people read above
    it. One that isn't `told` only says how this site treats the policy."""

    name: str
    column: str
    heading: str
    told: bool = True


FIELDS: Mapping[str, PolicyField] = {
    one.name: one
    for one in (
        PolicyField("name", "name", "名称"),
        PolicyField("unit_code", "unit", "主管单位"),
        PolicyField("eligibility", "eligibility", "谁能领"),
        PolicyField("standard", "standard", "标准"),
        PolicyField("payment", "payment", "怎么发、什么时候发"),
        PolicyField("apply_at", "apply_at", "到哪里办"),
        PolicyField("materials", "materials", "要带什么"),
        PolicyField("legal_basis", "legal_basis", "依据"),
        PolicyField("aliases", "aliases", "别的叫法"),
        PolicyField("needs", "needs", "为哪些人"),
        PolicyField("ended_on", "ended_on", "停止日期"),
        PolicyField("in_scope", "in_scope", "在这次治理的范围里"),
        PolicyField("source_status", "source_status", "核对程度"),
        PolicyField("discreet", "discreet", "名称透露病残", told=False),
        PolicyField("sample", "sample", "样例", told=False),
    )
}


_DAYS = frozenset({"ended_on", "checked_on"})


def fields_of(policy: Policy) -> dict[str, Any]:
    """Everything that a policy says now."""
    return {name: getattr(policy, name) for name in FIELDS}


def as_kept(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields as JSON keeps them."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in fields.items()
    }


def from_kept(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields that `as_kept` made."""
    read = dict(fields)
    for name in _DAYS & read.keys():
        read[name] = date.fromisoformat(read[name]) if read[name] else None
    return read


def in_words(name: str, value: Any, unit_name: Callable[[str], str]) -> str:
    """A field's value as people read it; empty where there is none."""
    if name == "unit_code":
        return unit_name(value) if value else ""
    if name == "source_status":
        return SourceStatus(value).official if value else ""
    match value:
        case bool():
            return "是" if value else "否"
        case list():
            return "、".join(value)
        case date():
            return day_with_year(value)
        case _:
            return value or ""
