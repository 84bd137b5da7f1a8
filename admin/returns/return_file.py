"""Reading one return for its page: what it says, its versions, what may be done with it now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.ledger.problem import Problem
from admin.ledger.sight import visible as visible_problems
from admin.returns import return_texts
from admin.returns.allowed import may_confirm, may_decide, may_sign
from admin.returns.content import Content
from admin.returns.expected import Expected
from admin.returns.monthly_return import MonthlyReturn, ReturnState
from admin.returns.newest import versions_of
from admin.returns.prefill import Prefilled, prefill
from admin.returns.standing import Standing, standing_of
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.staff import Staff


@dataclass(frozen=True)
class Acts:
    """What this person may do with a return now."""

    fill_in: bool
    sign: bool
    decide: bool


@dataclass(frozen=True)
class ReturnFile:
    """One return, opened. `shown` is the version that its page shows, None where there is none for
    this reader; `edition` what a form carries; `moved` whether the ledger says something else by
    now, which only its own unit is told."""

    expected: Expected
    standing: Standing
    versions: tuple[MonthlyReturn, ...]
    shown: MonthlyReturn | None
    content: Content | None
    texts: dict[str, str]
    # Of the numbers behind its counts, those of problems that this reader may see.
    seen: frozenset[str]
    names: dict[int, str]
    edition: int
    moved: bool
    being_corrected: bool
    acts: Acts


def open_return(
    session: Session, access: Access, book: Book, expected: Expected, version: int | None = None
) -> ReturnFile:
    """Open a return as somebody who may see it, in one of its versions or the newest."""
    every = versions_of(session, expected)
    own = expected.unit in access.fieldwork
    there = tuple(one for one in every if own or one.state is not ReturnState.FILLED_IN)
    shown = next((one for one in there if version in {None, one.version}), None)
    content = shown.said if shown else None
    counted = prefill(session, book, expected) if own and there else None
    return ReturnFile(
        expected=expected,
        standing=standing_of(expected.period, there, clock.today()),
        versions=there,
        shown=shown,
        content=content,
        texts=return_texts.read(session, shown, access) if shown else {},
        seen=_seen(session, access, content),
        names=_names(session, there),
        edition=every[0].edition if every else 0,
        moved=counted is not None and not _says(there[0].said, counted),
        being_corrected=len(every) > 1 and every[0].state is ReturnState.FILLED_IN,
        acts=_acts(session, access, book, expected, every),
    )


def _acts(
    session: Session, access: Access, book: Book, expected: Expected, every: list[MonthlyReturn]
) -> Acts:
    opened = expected.period.remind_on <= clock.today()
    newest = every[0] if every else None
    state = newest.state if newest else None
    return Acts(
        fill_in=opened and may_confirm(session, access, expected.unit),
        sign=newest is not None
        and state is ReturnState.FILLED_IN
        and may_sign(session, access, newest),
        decide=newest is not None
        and state is ReturnState.HANDED_IN
        and may_decide(book, access, newest),
    )


def _says(content: Content, counted: Prefilled) -> bool:
    """Whether the return says what the ledger and the lower returns say now."""
    return (content.own, content.summed) == (counted.own, counted.summed)


def _seen(session: Session, access: Access, content: Content | None) -> frozenset[str]:
    numbers = {n for _, _, those in content.total.lines for n in those} if content else set()
    if not numbers:
        return frozenset()
    wanted = select(Problem.number).where(Problem.number.in_(numbers), visible_problems(access))
    return frozenset(session.scalars(wanted))


def _names(session: Session, versions: tuple[MonthlyReturn, ...]) -> dict[int, str]:
    ids = {n for v in versions for n in (v.confirmed_by, v.signed_by, v.decided_by) if n}
    people = session.scalars(select(Staff).where(Staff.id.in_(ids)))
    return {one.id: one.display_name for one in people}
