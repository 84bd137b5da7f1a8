"""The table of the policies' dated versions: every field that each began with or changed."""

from __future__ import annotations

from collections.abc import Iterator

from portal.campaign.book import Book
from portal.campaign.policy_fields import FIELDS, from_kept, in_words
from portal.campaign.policy_history import PolicyChange
from portal.foundation import clock
from portal.open_data.table import Cell, Column, Table

_VERSION = (
    Column("policy", "补贴编号", "见“补贴政策”表"),
    Column("policy_name", "补贴", "现在的名称", 24),
    Column("version", "第几次公布", "从1数起"),
    Column("released_on", "哪天公布"),
    Column("holds_from", "从哪天起", "空着是一开始就这样，从哪天起不清楚"),
    Column("field", "哪一栏", "“补贴政策”表的列名，还有治理范围和核对程度", 16),
    Column("field_name", "哪一栏（文字）", "", 18),
    Column("before", "原来", "空着是原来没有写，或者是第1次公布", 36),
    Column("now", "现在", "空着是不写了", 36),
    Column("note", "为什么变", "", 32),
)


def versions(found: Book) -> Table:
    """Every version of every policy, a row for each field of it."""
    rows = [
        tuple(row)
        for code, history in found.histories.items()
        for change in reversed(history.changes())
        for row in _rows(code, change, found)
    ]
    about = "每项补贴每次改了哪一栏，从哪天起，只加不改。"
    return Table("policy-versions", "补贴政策的历次变化", about, _VERSION, rows)


def _rows(code: str, change: PolicyChange, found: Book) -> Iterator[Iterator[Cell]]:
    version = change.version
    said = [(one.name, one.before, one.now) for one in change.fields]
    if not said:
        said = [(name, None, now) for name, now in from_kept(version.fields).items()]
    for name, before, now in said:
        field = FIELDS[name]
        if field.told:
            yield iter(
                (
                    code,
                    found.policies[code].name,
                    version.number,
                    clock.day_of(version.released_at),
                    version.holds_from,
                    field.column,
                    field.heading,
                    in_words(name, before, found.unit_name) or None,
                    in_words(name, now, found.unit_name) or None,
                    version.note,
                )
            )
