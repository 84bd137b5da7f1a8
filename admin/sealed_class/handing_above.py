"""Handing a case above that left the sealed class (密件) by its rows, since its reporter accused
discipline inspection too: one reader decides so about one case.

Rows are what whoever runs the machine can write. So they only put a case before a reader, together
with what its own words say, and move no key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, leaves_class
from intake import correspondence
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.rights.rights_texts import leave_class
from intake.suspects import further_words
from intake.vault.class_key import let_leave
from intake.vault.compartment import Compartment, CompartmentKey
from intake.vault.holders import SEALED
from portal.campaign.book import Book

_SAID = (MessageKind.WORDS, MessageKind.ACCUSED, MessageKind.SUPPLEMENT)


class NotWaiting(LookupError):
    """No such case waits for this person."""


@dataclass(frozen=True)
class Waiting:
    """A case that waits to be handed above, and whether its own words, read anew, accuse discipline
    inspection: where they don't, perhaps somebody wrote into the database."""

    number: str
    is_said: bool


def waiting(session: Session, access: Access, book: Book) -> list[Waiting]:
    """What waits for this reader's decision. Nobody is shown the words, which accuse his own body;
    that they were opened is told as of any case. Needs the class open."""
    cases = _some(session, _waits(access, book).order_by(Case.number), book)
    return [Waiting(case.number, _says_so(session, case, book)) for case in cases]


def hand_above(session: Session, number: str, access: Access, book: Book) -> None:
    """Seal one case to the body above and to no other, as a reader decides who has the class open.

    Raises:
        NotWaiting: see there.
    """
    wanted = _waits(access, book).where(Case.number == number).with_for_update()
    for case in _some(session, wanted, book):
        let_leave(session, case.label)
        correspondence.rewrap(session, case, book)
        case.rewrap_due = False
        leave_class(session, case, book.campaign.superior_code)
        record(session, "sealed_case_handed_above", case_id=case.id, by=access.staff_id)
        session.flush()
        return
    raise NotWaiting(number)


def _waits(access: Access, book: Book) -> Select[Case]:
    held = (
        select(CompartmentKey.holder)
        .join(Compartment, Compartment.id == CompartmentKey.compartment_id)
        .where(Compartment.label == "case:" + Case.number, CompartmentKey.holder == SEALED)
        .correlate(Case)
    )
    return select(Case).where(leaves_class(access, book), held.exists())


def _some(session: Session, wanted: Select[Case], book: Book) -> Sequence[Case]:
    """Those of which the body above decides, by whom they bar."""
    above = book.campaign.superior_code
    found = session.scalars(wanted).all()
    return [one for one in found if correspondence.handling_of(session, one, book).decider == above]


def _says_so(session: Session, case: Case, book: Book) -> bool:
    ours = book.campaign.discipline_code
    letters = correspondence.read_as_unit(session, case, frozenset({SEALED}), _SAID)
    return any(ours in further_words(one.text, book, ours, sure=False).accused for one in letters)
