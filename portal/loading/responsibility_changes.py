"""What a new table of responsibilities changes in the one in force. What held on a past day stays
as it was, so that it can always be said who was in charge then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from portal.campaign.responsibility import Responsibility
from portal.foundation.refusal import Problem
from portal.loading.bad_campaign import Row
from portal.loading.checks import CELL, cell_of


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
    Shanghai date."""
    changes = Changes()
    yesterday = today - timedelta(days=1)
    left = {(_cell(one), one.unit_code, one.valid_from): one for one in kept}
    for row in rows:
        known = left.pop((cell_of(row), row["unit_code"], row["valid_from"]), None)
        if known is None:
            changes.added.append(row)
        elif (known.basis, known.valid_to) != (row["basis"], row["valid_to"]):
            changes.amended.append((known, row))
            changes.problems.extend(_moved_end(known, row, yesterday))
    for gone in left.values():
        if gone.valid_from > today:
            changes.dropped.append(gone)
        elif _end(gone.valid_to) >= today:
            changes.ended.append(gone)
    history = [
        (one, min(_end(one.valid_to), yesterday))
        for one in left.values()
        if one.valid_from <= yesterday
    ]
    for row in changes.added:
        changes.problems.extend(_rewritten(row, history, names))
    return changes


def _cell(one: Responsibility) -> tuple[Any, ...]:
    return tuple(getattr(one, attribute) for attribute in CELL)


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
    row: Row, history: Sequence[tuple[Responsibility, date]], names: Mapping[Any, str]
) -> Iterator[Problem]:
    for one, last in history:
        meets = row["valid_from"] <= last and one.valid_from <= _end(row["valid_to"])
        if meets and _cell(one) == cell_of(row):
            name = names.get(one.unit_code, one.unit_code)
            begin = last + timedelta(days=1)
            yield row.problem(
                f"{name} was in charge of this cell until {last}, which can't be rewritten; "
                f"let the row begin on {begin} or later"
            )
