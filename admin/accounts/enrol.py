"""Enrolling: the holder of a one-time link sets a password and a second factor."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts import second_factor
from admin.accounts.add_staff import ENROLMENT
from admin.accounts.credential import Credential
from admin.accounts.enrolment_word import word_fits
from admin.accounts.one_time_token import is_half, owner_of, stamps_of
from admin.accounts.passkeys import forget_all
from admin.accounts.sessions import end_sessions
from intake.cases.event import record
from intake.vault.sealing import DoesNotOpen
from portal.foundation import clock
from portal.foundation.staff import Staff


class LinkOver(LookupError):
    """The link was used, is older than 48 hours, or never was one."""


class WrongCode(ValueError):
    """The code doesn't belong to the seed that was shown."""


class WrongWord(ValueError):
    """The link is one of two people's, and the word isn't the one that belongs to it."""


@dataclass(frozen=True)
class Chosen:
    """The hash of the password chosen, the seed that was shown, a code made from it, and the word
    of a link that needs one."""

    password_hash: str
    seed: bytes
    code: str
    word: str = ""


def link_holder(session: Session, token: str) -> Staff:
    """The person a one-time link was made for.

    Raises:
        LinkOver: the link is good no more.
    """
    staff = session.scalar(
        select(Staff)
        .join(Credential, Credential.staff_id == Staff.id)
        .where(
            Credential.enrolment_hash.in_(stamps_of(session, ENROLMENT, token)),
            Credential.staff_id == owner_of(token),
            Credential.enrolment_expires_at > clock.now(),
            Staff.active.is_(True),
        )
    )
    if staff is None:
        raise LinkOver
    return staff


def check_word(session: Session, token: str, staff_id: int, typed: str) -> None:
    """Refuse a link that needs a word and has another. Raises WrongWord."""
    if is_half(token) and not word_fits(session, session.get_one(Credential, staff_id), typed):
        raise WrongWord


def offered_seed(session: Session, token: str, sealed: bytes) -> bytes:
    """The seed that an enrolment page of this link carries.

    The seed lives in the owner's page alone until he has proved it: whoever else opens the link,
    the person who printed it included, is offered another one.

    Raises:
        DoesNotOpen: it wasn't offered by this link.
    """
    for purpose in _offered_by(session, token):
        with suppress(DoesNotOpen):
            return second_factor.open_seed(session, sealed, purpose=purpose)
    raise DoesNotOpen


def offer_seed(session: Session, token: str, seed: bytes) -> bytes:
    """The seed, sealed for a page of this link."""
    return second_factor.seal_seed(session, seed, purpose=_offered_by(session, token)[0])


def _offered_by(session: Session, token: str) -> list[str]:
    """The purposes of a seed that was offered by this link, as it is stamped now first."""
    stamps = stamps_of(session, ENROLMENT, token)
    return [second_factor.offered_by(stamp) for stamp in stamps]


def enrol(session: Session, *, token: str, chosen: Chosen) -> Staff:
    """Set password and second factor, use the link up, and end every sign-in made before.

    The code that proves the seed counts as used.

    Raises:
        LinkOver: the link is good no more.
        WrongCode: the code doesn't fit the seed.
        WrongWord: see there.
    """
    staff = link_holder(session, token)
    now = clock.now()
    step = second_factor.step_of(chosen.code, chosen.seed, at=now)
    if step is None:
        raise WrongCode
    # Locked, so that of two who hold the link only one gets in.
    credential = session.get_one(Credential, staff.id, with_for_update=True, populate_existing=True)
    if credential.enrolment_hash not in stamps_of(session, ENROLMENT, token):
        raise LinkOver
    check_word(session, token, staff.id, chosen.word)
    credential.password_hash = chosen.password_hash
    credential.totp_seed = second_factor.seal_seed(
        session, chosen.seed, purpose=second_factor.stored_for(staff.id)
    )
    credential.last_totp_step = step
    credential.changed_at = now
    credential.close_enrolment()
    end_sessions(session, staff.id)
    forget_all(session, staff.id)
    record(session, "enrolled", by=staff.id)
    session.flush()
    return staff
