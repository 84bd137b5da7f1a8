"""Which referrals somebody sees: of the cases that he decides about all, and those that his body
has. For everybody else they don't exist; he reads at most that a case was referred."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, NoSuchCase, find_case, visible
from admin.desk.hand import decider_of
from admin.hand_over.unattended import deciding_body
from admin.referrals.bodies import bodies
from intake.cases.case import Case
from intake.cases.referral import WITH_THE_BODY, Referral
from intake.chain import chain_of
from portal.campaign.book import Book


class NoSuchReferral(LookupError):
    """There is no such referral, or none that this person may see: nobody is told which."""


class Hat(StrEnum):
    """What somebody is to a referral."""

    DECIDES = "decides"
    HAS_IT = "has_it"


def is_concerned(access: Access, book: Book) -> bool:
    """Whether referrals are anything to this person at all, whichever there are."""
    return bool(_deciding(access, book) or access.desks & set(bodies(book)))


def seen(access: Access, book: Book) -> ColumnElement[bool]:
    """The condition under which a referral, joined with its case, exists for this person."""
    has_it = and_(
        Referral.unit_code.in_(access.desks), Referral.state.in_(WITH_THE_BODY), ~Referral.by_hand
    )
    return and_(visible(access), or_(decided_by(access, book), has_it))


def decided_by(access: Access, book: Book) -> ColumnElement[bool]:
    """The condition under which this person speaks for the body that decides about a case."""
    return and_(visible(access), deciding_body(book).in_(sorted(_deciding(access, book))))


def find_referral(
    session: Session, access: Access, book: Book, key: str, *, to_change: bool = False
) -> tuple[Referral, Case]:
    """The referral of that key and its case, whose row `to_change` holds first: the later of two
    writers sees the earlier.

    Raises:
        NoSuchReferral: see there.
    """
    there = (Case.id == Referral.case_id, Referral.key == key)
    if to_change:
        number = session.scalar(select(Case.number).join(Referral, there[0]).where(*there))
        try:
            find_case(session, access, number or "", to_change=True)
        except NoSuchCase as nowhere:
            raise NoSuchReferral(key) from nowhere
    wanted = select(Referral, Case).join(Referral, there[0]).where(*there, seen(access, book))
    row = session.execute(wanted).first()
    if row is None:
        raise NoSuchReferral(key)
    return row.Referral, row.Case


def hats(session: Session, access: Access, book: Book, case: Case, one: Referral) -> frozenset[Hat]:
    """What somebody who sees a referral is to it."""
    found = set()
    if access.decides(decider_of(session, case, book)):
        found.add(Hat.DECIDES)
    if one.unit_code in access.desks and one.is_with_a_reader:
        found.add(Hat.HAS_IT)
    return frozenset(found)


def _deciding(access: Access, book: Book) -> frozenset[str]:
    """The bodies of the chain for which this person speaks."""
    chain = chain_of(book)
    own = access.desks & {chain.discipline, chain.superior}
    return own | ({chain.office} if access.as_office else frozenset())
