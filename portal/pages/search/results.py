"""Rectification results (整改情况), found by their words, their number, and the names of the unit,
the place, the policy and the problem that they are about."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.pages.results import TONES
from portal.pages.search.finding import Finding, Group
from portal.pages.search.sought import Sought
from portal.pages.typed_words import plain
from portal.published.heading import heading_of
from portal.published.result import STANDING, Result

_TEXTS = (Result.number, Result.summary, Result.measures, Result.progress)
_READ = (*_TEXTS, Result.unit_code, Result.state)


def results(sought: Sought) -> Group:
    """What stands and fits, latest release first."""
    rows, total = sought.first_rows(
        select(*_READ)
        .where(STANDING, sought.in_columns(_TEXTS, _named(sought)))
        .order_by(Result.released_at.desc(), Result.number.desc())
    )
    return Group(
        "results",
        "整改结果",
        "个",
        [_finding(row, sought) for row in rows],
        total,
        (sought.links.results(), "整改结果"),
    )


def _named(sought: Sought) -> dict[str, list[ColumnElement[bool]]]:
    found = sought.found
    names: tuple[tuple[InstrumentedAttribute[Any], dict[str, str]], ...] = (
        (Result.unit_code, {one.code: one.name for one in found.units.values()}),
        (Result.place_code, {one.code: one.name for one in found.places.values()}),
        (Result.policy_code, {one.code: one.name for one in found.policies.values()}),
        (Result.problem_code, {one.code: one.plain_text for one in found.problem_types.values()}),
    )
    return {
        word: [
            column.in_([code for code, name in by_code.items() if word in plain(name)])
            for column, by_code in names
        ]
        for word in sought.words
    }


def _finding(row: Any, sought: Sought) -> Finding:
    heading = heading_of(row.summary)
    in_title = sought.fits([], [heading])
    # What the heading says whole isn't quoted once more.
    cut_off = row.summary if heading != row.summary else ""
    return Finding(
        heading,
        sought.links.result(row.number),
        line=sought.found.unit_name(row.unit_code),
        said="" if in_title else sought.sentence(f"{cut_off}\n{row.measures}\n{row.progress}"),
        kind=row.state.plain,
        tone=TONES.get(row.state, "plain"),
    )
