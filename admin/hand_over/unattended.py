"""Which cases nobody who works here can act on: they lie with a body without an account, or they
accuse everybody who could see them.

The chain of recusal names a body for every case; this says where that body has nobody (信访工作条例
30(3)).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.orm import Session, aliased

from admin.hand_over.package import Package, Purpose
from intake.cases.bar import Bar
from intake.cases.case import Case
from intake.chain import chain_of
from intake.rules.lifecycle import OPEN_STATES
from portal.campaign.book import Book
from portal.foundation.staff import AT_A_DESK, Post, Staff


def unattended(session: Session, book: Book) -> ColumnElement[bool]:
    """The condition: the case is open, nobody here can act on it, and it wasn't delivered by hand
    to whoever has it, with all that its reporter has written. A sealed one is its readers' to hand
    over; and what keys are still to follow to can't be packed yet."""
    delivered = (
        select(Package.id)
        .where(
            Package.case_id == Case.id,
            Package.unit_code == Case.unit_code,
            Package.purpose == Purpose.HAND_OVER,
            Package.delivered_on.is_not(None),
            Package.made_at >= Case.last_word_at,
        )
        # A search for packages asks this too: only the case comes from outside.
        .correlate(Case)
    )
    # To ask of every case who could see it would be slow: only where a person is accused himself,
    # or where a deciding body hasn't got anybody of its own, can the answer be nobody.
    bars_somebody = Case.id.in_(select(Bar.case_id).where(Bar.staff_id.is_not(None)))
    doubtful = or_(bars_somebody, Case.unit_code.in_(_thin_bodies(session, book)))
    return and_(
        Case.state.in_(OPEN_STATES),
        ~Case.sealed,
        ~Case.rewrap_due,
        or_(
            Case.unit_code.in_(_without_desk(book)),
            and_(doubtful, ~_who_can_act(book).exists()),
        ),
        ~delivered.exists(),
    )


def _without_desk(book: Book) -> list[str]:
    return [unit.code for unit in book.units.values() if not unit.desk]


def _thin_bodies(session: Session, book: Book) -> list[str]:
    """The deciding bodies for which nobody works who serves them alone: whom another unit of his
    is accused with, he can't stand in for them."""
    chain = chain_of(book)
    people = session.scalars(
        select(Staff).where(
            Staff.active,
            Staff.id.in_(
                select(Post.staff_id).where(
                    Post.unit_code.in_((chain.office, chain.discipline)), Post.role.in_(AT_A_DESK)
                )
            ),
        )
    )
    manned = {next(iter(one.unit_codes)) for one in people if len(one.unit_codes) == 1}
    return sorted({chain.office, chain.discipline} - manned)


def _who_can_act(book: Book) -> Any:
    """The posts of those who serve the unit that has the case, or the body that decides about it,
    and whom it doesn't accuse."""
    own = aliased(Post)
    units = select(own.unit_code).where(own.staff_id == Staff.id).correlate(Staff)
    accuses = (
        select(Bar.id)
        .where(
            Bar.case_id == Case.id,
            or_(Bar.staff_id == Staff.id, Bar.unit_code.in_(units)),
        )
        .correlate(Case, Staff)
    )
    return (
        select(Post.staff_id)
        .join(Staff, Staff.id == Post.staff_id)
        .where(
            Staff.active,
            Post.role.in_(AT_A_DESK),
            or_(Post.unit_code == Case.unit_code, Post.unit_code == deciding_body(book)),
            ~accuses.exists(),
        )
        .correlate(Case)
    )


def deciding_body(book: Book) -> ColumnElement[str]:
    """The body that decides about a case, as `intake.rules.recusal.decider` says it."""
    chain = chain_of(book)

    def bars(code: str) -> ColumnElement[bool]:
        found = select(Bar.id).where(Bar.case_id == Case.id, Bar.unit_code == code)
        return found.correlate(Case).exists()

    return case(
        (bars(chain.discipline), chain.superior),
        (Case.sealed, chain.discipline),
        (bars(chain.office), chain.discipline),
        else_=chain.office,
    )
