"""What a new table of responsibilities changes in the one in force. What held on a past day stays
as it was, so that it can always be said who was in charge then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import Any

from portal.campaign.responsibility import Responsibility
from portal.foundation.refusal import Problem
from portal.loading.bad_campaign import Row
from portal.loading.checks import cell_of


@dataclass(frozen=True)
class Changes:
    """What is to be done to the rows, and why it can't be done, if so."""

    added: list[Row] = field(default_factory=list)
    amended: list[tuple[Responsibility, Row]] = field(default_factory=list)
    ended: list[Responsibility] = field(default_factory=list)
    dropped: list[Responsibility] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def number(self) -> int:
        """How many rows change."""
        return len(self.added) + len(self.amended) + len(self.ended) + len(self.dropped)


def compare(
    kept: Sequence[Responsibility], rows: Sequence[Row], names: Mapping[Any, str], today: date
) -> Changes:
    """Match rows by cell, unit and first day. A row gone from the table ends with yesterday, or
    is dropped if it was never in force; `names` are the units' names by code; `today` is a
    Shanghai date.

    What the office added or ended in the browser stays as it is: the table neither ends nor
    revives it, and what contradicts it is refused.
    """
    changes = Changes()
    left = _matched(kept, rows, changes, today)
    gone = [one for one in left if not _is_the_office_s(one)]
    changes.dropped.extend(one for one in gone if one.valid_from > today)
    changes.ended.extend(one for one in gone if one.valid_from <= today <= _end(one.valid_to))
    changes.problems.extend(_rewritten(changes.added, gone, names, today - timedelta(days=1)))
    new = [*changes.added, *(row for _, row in changes.amended)]
    changes.problems.extend(_contradicted(new, filter(_is_the_office_s, kept), names))
    return changes


def _matched(
    kept: Sequence[Responsibility], rows: Sequence[Row], changes: Changes, today: date
) -> Iterable[Responsibility]:
    """Note which rows are new or read otherwise than those that are kept; returns those of which
    the table says nothing."""
    # A row taken back may stand beside another of the same key, which then counts.
    left = {_key(one): one for one in sorted(kept, key=lambda one: not one.withdrawn)}
    for row in rows:
        known = left.pop((cell_of(row), row["unit_code"], row["valid_from"]), None)
        if known is None:
            changes.added.append(row)
        elif known.ended_by is None and (known.basis, known.valid_to) != _said(row):
            changes.amended.append((known, row))
            changes.problems.extend(_moved_end(known, row, today - timedelta(days=1)))
    return left.values()


def _is_the_office_s(one: Responsibility) -> bool:
    return one.added_by is not None or one.ended_by is not None


def _key(one: Responsibility) -> tuple[Any, ...]:
    return one.cell, one.unit_code, one.valid_from


def _said(row: Row) -> tuple[str, date | None]:
    return row["basis"], row["valid_to"]


def _end(valid_to: date | None) -> date:
    return valid_to or date.max


def _moved_end(known: Responsibility, row: Row, yesterday: date) -> Iterator[Problem]:
    """Until yesterday the row held as the database says; only days from today on may change."""
    before = min(_end(known.valid_to), yesterday)
    if before != min(_end(row["valid_to"]), yesterday):
        yield row.problem(
            f"was in force until {before}; its end can't be moved into the past or back"
        )


def _rewritten(
    rows: Sequence[Row],
    gone: Sequence[Responsibility],
    names: Mapping[Any, str],
    yesterday: date,
) -> Iterator[Problem]:
    """Rows that would take days from one that held until yesterday and isn't in the table now."""
    for row, one in product(rows, gone):
        last = min(_end(one.valid_to), yesterday)
        meets = row["valid_from"] <= last and one.meets(row["valid_from"], row["valid_to"])
        if meets and one.valid_from <= last and one.cell == cell_of(row):
            name = names.get(one.unit_code, one.unit_code)
            begin = last + timedelta(days=1)
            yield row.problem(
                f"{name} was in charge of this cell until {last}, which can't be rewritten; "
                f"let the row begin on {begin} or later"
            )


def _contradicted(
    rows: Sequence[Row], fixed: Iterable[Responsibility], names: Mapping[Any, str]
) -> Iterator[Problem]:
    """Rows that say otherwise than what the office decided."""
    for one, row in product(fixed, rows):
        if one.cell == cell_of(row) and one.meets(row["valid_from"], row["valid_to"]):
            until = f"until {one.valid_to}" if one.valid_to else "until further notice"
            yield row.problem(
                f"the office decided in the browser that {names.get(one.unit_code, one.unit_code)} "
                f"is in charge of this cell from {one.valid_from} {until}; change it there"
            )
