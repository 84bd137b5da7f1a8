"""Nil returns that something contradicts (零报送有矛盾, plan 五(二)2): for the office alone.

It counts the cases that the reading person of the office may see, and no others; its unit is told
nothing of it, whatever was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from admin.accounts.access import Access, visible
from admin.accounts.own_units import keeps_the_office_s_own
from admin.ledger.counting import entered_by_unit
from admin.ledger.line import line_of
from admin.returns.expected import Expected
from admin.returns.monthly_return import MonthlyReturn
from admin.returns.newest import standing_version
from intake.cases.bar import Bar
from intake.cases.case import Case, Channel
from intake.rules.lifecycle import State
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.campaign.return_rule import Period

# How many problems entered the ledger by unit and department.
_Entered = Mapping[tuple[str, str | None], int]
# What says that something is wrong; a question or a request for information doesn't.
_SPEAKS_AGAINST = (Kind.TIP_OFF, Kind.COMPLAINT, Kind.PETITION)
_TAKEN_BACK = (State.WITHDRAWN, State.DECLINED)


@dataclass(frozen=True)
class Contradicted:
    """A nil return, and how many cases, audit clues and problems there are of its unit and
    period."""

    cases: int
    clues: int
    problems: int

    @property
    def reason(self) -> str:
        """Why it is said, in one sentence."""
        parts = (
            (self.cases, f"反映它的来件{self.cases}件"),
            (self.clues, f"审计线索{self.clues}条"),
            (self.problems, f"台账里它的问题{self.problems}个"),
        )
        return "报的是零，这一期却有" + "、".join(words for number, words in parts if number) + "。"


@dataclass(frozen=True)
class _Told:
    """One case: which units it concerns, on whose line it lies (None: that isn't known)."""

    units: frozenset[str]
    line: str | None
    by_audit: bool


def contradicted(
    session: Session,
    access: Access,
    book: Book,
    came: Mapping[Period, Mapping[tuple[str, str], Sequence[MonthlyReturn]]],
) -> dict[Expected, Contradicted]:
    """Of the returns of some periods those whose standing version is nil and contradicted. Nobody
    but the office gets any, and nobody any of a unit that he serves, or of one near it."""
    if not access.as_office:
        return {}
    found = {}
    for period, pairs in came.items():
        nil = [pair for pair, versions in pairs.items() if is_nil(versions)]
        told = _told(session, access, book, period) if nil else []
        entered = entered_by_unit(session, period.first, period.last) if nil else {}
        for unit, receiver in nil:
            if not keeps_the_office_s_own(book, access, unit):
                continue
            expected = Expected(unit, receiver, period)
            against = _against(book, expected, told, entered)
            if against is not None:
                found[expected] = against
    return found


def is_nil(versions: Iterable[MonthlyReturn]) -> bool:
    """Whether the version that counts says nil."""
    standing = standing_version(versions)
    return standing is not None and standing.said.nil


def _against(
    book: Book, expected: Expected, told: Sequence[_Told], entered: _Entered
) -> Contradicted | None:
    to_office = expected.receiver == book.campaign.office_code
    lines = {None, expected.receiver}
    those = [one for one in told if expected.unit in one.units and (to_office or one.line in lines)]
    clues = sum(one.by_audit for one in those)
    problems = sum(
        count
        for (unit, line), count in entered.items()
        if unit == expected.unit and (to_office or line in lines)
    )
    if not those and not problems:
        return None
    return Contradicted(len(those) - clues, clues, problems)


def _told(session: Session, access: Access, book: Book, period: Period) -> list[_Told]:
    """The cases of a period that this person may see, and which units they concern: who had them
    first, who has them, where it happened, whom they accuse."""
    within = (
        Case.registered_on.between(period.first, period.last),
        Case.kind.in_(_SPEAKS_AGAINST),
        Case.state.not_in(_TAKEN_BACK),
        visible(access),
    )
    rows = session.execute(
        select(
            Case.id,
            Case.unit_code,
            Case.first_unit_code,
            Case.place_code,
            Case.policy_code,
            Case.problem_code,
            Case.channel,
        ).where(*within)
    ).all()
    accused = _accused(session, *within)

    @cache
    def line(policy: str | None, problem: str | None) -> str | None:
        """Many cases ask the same."""
        return _line(book, period.last, policy, problem)

    return [
        _Told(
            units=frozenset({row.unit_code, row.first_unit_code or row.unit_code})
            | accused.get(row.id, set())
            | {book.places[place].unit_code for place in book.places_around(row.place_code)},
            line=line(row.policy_code, row.problem_code),
            by_audit=row.channel is Channel.AUDIT,
        )
        for row in rows
    ]


def _accused(session: Session, *within: ColumnElement[bool]) -> dict[int, set[str]]:
    """The units that each of some cases accuses."""
    found: dict[int, set[str]] = {}
    # What decides whether a case may be seen asks for bars, too: these mustn't be taken for those.
    bar = aliased(Bar)
    bars = select(bar.case_id, bar.unit_code).join(Case, Case.id == bar.case_id).where(*within)
    for case_id, unit in session.execute(bars):
        if unit is not None:
            found.setdefault(case_id, set()).add(unit)
    return found


def _line(book: Book, day: date, policy: str | None, problem: str | None) -> str | None:
    if policy is None:
        return None
    return line_of(book, day, policy=policy, problem_type=problem or "")
