"""Answering whoever pointed out a mistake on the site: one person of the desk does it.

The holder of the query code is the only reader of the answer, so that no second person has to read
it before. What the public reads changes elsewhere, by the acts that publish.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.publishing.desk import NeedsText, NotAtThisDesk, Publisher, SomebodyWasFaster
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.site_mistake import MistakeOutcome, SiteMistake
from intake.mistakes.as_case import register_as_case
from intake.mistakes.mistake_texts import seal_answer
from portal.campaign.kinds import Kind
from portal.foundation import clock

# By a text; the fourth is an act of its own.
OUTCOMES = (
    MistakeOutcome.CORRECTED,
    MistakeOutcome.NO_MISTAKE,
    MistakeOutcome.NOT_ABOUT_SITE,
)


class AlreadyAnswered(Exception):
    """Somebody has answered it; what was sent stays as it is."""


def answer(
    session: Session,
    mistake: SiteMistake,
    *,
    by: Publisher,
    version: int,
    outcome: MistakeOutcome,
    text: str,
) -> None:
    """Answer a mistake; its writer reads it at once.

    Raises:
        AlreadyAnswered, SomebodyWasFaster: see there.
        NeedsText: nothing was written.
    """
    _hold(mistake, version)
    if not text.strip():
        raise NeedsText
    mistake.sealed_answer = seal_answer(session, mistake, text.strip())
    _end(mistake, outcome, by)
    record(
        session, "mistake_answered", by=by.staff_id, mistake=mistake.number, outcome=outcome.value
    )
    session.flush()


def register(
    session: Session, mistake: SiteMistake, *, by: Publisher, version: int, kind: Kind
) -> Case:
    """Register what was written as a case: it isn't about the site, and isn't lost for that. Only
    the office itself has to do with cases.

    Raises:
        AlreadyAnswered, SomebodyWasFaster: see there.
        NotAtThisDesk: this person isn't of the office proper.
        UntrustedKey: a unit's public key was swapped; nothing is sealed to it.
    """
    if not by.keeps_ledger:
        raise NotAtThisDesk(by.staff_id)
    _hold(mistake, version)
    _end(mistake, MistakeOutcome.REGISTERED, by)
    return register_as_case(session, mistake, kind, by=by.staff_id)


def _hold(mistake: SiteMistake, version: int) -> None:
    if mistake.outcome is not None:
        raise AlreadyAnswered(mistake.number)
    if mistake.version != version:
        raise SomebodyWasFaster
    mistake.version += 1


def _end(mistake: SiteMistake, outcome: MistakeOutcome, by: Publisher) -> None:
    mistake.outcome = outcome
    mistake.answered_by, mistake.answered_at = by.staff_id, clock.now()
