"""Releasing a draft (公示): a second person reads it, the public gets a copy without a case."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.ledger.problem import Problem
from admin.publishing import draft_texts
from admin.publishing.desk import (
    LeaksOpen,
    NeedsSecondReader,
    NeedsText,
    NotADraft,
    Publisher,
    SomebodyWasFaster,
)
from admin.publishing.draft_texts import DraftTexts
from admin.publishing.drafting import hold
from admin.publishing.inside import cases_behind, inside_of
from admin.publishing.result_draft import DraftState, ResultDraft
from intake.cases.event import Event, record
from portal.foundation import clock
from portal.published.releasing import Publication, put_out
from portal.published.result import ResultState


def may_release(draft: ResultDraft, texts: DraftTexts, publisher: Publisher) -> bool:
    """Whether this person is a second reader: he neither drafted nor mended nor answered."""
    return publisher.staff_id not in texts.writers | {draft.drafted_by}


def release(
    session: Session, draft: ResultDraft, *, by: Publisher, version: int, problem_version: int
) -> int:
    """Release a draft; returns the revision that the public now reads.

    Holders of the receipts of the cases behind it are told that there is a result.
    `problem_version` is the problem that the reader saw, since its state is published too.

    Raises:
        SomebodyWasFaster, NotADraft: see there.
        NeedsSecondReader: this person had a hand in the draft.
        LeaksOpen: something found in it is neither mended nor answered.
    """
    problem = hold(session, draft, version)
    if problem.version != problem_version:
        raise SomebodyWasFaster
    if draft.state is not DraftState.DRAFTED:
        raise NotADraft
    texts = draft_texts.unseal(session, problem, draft, by.office)
    if not may_release(draft, texts, by):
        raise NeedsSecondReader
    inside = inside_of(session, problem, by.book)
    if any(one.is_open for one in draft_texts.findings(texts, inside)):
        raise LeaksOpen
    draft.state = DraftState.RELEASED
    draft.released_by, draft.released_at = by.staff_id, clock.now()
    revision = put_out(session, _publication(problem, texts))
    record(session, "result_released", by=by.staff_id, result=problem.number, revision=revision)
    _tell_the_cases(session, problem)
    session.flush()
    return revision


def send_back(
    session: Session, draft: ResultDraft, *, by: Publisher, version: int, reason: str
) -> None:
    """Send a draft back to its writer, with what has to change.

    Raises:
        SomebodyWasFaster: see there.
        NotADraft: it was released, or sent back already.
        NeedsText: no reason is given.
    """
    if not reason.strip():
        raise NeedsText
    problem = hold(session, draft, version)
    if draft.state is not DraftState.DRAFTED:
        raise NotADraft
    texts = draft_texts.unseal(session, problem, draft, by.office)
    texts = replace(texts, sent_back_because=reason.strip())
    draft.state = DraftState.SENT_BACK
    draft.sealed = draft_texts.seal(session, problem, texts, by.office)
    record(session, "result_sent_back", by=by.staff_id, draft=draft.id)
    session.flush()


def _publication(problem: Problem, texts: DraftTexts) -> Publication:
    struck_off = problem.state is ResultState.STRUCK_OFF
    return Publication(
        number=problem.number,
        problem_type=problem.problem_code,
        unit=problem.unit_code,
        place=problem.place_code,
        policy=problem.policy_code,
        state=problem.state,
        rectify_by=problem.rectify_by,
        struck_off_on=problem.settled_on if struck_off else None,
        summary=texts.summary,
        measures=texts.measures,
        progress=texts.progress,
        note=problem.state.plain,
    )


def _tell_the_cases(session: Session, problem: Problem) -> None:
    """Tie result and case once, in the case's events, where the receipt's holder finds it."""
    for case in cases_behind(session, problem):
        told = session.scalars(
            select(Event).where(Event.case_id == case.id, Event.name == "result_of_case")
        )
        if all(event.facts["result"] != problem.number for event in told):
            # Nobody is named: what the reporter reads doesn't say who released it.
            record(session, "result_of_case", case_id=case.id, result=problem.number)
