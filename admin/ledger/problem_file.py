"""Reading one problem for its page: facts, measures with their evidence, and what happened when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.access import visible as visible_cases
from admin.ledger import ledger_texts
from admin.ledger.ledger_text import LedgerTextKind
from admin.ledger.ledger_texts import Opened
from admin.ledger.measure import Measure
from admin.ledger.missing import Item, checklist
from admin.ledger.problem import Problem, ProblemCase
from admin.ledger.rectifying import measures_of
from intake.attachments.stored_file import StoredFile
from intake.cases.case import Case
from portal.foundation.clock import day_of
from portal.foundation.staff import Staff

_TITLES = {
    LedgerTextKind.WHAT_IS_WRONG: "记入台账",
    LedgerTextKind.LEADER: "写明责任领导",
    LedgerTextKind.PERSON: "写明责任人",
    LedgerTextKind.MEASURE: "记下整改措施",
    LedgerTextKind.EVIDENCE: "完成一项措施",
    LedgerTextKind.HEADS_WORD: "报整改完成",
    LedgerTextKind.REASON: "办公室退回再改",
    LedgerTextKind.APPROVAL: "办公室审核，销号",
    LedgerTextKind.CARRIED: "办公室挂账",
    LedgerTextKind.RESUMED: "接着整改",
    LedgerTextKind.UNFOUNDED: "办公室查否",
    LedgerTextKind.REOPENED: "办公室重新打开",
    LedgerTextKind.CHANGED: "办公室改了台账的数",
}


Files = tuple[StoredFile, ...]


@dataclass(frozen=True)
class MeasureLine:
    """One measure as its page shows it. `position` counts within the problem, from 1."""

    position: int
    text: str
    person: str
    due_on: date | None
    done_on: date | None
    evidence: str
    files: Files


@dataclass(frozen=True)
class Happened:
    """One entry of the time line."""

    title: str
    date: date
    who: str
    body: str


@dataclass(frozen=True)
class ProblemFile:
    """One problem, opened."""

    problem: Problem
    what_is_wrong: str
    found_with: Files
    reported_with: Files
    leader: str
    person: str
    measures: tuple[MeasureLine, ...]
    history: tuple[Happened, ...]
    checklist: tuple[Item, ...]


def open_file(session: Session, problem: Problem, units: frozenset[str]) -> ProblemFile:
    """Open a problem as one of some units.

    Raises:
        NotAHolder: none of them holds its key.
    """
    texts = ledger_texts.read(session, problem, units)
    files = ledger_texts.files_of(session, problem, units)
    return ProblemFile(
        problem=problem,
        what_is_wrong=_last(texts, LedgerTextKind.WHAT_IS_WRONG),
        found_with=_with(texts, LedgerTextKind.WHAT_IS_WRONG, files),
        reported_with=_with(texts, LedgerTextKind.HEADS_WORD, files),
        leader=_last(texts, LedgerTextKind.LEADER),
        person=_last(texts, LedgerTextKind.PERSON),
        measures=tuple(_lines(measures_of(session, problem), texts, files)),
        history=tuple(_history(session, texts)),
        checklist=tuple(checklist(session, problem, texts)),
    )


def cases_behind(session: Session, problem: Problem, access: Access) -> list[str]:
    """The cases that fed a problem, as far as this person may see them; a unit never may."""
    if not access.as_office:
        return []
    return list(
        session.scalars(
            select(Case.number)
            .join(ProblemCase, ProblemCase.case_id == Case.id)
            .where(ProblemCase.problem_id == problem.id, visible_cases(access))
            .order_by(Case.id)
        )
    )


def _last(texts: Iterable[Opened], kind: LedgerTextKind) -> str:
    return next((one.text for one in reversed(list(texts)) if one.kind is kind), "")


def _with(texts: Iterable[Opened], kind: LedgerTextKind, files: Mapping[int, Files]) -> Files:
    """All files that came with texts of a kind."""
    return tuple(file for one in texts if one.kind is kind for file in files.get(one.id, ()))


def _lines(
    measures: Iterable[Measure], texts: list[Opened], files: Mapping[int, Files]
) -> Iterable[MeasureLine]:
    said = {(one.measure_id, one.kind): one.text for one in texts}
    for position, measure in enumerate(measures, start=1):
        yield MeasureLine(
            position=position,
            text=said.get((measure.id, LedgerTextKind.MEASURE), ""),
            person=said.get((measure.id, LedgerTextKind.MEASURE_PERSON), ""),
            due_on=measure.due_on,
            done_on=measure.done_on,
            evidence=said.get((measure.id, LedgerTextKind.EVIDENCE), ""),
            files=_with(
                (one for one in texts if one.measure_id == measure.id),
                LedgerTextKind.EVIDENCE,
                files,
            ),
        )


def _history(session: Session, texts: list[Opened]) -> Iterable[Happened]:
    wanted = {one.staff_id for one in texts}
    names = {
        staff.id: staff.display_name
        for staff in session.scalars(select(Staff).where(Staff.id.in_(wanted)))
    }
    for one in reversed(texts):
        if one.kind is LedgerTextKind.MEASURE_PERSON:
            continue
        yield Happened(
            title=_TITLES[one.kind],
            date=day_of(one.written_at),
            who=names.get(one.staff_id, ""),
            body="" if one.kind is LedgerTextKind.WHAT_IS_WRONG else one.text,
        )
