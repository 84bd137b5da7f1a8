"""Which cases the sealed class (密件) takes, and to whom those are sealed: decided from whom a case
bars, at its registration and whenever that changes."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake.at_work import AtWork, at_work
from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case
from intake.cases.receipt import Receipt
from intake.outbox.addressing import forget_address
from intake.rules import sealed_class
from intake.rules.sealed_class import Guarded
from intake.vault.class_key import is_founded, is_unlocked, let_leave
from intake.vault.holders import SEALED
from portal.campaign.book import Book


def belongs_to_class(
    barred: AbstractSet[str], people: AbstractSet[int], book: Book, staff: AtWork
) -> bool:
    """Whether a case that accuses these units and people is sealed."""
    return sealed_class.is_sealed(barred, people, _guarded(book, staff))


def kept_from(book: Book) -> frozenset[str]:
    """The units that a sealed case is kept from."""
    return sealed_class.kept_from(book.units.keys(), book.campaign.discipline_code)


def sealed_to(session: Session, book: Book) -> str:
    """The one holder of sealed cases: their class; discipline inspection as any other unit as long
    as the class isn't founded."""
    return SEALED if is_founded(session) else book.campaign.discipline_code


def seal_off(session: Session, case: Case, book: Book, *, lifts: bool = False) -> None:
    """Mark a case as sealed where what it bars asks for that; keys follow.

    Once sealed it stays so, whatever becomes of a post or of the list of units: it is an ordinary
    one again only where it accuses discipline inspection too, or where somebody who has the class
    open `lifts` what it bars and nobody is named in it any more. Who is named may have administered
    the system when it was written, which nothing here remembers.

    Of a sealed case no telephone and no mail address is kept for notices, since the worker could
    open them.
    """
    session.flush()
    # Not to agree with an answer is no accusation of who gave it (信访工作条例 35).
    bars = select(Bar.unit_code, Bar.staff_id).where(
        Bar.case_id == case.id, Bar.source != BarSource.REVIEW
    )
    found = session.execute(bars).all()
    units = frozenset(unit for unit, _ in found if unit)
    people = frozenset(person for _, person in found if person)
    wanted = bool(found) and belongs_to_class(units, people, book, at_work(session))
    above = book.campaign.discipline_code in units
    leaves, by_reader = case.sealed and not wanted, is_unlocked(session)
    if leaves and not above and not (lifts and by_reader and not people):
        return
    if leaves and by_reader:
        let_leave(session, case.label)
    case.sealed = wanted
    if wanted:
        forget_address(session, case)
        marks = update(Receipt).where(Receipt.case_id == case.id)
        session.execute(marks.values(phone_mark=None, contact_mark=None))


def _guarded(book: Book, staff: AtWork) -> Guarded:
    campaign = book.campaign
    return Guarded(
        office=campaign.office_code,
        discipline=campaign.discipline_code,
        above_office=frozenset(unit.code for unit in book.above(campaign.office_code)),
        below_discipline=frozenset(book.below(campaign.discipline_code)),
        administrators=staff.administrators,
    )
