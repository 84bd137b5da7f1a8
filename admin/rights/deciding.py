"""Deciding about a request about one's own information. One person grants it; what is refused takes
a ground of the law (个人信息保护法 50) and a second person. A granted deletion destroys."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.rights.checking import check_waits
from admin.rights.correcting import put_right
from admin.rights.deleting import delete_granted
from admin.rights.refusals import (
    NeedsChoice,
    NeedsGround,
    NeedsSecondPerson,
    NeedsText,
    NothingProposed,
    NotProved,
    WaitsForSecondPerson,
)
from intake.cases.event import record
from intake.cases.rights_request import RightsRequest
from intake.rights.rights_texts import seal_answer
from intake.rules.retention import What
from intake.rules.rights import Ground, RightsOutcome
from portal.foundation import clock


@dataclass(frozen=True)
class Decision:
    """How it ends, why where something is refused, and what whoever asked reads. `deletes` is what
    is destroyed of a case whose deletion is granted; what becomes of that his page says by itself,
    so that no text is needed."""

    outcome: RightsOutcome
    ground: Ground | None
    text: str
    deletes: What | None = None


def decide(
    session: Session, request: RightsRequest, *, by: Access, version: int, decision: Decision
) -> None:
    """Answer a request, or propose to refuse it, or a part of it, to a second person. Whoever asked
    reads what was decided, not what was proposed. A granted deletion of what was typed about a case
    destroys it, now or as soon as nothing holds it any more.

    Raises:
        AlreadyDecided, SomebodyWasFaster, WaitsForSecondPerson, NeedsText, NeedsGround,
        NeedsChoice: see there.
        NotProved: something would be given to somebody of whom nobody knows who he is.
        CaseIsDestroyed: a correction would go into what isn't there any more.
    """
    check_waits(request, version)
    if request.is_proposed:
        raise WaitsForSecondPerson(request.number)
    _check(request, decision)
    outcome, text = decision.outcome, decision.text.strip()
    request.sealed_answer = seal_answer(session, request, text) if text else None
    ground = decision.ground if outcome.refuses else None
    request.propose(outcome, ground, by=by.staff_id, at=clock.now())
    request.deletes = _deletes(request, decision)
    if outcome.refuses:
        _tell(session, "rights_proposed", request, by)
        session.flush()
        return
    _end(session, request, by)


def agree(session: Session, request: RightsRequest, *, by: Access, version: int) -> None:
    """Agree to a refusal as the second person: it stands, and whoever asked reads it.

    Raises:
        AlreadyDecided, SomebodyWasFaster, NothingProposed, NeedsSecondPerson: see there.
    """
    _check_proposed(request, version)
    if request.proposed_by == by.staff_id:
        raise NeedsSecondPerson(by.staff_id)
    _end(session, request, by)


def send_back(session: Session, request: RightsRequest, *, by: Access, version: int) -> None:
    """Send a proposed refusal back, or take back one's own: it waits to be decided again.

    Raises:
        AlreadyDecided, SomebodyWasFaster, NothingProposed: see there.
    """
    _check_proposed(request, version)
    request.take_back()
    record(session, "rights_sent_back", by=by.staff_id, request=request.number)
    session.flush()


def _check(request: RightsRequest, decision: Decision) -> None:
    outcome, ground = decision.outcome, decision.ground
    tells_itself = request.asks_to_delete_a_case and outcome is RightsOutcome.GRANTED
    if not decision.text.strip() and not tells_itself:
        raise NeedsText
    if outcome.refuses and (ground is None or not ground.fits(request.asked_for, request.asker)):
        raise NeedsGround(ground)
    if outcome is not RightsOutcome.REFUSED and request.proved is None:
        raise NotProved(request.number)
    _deletes(request, decision)


def _deletes(request: RightsRequest, decision: Decision) -> What | None:
    """What of the case is destroyed. How its reporter is reached can go alone; his words can't go
    without it."""
    if not request.asks_to_delete_a_case or decision.outcome is RightsOutcome.REFUSED:
        return None
    partly = decision.outcome is RightsOutcome.PARTLY
    if decision.deletes is None or (partly and decision.deletes is not What.CONTACT):
        raise NeedsChoice(request.number)
    return decision.deletes


def _check_proposed(request: RightsRequest, version: int) -> None:
    check_waits(request, version)
    if not request.is_proposed:
        raise NothingProposed(request.number)


def _end(session: Session, request: RightsRequest, by: Access) -> None:
    assert request.outcome is not None  # noqa: S101  # It was proposed just now, or before.
    request.end(request.outcome, by=by.staff_id, at=clock.now())
    _tell(session, "rights_decided", request, by)
    if request.outcome is not RightsOutcome.REFUSED:
        put_right(session, request, by=by)
        delete_granted(session, request, by=by)
    session.flush()


def _tell(session: Session, name: str, request: RightsRequest, by: Access) -> None:
    assert request.outcome is not None  # noqa: S101  # The same.
    record(session, name, by=by.staff_id, request=request.number, outcome=request.outcome.value)
