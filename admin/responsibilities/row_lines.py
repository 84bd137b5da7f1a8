"""Rows of responsibilities in the words of the office, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.campaign.book import Book
from portal.campaign.responsibility import Responsibility
from portal.foundation.formats import moment_day


class When(StrEnum):
    """Which rows, by the day; the values are words of addresses."""

    NOW = "now"
    LATER = "later"
    BEFORE = "before"

    @property
    def official(self) -> str:
        """The word on the page."""
        return {When.NOW: "现在的", When.LATER: "以后的", When.BEFORE: "以前的"}[self]


@dataclass(frozen=True)
class RowLine:
    """One row as it is read. `condition` says where it holds only: a place, a kind, a doer."""

    row: Responsibility
    policy: str
    problem: str
    condition: str
    unit: str
    changed: tuple[str, ...]

    @property
    def about(self) -> str:
        """What the row is about, in a line."""
        problem = self.problem if self.row.problem_code else ""
        return "，".join(part for part in (self.policy, problem, self.condition) if part)


def when_of(row: Responsibility, today: date) -> When:
    """Whether a row is in force, will be, or no longer is."""
    if row.holds_on(today):
        return When.NOW
    return When.LATER if row.valid_from > today and not row.withdrawn else When.BEFORE


def line_of(row: Responsibility, book: Book, names: Mapping[int, str]) -> RowLine:
    """A row in words; `names` are those of the staff by id."""
    policy = book.policies[row.policy_code].name if row.policy_code else "所有补贴"
    problem = (
        f"{row.problem_code} {book.problem_types[row.problem_code].plain_text}"
        if row.problem_code
        else "所有问题"
    )
    return RowLine(
        row=row,
        policy=policy,
        problem=problem,
        condition="，".join(_conditions(row, book)),
        unit=book.unit_name(row.unit_code),
        changed=tuple(_changed(row, names)),
    )


def in_reading_order(rows: Iterable[Responsibility], book: Book) -> list[Responsibility]:
    """By policy and then by problem type as the plan lists them; what holds for all comes first,
    and of equal cells the earlier row."""
    policies = {code: place for place, code in enumerate(book.policies, start=1)}
    problems = {code: place for place, code in enumerate(book.problem_types, start=1)}
    return sorted(
        rows,
        key=lambda row: (
            policies.get(row.policy_code or "", 0),
            problems.get(row.problem_code or "", 0),
            row.place_code or "",
            row.kind or "",
            row.actor or "",
            row.valid_from,
            row.id or 0,
        ),
    )


def _conditions(row: Responsibility, book: Book) -> Iterable[str]:
    if row.place_code:
        yield book.places[row.place_code].name
    if row.kind:
        yield f"只管{row.kind.official}"
    if row.actor:
        yield row.actor.official


def _changed(row: Responsibility, names: Mapping[int, str]) -> Iterable[str]:
    """Who added the row and who ended it, each with the day."""
    if row.added_by is None:
        yield "随方案装入"
    else:
        yield f"{names.get(row.added_by, '')}，{_day(row)}加"
    if row.ended_at is not None:
        who = f"{names.get(row.ended_by, '')}，" if row.ended_by is not None else "随方案，"
        yield f"{who}{moment_day(row.ended_at)}{'撤回' if row.withdrawn else '停用'}"


def _day(row: Responsibility) -> str:
    return moment_day(row.added_at) if row.added_at else ""
