"""Putting a result on the public site: the copy, its history, the word to cached pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.campaign.revision import new_revision
from portal.foundation import clock
from portal.published.appearance import note_gone
from portal.published.result import Result, ResultRevision, ResultState


@dataclass(frozen=True, kw_only=True)
class Publication:
    """Everything that the public will read about one problem, and nothing else."""

    number: str
    problem_type: str
    unit: str
    place: str | None
    policy: str | None
    state: ResultState
    rectify_by: date | None
    struck_off_on: date | None
    summary: str
    measures: str
    progress: str
    note: str


def put_out(session: Session, publication: Publication) -> int:
    """Publish a result, or what changed in it, under its number (动态调整, plan 五(二)1).

    Every release is kept; returns which one this was, from 1. Cached pages learn of it at once.
    """
    result = session.get(Result, publication.number, with_for_update=True)
    if result is None:
        result = Result(number=publication.number, revisions=[])
        session.add(result)
    revision = max((one.revision for one in result.revisions), default=0) + 1
    _copy(result, publication)
    result.revisions.insert(0, _history(result, publication.note, revision))
    session.flush()
    new_revision(session)
    return revision


def withdraw_result(session: Session, result: Result, because: str) -> None:
    """Take a result down (撤下): its words and those of every release are gone from the public
    side, a dated note with the reason stays, at the last release for as long as the result has a
    history. Cached pages learn of it at once."""
    texts: list[Result | ResultRevision] = [result, *result.revisions]
    for one in texts:
        one.summary = one.measures = one.progress = ""
    for release in result.revisions:
        release.problem_code = release.unit_code = None
        release.place_code = release.policy_code = None
        release.rectify_by = release.struck_off_on = None
    for withdrawn in (result, result.revisions[0]):
        withdrawn.withdrawn_on, withdrawn.withdrawn_because = clock.today(), because
    session.flush()
    note_gone(session, f"/results/{result.number}")
    new_revision(session)


def _copy(result: Result, publication: Publication) -> None:
    result.problem_code = publication.problem_type
    result.unit_code = publication.unit
    result.place_code = publication.place
    result.policy_code = publication.policy
    result.state = publication.state
    result.rectify_by = publication.rectify_by
    result.struck_off_on = publication.struck_off_on
    result.summary = publication.summary
    result.measures = publication.measures
    result.progress = publication.progress
    result.released_at = clock.now()
    result.withdrawn_on, result.withdrawn_because = None, ""


def _history(result: Result, note: str, revision: int) -> ResultRevision:
    return ResultRevision(
        revision=revision,
        released_at=result.released_at,
        state=result.state,
        summary=result.summary,
        measures=result.measures,
        progress=result.progress,
        problem_code=result.problem_code,
        unit_code=result.unit_code,
        place_code=result.place_code,
        policy_code=result.policy_code,
        rectify_by=result.rectify_by,
        struck_off_on=result.struck_off_on,
        note=note,
    )
