"""What a folder's policy list changes in the one that stands. A policy that a person of the office
released belongs to the office: the folder leaves it alone, and the loader's report names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.campaign.policy import Policy
from portal.campaign.policy_fields import FIELDS
from portal.campaign.policy_history import PolicyHistory
from portal.foundation.refusal import Problem
from portal.loading.bad_campaign import Row
from portal.published.policy_releasing import PolicyWord

_FIRST = "第一次公布"
_LATER = "随工作方案的数据更新"


@dataclass(frozen=True)
class PolicyChanges:
    """What is to be said anew, what else of a row differs by the policy's code, which rows say
    otherwise than the office does, and why the list can't be taken, if so."""

    words: list[PolicyWord] = field(default_factory=list)
    besides: dict[str, dict[str, Any]] = field(default_factory=dict)
    left_alone: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def number(self) -> int:
        """How many policies change."""
        return len({word.code for word in self.words} | self.besides.keys())


def compare_policies(
    kept: Mapping[str, Policy],
    histories: Mapping[str, PolicyHistory],
    rows: Sequence[Row],
    today: date,
) -> PolicyChanges:
    """Hold the rows of policies.csv against the list; `today` is a Shanghai date."""
    changes = PolicyChanges()
    theirs = {code for code, one in histories.items() if one.is_the_office_s}
    taken = dict(_names_of(theirs, kept, histories))
    for place, row in enumerate(rows, start=1):
        code = row["code"]
        known = kept.get(code)
        fields = {name: row[name] for name in FIELDS}
        if known is not None:
            fields = {name: v for name, v in fields.items() if getattr(known, name) != v}
        besides = _besides(known, row, place)
        if besides:
            changes.besides[code] = besides
        if code in theirs:
            changes.left_alone.extend([code] if fields else [])
            continue
        if taken.get(row["name"], code) != code:
            what = f"the office gave the name “{row['name']}” to its policy {taken[row['name']]}"
            changes.problems.append(row.problem(what))
        if fields:
            since, note = (today, _LATER) if known else (None, _FIRST)
            word = PolicyWord(code=code, fields=fields, holds_from=since, note=note)
            changes.words.append(word)
    return changes


def _names_of(
    codes: set[str], kept: Mapping[str, Policy], histories: Mapping[str, PolicyHistory]
) -> Iterator[tuple[str, str]]:
    """The names that these policies have or will have, each with the policy's code."""
    for code in codes:
        yield kept[code].name, code
        for one in histories[code].versions:
            if one.waits and "name" in one.fields:
                yield one.fields["name"], code


def _besides(known: Policy | None, row: Row, place: int) -> dict[str, Any]:
    """Place in the list and day of checking, where they differ. A later day of checking stays: the
    office may have looked since."""
    last, said = known.checked_on if known else None, row["checked_on"]
    later = max((day for day in (last, said) if day), default=None)
    differing: dict[str, Any] = {"checked_on": later} if later != last else {}
    if known is None or known.position != place:
        differing["position"] = place
    return differing
