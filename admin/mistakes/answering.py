"""Answering whoever pointed out a mistake on the site: one person of the desk does it.

The holder of the query code is the only reader of the answer, so that no second person has to read
it before. What the public reads changes elsewhere, by the acts that publish.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.mistakes.answerer import Answerer
from admin.publishing.desk import NeedsText, NotAtThisDesk, SomebodyWasFaster
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
    """Somebody has answered it; what was sent stays as it is until it is corrected."""


def answer(
    session: Session,
    mistake: SiteMistake,
    *,
    by: Answerer,
    version: int,
    outcome: MistakeOutcome,
    text: str,
) -> None:
    """Answer a mistake; its writer reads it at once.

    Raises:
        AlreadyAnswered, SomebodyWasFaster: see there.
        NeedsText: nothing was written.
    """
    check_waits(mistake, version)
    if not text.strip():
        raise NeedsText
    mistake.sealed_answer = seal_answer(session, mistake, text.strip())
    mistake.end(outcome, by=by.staff_id, at=clock.now())
    record(
        session, "mistake_answered", by=by.staff_id, mistake=mistake.number, outcome=outcome.value
    )
    session.flush()


def register(
    session: Session, mistake: SiteMistake, *, by: Answerer, version: int, kind: Kind
) -> Case:
    """Register what was written as a case: it isn't about the site, and isn't lost for that. Only
    who has to do with cases does it.

    Raises:
        AlreadyAnswered, SomebodyWasFaster: see there.
        NotAtThisDesk: this person isn't of the office proper, nor of the body in its stead.
        UntrustedKey: a unit's public key was swapped; nothing is sealed to it.
    """
    if not by.may_register(mistake):
        raise NotAtThisDesk(by.staff_id)
    check_waits(mistake, version)
    return register_as_case(session, mistake, kind, by=by.staff_id)


def check_waits(mistake: SiteMistake, version: int) -> None:
    """Nothing is done with a mistake that waits no more, or that changed.

    Raises:
        AlreadyAnswered, SomebodyWasFaster: see there.
    """
    if mistake.outcome is not None:
        raise AlreadyAnswered(mistake.number)
    if mistake.version != version:
        raise SomebodyWasFaster
