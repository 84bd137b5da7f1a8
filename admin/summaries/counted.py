"""What a summary would say now: its numbers, tables and lists, counted at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.figures.figures import Share
from admin.summaries.contribution import Contribution
from admin.summaries.fact_reading import read_facts
from admin.summaries.number import Number
from admin.summaries.number_list import numbers_of
from admin.summaries.part_list import part_lines
from admin.summaries.planned import Planned
from admin.summaries.tables import Table, types_table, units_table
from portal.campaign.spot_check_rule import SpotCheckRule, ratio_words


@dataclass(frozen=True)
class Counted:
    """Counted for the end of a Shanghai day. `shares` says in words which part of the units was
    drawn, and of the answers in time; `parts` are the units' parts that count, `missing` the codes
    of units without one."""

    counted_on: date
    numbers: Mapping[str, Number]
    units: Table
    types: Table
    shares: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]
    parts: tuple[Contribution, ...]
    missing: tuple[str, ...]


def count(session: Session, by: Hand, planned: Planned) -> Counted:
    """Count a summary, for somebody who puts it together."""
    facts = read_facts(session, by, planned)
    numbers = numbers_of(facts)
    lines = part_lines(session, by.access, by.book, [planned])
    return Counted(
        counted_on=facts.counted_on,
        numbers=numbers,
        units=units_table(by.book, numbers),
        types=types_table(by.book, numbers),
        shares=(("抽查比例", _drawn(by, numbers)), ("按期答复率", on_time(numbers).words)),
        rules=tuple(one.in_words for one in facts.rules),
        parts=tuple(one.counts for one in lines if one.counts is not None),
        missing=tuple(one.owed.unit for one in lines if one.counts is None),
    )


def on_time(numbers: Mapping[str, Number]) -> Share:
    """按期办结率: of what was answered or should have been."""
    told = {key: len(numbers[key].rows) for key in ("answered", "answered-on-time", "unanswered")}
    return Share(told["answered-on-time"], told["answered"] + told["unanswered"])


def _drawn(by: Hand, numbers: Mapping[str, Number]) -> str:
    share = Share(len(numbers["drawn"].rows), len(numbers["in-frame"].rows))
    rule = SpotCheckRule.of(by.book.campaign)
    asked = f"，方案要求不低于{ratio_words(rule.ratio)}" if rule.ratio else ""
    return f"{share.words}{asked}" if share.whole else "（没有抽查）"
