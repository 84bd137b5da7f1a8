"""Correcting an answer to a mistake on the site: the new wording is read in place of the earlier
one, which stays readable at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.mistakes.answerer import Answerer
from admin.publishing.desk import NeedsText, NotAtThisDesk, SomebodyWasFaster
from intake.cases.earlier_answer import EarlierAnswer
from intake.cases.event import record
from intake.cases.site_mistake import MistakeOutcome, SiteMistake
from intake.mistakes.mistake_texts import read_as_answerer, read_earlier, seal_answer
from portal.foundation import clock
from portal.foundation.clock import day_of
from portal.foundation.staff import Staff


class NothingChanged(Exception):
    """The new wording is the one that stands."""


@dataclass(frozen=True)
class Superseded:
    """An answer that was corrected, by whom it was given on which Shanghai day."""

    outcome: MistakeOutcome
    text: str
    by: str
    written_on: date


def correct(
    session: Session,
    mistake: SiteMistake,
    *,
    by: Answerer,
    version: int,
    outcome: MistakeOutcome,
    text: str,
) -> None:
    """Put another answer in the place of the one that stands; its writer reads it at once, with the
    day on which it was corrected.

    Raises:
        NotAtThisDesk: there is no answer that this person may correct.
        SomebodyWasFaster: see there.
        NeedsText: nothing was written.
        NothingChanged: see there.
    """
    if not by.may_correct(mistake):
        raise NotAtThisDesk(by.staff_id)
    if mistake.version != version:
        raise SomebodyWasFaster
    wording = text.strip()
    if not wording:
        raise NeedsText
    if (outcome, wording) == (mistake.outcome, read_as_answerer(session, mistake).answer):
        raise NothingChanged
    session.add(_earlier(mistake))
    mistake.outcome, mistake.sealed_answer = outcome, seal_answer(session, mistake, wording)
    mistake.corrected_by, mistake.corrected_at = by.staff_id, clock.now()
    mistake.version += 1
    record(
        session,
        "mistake_answer_corrected",
        by=by.staff_id,
        mistake=mistake.number,
        outcome=outcome.value,
    )
    session.flush()


def superseded(session: Session, mistake: SiteMistake) -> list[Superseded]:
    """The answers that were corrected, the latest first; none where they were destroyed."""
    if mistake.is_destroyed:
        return []
    rows = session.execute(
        select(EarlierAnswer, Staff.display_name)
        .join(Staff, Staff.id == EarlierAnswer.staff_id)
        .where(EarlierAnswer.mistake_id == mistake.id)
        .order_by(EarlierAnswer.id.desc())
    )
    return [
        Superseded(
            one.outcome,
            read_earlier(session, mistake, one.sealed),
            name,
            day_of(one.written_at),
        )
        for one, name in rows
    ]


def _earlier(mistake: SiteMistake) -> EarlierAnswer:
    return EarlierAnswer(
        mistake_id=mistake.id,
        outcome=mistake.outcome,
        sealed=mistake.sealed_answer,
        staff_id=mistake.corrected_by or mistake.answered_by,
        written_at=mistake.corrected_at or mistake.answered_at,
    )
