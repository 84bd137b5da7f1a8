"""Reading one part for its page: what it says, its versions, what may be done with it now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.ledger.problem import Problem
from admin.ledger.sight import visible as visible_problems
from admin.returns import return_texts
from admin.returns.allowed import may_confirm, may_decide, may_sign
from admin.returns.signed_version import ReturnState
from admin.returns.standing import Standing, standing_of
from admin.summaries.contribution import Contribution
from admin.summaries.part_content import PartContent, PartTexts
from admin.summaries.part_list import versions_of
from admin.summaries.part_prefill import prefill_part
from admin.summaries.planned import Owed
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.staff import Staff


@dataclass(frozen=True)
class PartActs:
    """What this person may do with a part now."""

    fill_in: bool
    sign: bool
    decide: bool


@dataclass(frozen=True)
class PartFile:
    """One part, opened. `shown` is the version that its page shows, None where there is none for
    this reader; `edition` what a form carries; `moved` whether the ledger says something else by
    now, which only its own unit is told; `seen` the problems behind its counts that this reader may
    see."""

    owed: Owed
    standing: Standing
    versions: tuple[Contribution, ...]
    shown: Contribution | None
    content: PartContent | None
    texts: PartTexts
    reasons: dict[str, str]
    seen: frozenset[str]
    names: dict[int, str]
    edition: int
    moved: bool
    acts: PartActs


def open_part(
    session: Session, access: Access, book: Book, owed: Owed, version: int | None = None
) -> PartFile:
    """Open a part as somebody who may see it, in one of its versions or the newest."""
    every = versions_of(session, owed)
    own = owed.unit in access.fieldwork
    there = tuple(one for one in every if own or one.state is not ReturnState.FILLED_IN)
    shown = next((one for one in there if version in {None, one.version}), None)
    content = shown.said if shown else None
    reasons = return_texts.read(session, shown, access) if shown else {}
    return PartFile(
        owed=owed,
        standing=standing_of(owed, there, clock.today()),
        versions=there,
        shown=shown,
        content=content,
        texts=PartTexts.of(reasons["body"]) if shown else PartTexts(),
        reasons=reasons,
        seen=_seen(session, access, content),
        names=_names(session, there),
        edition=every[0].edition if every else 0,
        moved=own and shown is not None and _moved(session, book, owed, shown.said),
        acts=_acts(session, access, book, owed, every),
    )


def _moved(session: Session, book: Book, owed: Owed, said: PartContent) -> bool:
    now = prefill_part(session, book, owed)
    return (now.own, now.returns) != (said.own, said.returns)


def _acts(
    session: Session, access: Access, book: Book, owed: Owed, every: list[Contribution]
) -> PartActs:
    newest = every[0] if every else None
    state = newest.state if newest else None
    opened = owed.planned.days.remind_on <= clock.today()
    return PartActs(
        fill_in=opened and may_confirm(session, access, owed.unit),
        sign=newest is not None
        and state is ReturnState.FILLED_IN
        and may_sign(session, access, newest),
        decide=newest is not None
        and state is ReturnState.HANDED_IN
        and may_decide(book, access, newest),
    )


def _seen(session: Session, access: Access, content: PartContent | None) -> frozenset[str]:
    numbers = {n for _, _, those in content.own.lines for n in those} if content else set()
    if not numbers:
        return frozenset()
    wanted = select(Problem.number).where(Problem.number.in_(numbers), visible_problems(access))
    return frozenset(session.scalars(wanted))


def _names(session: Session, versions: tuple[Contribution, ...]) -> dict[int, str]:
    ids = {n for v in versions for n in (v.confirmed_by, v.signed_by, v.decided_by) if n}
    people = session.scalars(select(Staff).where(Staff.id.in_(ids)))
    return {one.id: one.display_name for one in people}
