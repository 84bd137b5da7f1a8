"""Drafting what the public will read about a problem (整改情况公开公示, plan 五(二)1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.ledger.problem import Problem
from admin.publishing import draft_texts
from admin.publishing.desk import (
    AlreadyDrafted,
    NeedsText,
    NotADraft,
    Publisher,
    SomebodyWasFaster,
)
from admin.publishing.draft_texts import DraftTexts
from admin.publishing.echoes import Echoes, both
from admin.publishing.inside import inside_of
from admin.publishing.located import written_answers
from admin.publishing.result_draft import DraftState, ResultDraft
from intake.cases.event import record
from portal.foundation import clock


@dataclass(frozen=True, kw_only=True)
class Words:
    """The three texts of a result: what was wrong, what is done about it, how far it is."""

    summary: str
    measures: str
    progress: str

    @property
    def tidy(self) -> Words:
        """The same without spaces around.

        Raises:
            NeedsText: one of them is empty.
        """
        kept = Words(
            summary=self.summary.strip(),
            measures=self.measures.strip(),
            progress=self.progress.strip(),
        )
        if not (kept.summary and kept.measures and kept.progress):
            raise NeedsText
        return kept


def open_draft(session: Session, problem: Problem) -> ResultDraft | None:
    """The draft of a problem that isn't released yet."""
    return session.scalars(
        select(ResultDraft).where(
            ResultDraft.problem_id == problem.id, ResultDraft.state != DraftState.RELEASED
        )
    ).first()


def draft_result(session: Session, problem: Problem, *, by: Publisher, words: Words) -> ResultDraft:
    """Draft a result; nobody outside the desk reads it until a second reader releases it.

    Raises:
        AlreadyDrafted: mend the draft that is there.
        NeedsText: one of the three texts is empty.
    """
    # Held, so that of two who draft at a time the later one finds the draft of the earlier.
    session.refresh(problem, with_for_update=True)
    if open_draft(session, problem) is not None:
        raise AlreadyDrafted(problem.number)
    tidy = words.tidy
    texts = DraftTexts(
        summary=tidy.summary,
        measures=tidy.measures,
        progress=tidy.progress,
        writers=frozenset({by.staff_id}),
    )
    draft = ResultDraft(
        problem_id=problem.id,
        state=DraftState.DRAFTED,
        drafted_by=by.staff_id,
        drafted_at=clock.now(),
        sealed=draft_texts.seal(session, problem, texts, by.office),
    )
    session.add(draft)
    session.flush()
    record(session, "result_drafted", by=by.staff_id, problem=problem.number, draft=draft.id)
    return draft


def mend(
    session: Session, draft: ResultDraft, *, by: Publisher, version: int, words: Words
) -> None:
    """Write a draft anew; it waits for a second reader again. Answers stay with their passages.

    Raises:
        SomebodyWasFaster, NotADraft, NeedsText: see there.
    """
    problem, tidy = hold(session, draft, version), words.tidy
    texts = replace(
        draft_texts.unseal(session, problem, draft, by.office),
        summary=tidy.summary,
        measures=tidy.measures,
        progress=tidy.progress,
        sent_back_because="",
    )
    draft.state = DraftState.DRAFTED
    _store(session, draft, problem, by, texts)
    record(session, "result_drafted", by=by.staff_id, problem=problem.number, draft=draft.id)


def answer(
    session: Session, draft: ResultDraft, *, by: Publisher, version: int, answers: Mapping[str, str]
) -> None:
    """Answer in writing why findings may stay. `answers` go by the finding's key.

    Whoever answers takes part in the draft, so that somebody else has to release it.

    Raises:
        SomebodyWasFaster, NotADraft: see there.
        NeedsText: every answer is empty.
    """
    problem = hold(session, draft, version)
    texts = draft_texts.unseal(session, problem, draft, by.office)
    found = draft_texts.findings(texts, inside_of(session, problem, by.book))
    written = written_answers(answers, found, by.staff_id)
    if not written:
        raise NeedsText
    _store(session, draft, problem, by, replace(texts, answers={**texts.answers, **written}))
    record(session, "result_answered", by=by.staff_id, problem=problem.number, draft=draft.id)


def note_echoes(session: Session, draft: ResultDraft, *, by: Publisher, found: Echoes) -> None:
    """Keep with a draft what it repeats of cases, so that somebody mends it or answers for it."""
    problem = session.get_one(Problem, draft.problem_id)
    texts = draft_texts.unseal(session, problem, draft, by.office)
    texts = replace(texts, echoes=both(texts.echoes, found))
    draft.sealed = draft_texts.seal(session, problem, texts, by.office)
    session.flush()


def hold(session: Session, draft: ResultDraft, version: int) -> Problem:
    """The problem of a draft that may be worked on now, with the version counted on.

    Raises:
        SomebodyWasFaster: the draft isn't the one that its writer saw.
        NotADraft: it was released.
    """
    if draft.version != version:
        raise SomebodyWasFaster
    if draft.state is DraftState.RELEASED:
        raise NotADraft
    draft.version += 1
    return session.get_one(Problem, draft.problem_id, with_for_update=True, populate_existing=True)


def _store(
    session: Session, draft: ResultDraft, problem: Problem, by: Publisher, texts: DraftTexts
) -> None:
    texts = draft_texts.with_writer(texts, by.staff_id)
    draft.sealed = draft_texts.seal(session, problem, texts, by.office)
    session.flush()
