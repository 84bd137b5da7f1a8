"""The rows of the queue in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from admin.accounts.access import Access
from admin.desk.due_words import CLOCK_WORDS, Left, counts_working_days, left_until
from admin.desk.order_facts import UNNAMED
from intake.cases.case import NO_DUE_DATE, Case, Identity
from intake.rules.lifecycle import State
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation import clock


@dataclass(frozen=True)
class Line:
    """One case in a list. `box_value` is what its box sends: the number with the version that was
    seen."""

    number: str
    box_value: str
    can_sign: bool
    can_claim: bool
    can_remind: bool
    urgent: bool
    left: Left
    due_on: date | None
    tentative: bool
    clock: str
    kind: str
    policy: str
    problem: str
    place: str
    marks: Sequence[tuple[str, str]]
    unit: str
    state: str
    handler: str

    @property
    def can_pick(self) -> bool:
        """Whether the row has a box."""
        return self.can_sign or self.can_claim or self.can_remind


def lines_of(
    rows: Sequence[Row[Any]], access: Access, book: Book, names: Mapping[int, str]
) -> list[Line]:
    """The rows of a page, ready to be shown. `names` are those of who has taken them on."""
    today, counted = clock.today(), {}
    lines = []
    for row in rows:
        key = (row.due_on, row.kind, row.due_clock)
        if key not in counted:
            in_working_days = counts_working_days(book, row.kind, row.due_clock)
            counted[key] = left_until(row.due_on, today, book, in_working_days=in_working_days)
        lines.append(_line(row, counted[key], access, book, names.get(row.claimed_by, "")))
    return lines


def marks_of(case: Case | Row[Any]) -> list[tuple[str, str]]:
    """What stands beside the state of a case, each with its tone."""
    marks = (
        (case.urgent, "紧急", "danger"),
        (case.supervised, "督办", "warn"),
        (case.has_new_words and case.state.is_open, "来件人有新话", "action"),
        (case.channel.is_order, _order_words(case), "plain"),
        (case.accusing and case.kind is not Kind.TIP_OFF, "涉及违规", "warn"),
        (case.referred, "已移送", "plain"),
        (case.reminded_at, "催办", "danger"),
        (case.awaiting_reporter, "等来件人", "plain"),
        (case.repeat, "重复", "warn"),
        (case.returns, f"退单{case.returns}次", "warn"),
        (case.identity is not Identity.ANONYMOUS, case.identity.official, "plain"),
        (not case.in_ledger_scope, "不进台账", "plain"),
    )
    return [(words, tone) for holds, words, tone in marks if holds]


def _order_words(case: Case | Row[Any]) -> str:
    """Whose order it is; of what may point at somebody who rang, only that it is one."""
    silent = case.accusing or case.kind is Kind.TIP_OFF or case.part_of_id is not None
    return UNNAMED if silent else case.channel.official


def problem_words(code: str | None, book: Book) -> str:
    """A problem's number and the beginning of its everyday words."""
    if not code:
        return ""
    return f"{code} {book.problem_types[code].plain_text.split('，')[0]}"


def _line(row: Row[Any], left: Left, access: Access, book: Book, handler: str) -> Line:
    mine = row.unit_code in access.desks
    return Line(
        number=row.number,
        box_value=f"{row.number}.{row.version}",
        can_sign=row.state is State.ASSIGNED and mine,
        can_claim=row.state.is_open and mine and row.claimed_by is None,
        can_remind=row.state.is_open and access.as_office and not mine,
        urgent=row.urgent,
        left=left,
        due_on=None if row.due_on == NO_DUE_DATE else row.due_on,
        tentative=not book.calendar.is_known(row.due_on) and row.due_on != NO_DUE_DATE,
        clock=CLOCK_WORDS.get(row.due_clock, ""),
        kind=row.kind.official,
        policy=book.policies[row.policy_code].name if row.policy_code else "",
        problem=problem_words(row.problem_code, book),
        place=book.places[row.place_code].name if row.place_code else "",
        marks=marks_of(row),
        unit=book.units[row.unit_code].short_name,
        state=row.state.official,
        handler=handler,
    )
