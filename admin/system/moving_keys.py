"""Handing the keys of cases to whoever handles them now, where the public side has moved or sealed
them. A case whose boxes don't open is told of at the end: it keeps no other waiting."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from admin.accounts.sealed_unlock import SealedUnlock, over
from admin.desk.own_note import OwnNote, of_sealed_cases
from admin.sealed_class.founding import held_by_others
from intake.cases.case import Case
from intake.correspondence import holds, rewrap
from intake.vault.class_key import ClassIsLocked, is_founded
from intake.vault.sealing import DoesNotOpen
from portal.campaign.book import Book, book
from portal.foundation.database import Database
from portal.foundation.logs import log_error

# So many are moved in one round; the next goes on after the other jobs. Those that wait for the
# sealed class to be unlocked don't count, or enough of them would keep all later ones waiting.
_AT_ONCE = 200


class MovedAside(Exception):
    """A case asks for its keys to be handed to a unit that recusal never moves a case to."""


def hand_keys_on(database: Database, *, at_once: int = _AT_ONCE) -> int:
    """After a recusal on the public side: seal the case's keys to who handles it now and drop the
    old wraps, each case in one transaction and so many at once. Returns how many cases.

    What only the sealed class opens waits until one of its readers has unlocked it.

    Raises:
        DoesNotOpen: a case's boxes don't open by the units that held them; the others are done.
    """
    return _one_by_one(database, Case.rewrap_due.is_(True), _hand_on, at_once)


def seal_to_class(database: Database) -> int:
    """Seal to the sealed class what came to be held by others all the same: it was prepared while
    the class was being founded, or by a host that didn't know of it yet. Returns how many cases.

    Raises:
        DoesNotOpen: as `hand_keys_on`.
    """
    with database.reading() as session:
        is_over = session.scalar(select(SealedUnlock.staff_id).where(over()).limit(1)) is not None
        noted = session.scalar(select(OwnNote.id).where(of_sealed_cases()).limit(1)) is not None
        founded = is_founded(session)
    if is_over or noted:
        _forget_what_others_open(database)
    return _one_by_one(database, held_by_others(), rewrap, _AT_ONCE) if founded else 0


def _forget_what_others_open(database: Database) -> None:
    """What is kept for a reader's next page, and what was noted before a case was sealed."""
    with database.writing() as session:
        session.execute(delete(SealedUnlock).where(over()))
        session.execute(delete(OwnNote).where(of_sealed_cases()))


def _one_by_one(
    database: Database,
    due: ColumnElement[bool],
    move: Callable[[Session, Case, Book], None],
    at_once: int,
) -> int:
    done, tried, shut = 0, set[int](), None
    while done < at_once and (case_id := _next(database, due, tried)) is not None:
        tried.add(case_id)
        try:
            done += _move(database, case_id, due, move)
        except ClassIsLocked:
            continue
        except DoesNotOpen as error:
            shut = error
    if shut is not None:
        raise shut
    return done


def _next(database: Database, due: ColumnElement[bool], tried: set[int]) -> int | None:
    with database.reading() as session:
        waits = select(Case.id).where(due, Case.id.not_in(tried)).order_by(Case.id)
        return session.scalars(waits.limit(1)).first()


def _move(
    database: Database,
    case_id: int,
    due: ColumnElement[bool],
    move: Callable[[Session, Case, Book], None],
) -> bool:
    with database.writing() as session:
        held = select(Case).where(Case.id == case_id, due).with_for_update()
        case = session.scalars(held).first()
        if case is not None:
            move(session, case, book(session))
        return case is not None


def _hand_on(session: Session, case: Case, campaign_book: Book) -> None:
    kept_it = holds(session, case, case.unit_code)
    if kept_it or case.unit_code in _up_the_chain(campaign_book):
        rewrap(session, case, campaign_book)
    else:
        # The public side only ever moves a case up: anything else was written by somebody.
        log_error(MovedAside(case.id))
    case.rewrap_due = False


def _up_the_chain(campaign_book: Book) -> frozenset[str]:
    campaign = campaign_book.campaign
    above = (unit.code for unit in campaign_book.above(campaign.office_code) if unit.desk)
    chain = {campaign.office_code, campaign.discipline_code, campaign.superior_code}
    return frozenset(chain.union(above))
