"""What was typed in a request about one's own information, and its answer: sealed in one box, which
is held by the unit that answers and by whoever has the query code."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.cases.rights_request import RightsRequest
from intake.vault.compartment import (
    Compartment,
    hold_by,
    open_as_reporter,
    open_compartment,
    sealed_compartments,
)
from intake.vault.fresh_box import Sealed, hold_afresh
from intake.vault.holders import REPORTER, opener_of
from intake.vault.sealing import KeyPair

_BOX = "rights"
WORDS, CONTACT, ANSWER = "words", "contact", "answer"


@dataclass(frozen=True)
class RightsTexts:
    """The opened texts. `contact` and `answer` are empty where there is none."""

    words: str
    contact: str
    answer: str


def new_box(session: Session, request: RightsRequest, holder: str) -> Compartment:
    """A box for a new request, not stored yet: for `holder`, the unit that answers it or the sealed
    class, and for the key that goes with the query code, if there is one.

    Raises:
        UntrustedKey: the unit's public key isn't signed by the pinned key.
    """
    reporter = request.public_key
    those = frozenset({holder, *((REPORTER,) if reporter else ())})
    made = sealed_compartments(
        session, label=request.label, holders={_BOX: those}, reporter=reporter
    )
    return made[_BOX]


def read_as_answerer(session: Session, request: RightsRequest) -> RightsTexts:
    """Open the texts as the unit that answers, those of the sealed class as their class.

    Raises:
        NotAHolder: it goes on as a case, and who reads it there is the case's to say.
        ClassIsLocked: it is sealed, and nobody unlocked the class here.
    """
    if request.is_destroyed:
        return _nothing()
    box = _box(session, request)
    # Before the class is founded, a sealed one is its unit's.
    holders = frozenset({request.unit_code, opener_of(request.unit_code, sealed=request.sealed)})
    return _read(request, box, open_compartment(session, box, holders))


def read_as_asker(session: Session, request: RightsRequest, asker: KeyPair) -> RightsTexts:
    """Open the texts with the key of whoever holds the query code. An answer that waits for its
    second person isn't his yet.

    Raises:
        DoesNotOpen: the key isn't his.
    """
    if request.is_destroyed:
        return _nothing()
    box = _box(session, request)
    return _read(
        request, box, open_as_reporter(box, asker), answered=request.decided_at is not None
    )


def seal_answer(session: Session, request: RightsRequest, text: str) -> bytes:
    """Seal an answer for the unit that answers and for the holder of the code."""
    return _box(session, request).seal(text, ANSWER)


def give_to(
    session: Session, request: RightsRequest, unit: str, *, leaves_class: bool = False
) -> None:
    """Let another unit answer: it holds the box from now on, and no other does. What somebody
    proposed before stands no more."""
    hold_by(session, _box(session, request), frozenset({unit}), leaves_class=leaves_class)
    request.unit_code, request.sealed = unit, False
    request.take_back()


def give_to_class(session: Session, request: RightsRequest, unit: str, holder: str) -> None:
    """Let the sealed class have it, which discipline inspection reads as `unit`: `holder` alone
    holds the box from now on, by a fresh pair. What was decided stays; what somebody proposed
    before doesn't."""
    box = _box(session, request)
    texts = [Sealed(request, f"sealed_{column}", column) for column in (WORDS, CONTACT, ANSWER)]
    his = frozenset({REPORTER} if request.public_key else ())
    hold_afresh(session, box, his | {holder}, texts, reporter=request.public_key)
    request.unit_code, request.sealed = unit, True
    if request.is_proposed:
        request.take_back()
    else:
        request.version += 1


def leave_class(session: Session, case: Case, unit: str) -> None:
    """Give the requests that wait about a case that left the sealed class to the unit that decides
    about it; needs the class's key. What was answered stays with the class."""
    wanted = select(RightsRequest).where(
        RightsRequest.case_id == case.id,
        RightsRequest.sealed,
        RightsRequest.decided_at.is_(None),
    )
    for request in session.scalars(wanted):
        give_to(session, request, unit, leaves_class=True)


def let_go(session: Session, request: RightsRequest) -> None:
    """Take the box from the unit that answers: nobody holds it any more but whoever asked."""
    hold_by(session, _box(session, request), frozenset())


def _nothing() -> RightsTexts:
    return RightsTexts("", "", "")


def _box(session: Session, request: RightsRequest) -> Compartment:
    wanted = select(Compartment).where(Compartment.label == request.label, Compartment.name == _BOX)
    return session.scalars(wanted).one()


def _read(
    request: RightsRequest, box: Compartment, pair: KeyPair, *, answered: bool = True
) -> RightsTexts:
    def opened(blob: bytes | None, column: str) -> str:
        return box.open(pair, blob, column) if blob else ""

    return RightsTexts(
        words=opened(request.sealed_words, WORDS),
        contact=opened(request.sealed_contact, CONTACT),
        answer=opened(request.sealed_answer, ANSWER) if answered else "",
    )
