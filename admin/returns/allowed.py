"""Who may take which step of a return, and what an act may refuse. The version that somebody acts
on is the edition of the return, 0 where there is none yet."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.own_units import keeps_the_office_s_own
from admin.returns.signed_version import SignedVersion
from portal.campaign.book import Book
from portal.foundation.staff import Post, Role, Staff

# Whose it is to confirm what a unit returns, before its head signs.
_CONFIRMING = (Role.OFFICER, Role.CHECKER)


class ReturnChanged(Exception):
    """It changed since its page was opened; the writer keeps his text and looks again."""


class NotYours(Exception):
    """This step isn't this person's, or not now."""


class NotOpenYet(Exception):
    """The period's return can't be written before units are reminded of it."""


class AnotherMustSign(Exception):
    """Who confirmed a return doesn't sign it, unless the unit has nobody else."""


class NilButFound(Exception):
    """It says nil, and the ledger has problems that the unit found in the period."""


class NilNotSaid(Exception):
    """Nothing was found, and the unit hasn't said so: a nil return is explicit (零报送)."""


class TooManyHouseholds(Exception):
    """More households were visited or missed than were due."""


class NeedsReason(Exception):
    """A correction, or sending back, has its reason."""


def may_confirm(session: Session, access: Access, unit: str) -> bool:
    """Whether this person fills a return in: an officer or a checker, or the head of a unit without
    either."""
    if unit not in access.fieldwork:
        return False
    return unit not in access.heads or not _others(session, access, unit, *_CONFIRMING)


def may_sign(session: Session, access: Access, found: SignedVersion) -> bool:
    """Whether this person hands it in: the head, who didn't confirm it himself as long as there is
    anybody else."""
    if found.unit_code not in access.heads:
        return False
    other = found.confirmed_by != access.staff_id
    return other or not _others(session, access, found.unit_code, *_CONFIRMING, Role.HEAD)


def may_decide(book: Book, access: Access, found: SignedVersion) -> bool:
    """Whether this person accepts it or sends it back: of the receiver, not of the unit that
    returned it, with no hand in it. Who serves the office as well as a unit near that one decides
    nothing for the office."""
    if found.receiver_code == access.office_code:
        receives = keeps_the_office_s_own(book, access, found.unit_code)
    else:
        receives = found.receiver_code in access.desks
    is_own = found.unit_code in access.units
    return receives and not is_own and access.staff_id not in {found.confirmed_by, found.signed_by}


def _others(session: Session, access: Access, unit: str, *roles: Role) -> bool:
    """Whether somebody else holds one of the roles there."""
    there = (
        select(Post.staff_id)
        .join(Staff, Staff.id == Post.staff_id)
        .where(
            Post.unit_code == unit,
            Post.role.in_(roles),
            Staff.active,
            Staff.id != access.staff_id,
        )
    )
    return session.scalars(there.limit(1)).first() is not None
