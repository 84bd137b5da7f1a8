"""Signing in: find the person, prove password and code, begin a session.

In three steps, because the slow one, comparing the password, must hold no transaction open.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import Session

from admin.accounts import password as passwords
from admin.accounts import second_factor
from admin.accounts.credential import Credential
from admin.accounts.sessions import begin_session
from intake.cases.event import record
from portal.foundation import clock
from portal.foundation.staff import Staff


class WrongSignIn(Exception):
    """Name, password or code is wrong. Which of them is told to nobody."""


@dataclass(frozen=True)
class Proof:
    """What was proved, and against which password, so that one changed meanwhile voids it."""

    staff_id: int
    password_hash: str
    step: int


@dataclass(frozen=True)
class Claim:
    """Who somebody says he is. An unknown name claims nobody, and costs as much to refuse."""

    staff_id: int | None
    password_hash: str | None
    seed: bytes
    last_step: int

    def prove(self, *, password: str, code: str) -> Proof:
        """Compare password and code; both are always compared.

        Raises:
            WrongSignIn: one of them doesn't fit, or the code was used before.
        """
        right = passwords.fits(password, self.password_hash)
        step = second_factor.step_of(code, self.seed, at=clock.now())
        if self.staff_id is None or self.password_hash is None or not right:
            raise WrongSignIn
        if step is None or not second_factor.is_unused(step, self.last_step):
            raise WrongSignIn
        return Proof(staff_id=self.staff_id, password_hash=self.password_hash, step=step)


def tidy_name(name: str) -> str:
    """A sign-in name as it is stored and counted: no spaces around it, no full-width letters."""
    return unicodedata.normalize("NFKC", name).strip()[:80]


def claim(session: Session, name: str) -> Claim:
    """The credential behind a name. People who left or never enrolled are unknown names."""
    row = session.execute(
        select(
            Credential.staff_id,
            Credential.password_hash,
            Credential.totp_seed,
            Credential.last_totp_step,
        )
        .join(Staff, Staff.id == Credential.staff_id)
        .where(Staff.name == tidy_name(name), Staff.active.is_(True))
    ).first()
    if row is None or row.totp_seed is None:
        return Claim(None, None, secrets.token_bytes(second_factor.SEED_BYTES), 0)
    seed = second_factor.open_seed(
        session, row.totp_seed, purpose=second_factor.stored_for(row.staff_id)
    )
    return Claim(row.staff_id, row.password_hash, seed, row.last_totp_step)


def sign_in(session: Session, proof: Proof) -> str:
    """Use the code up and begin a session; returns the token for the cookie.

    One statement asks and marks, so that twenty requests with the same code make one sign-in.

    Raises:
        WrongSignIn: the code was used or the password changed since it was proved.
    """
    if not use_up(session, proof.staff_id, proof.step, password_hash=proof.password_hash):
        raise WrongSignIn
    return _begin(session, proof.staff_id, way="code")


def sign_in_with(session: Session, staff_id: int, password_hash: str) -> str:
    """Begin a session for somebody whose passkey was just proved; returns the token.

    Raises:
        WrongSignIn: he left, or his password changed, since it was proved.
    """
    same = (
        select(Credential.staff_id)
        .join(Staff, Staff.id == Credential.staff_id)
        .where(
            Credential.staff_id == staff_id,
            Credential.password_hash == password_hash,
            Staff.active.is_(True),
        )
    )
    if session.scalar(same) is None:
        raise WrongSignIn
    return _begin(session, staff_id, way="passkey")


def _begin(session: Session, staff_id: int, *, way: str) -> str:
    record(session, "signed_in", by=staff_id, way=way)
    return begin_session(session, staff_id)


def use_up(session: Session, staff_id: int, step: int, *, password_hash: str | None = None) -> bool:
    """Mark the code of a step as used; False where it was, or the password is another by now."""
    unused = [
        Credential.staff_id == staff_id,
        or_(
            Credential.last_totp_step < step,
            Credential.last_totp_step > step + second_factor.SET_BACK,
        ),
    ]
    if password_hash is not None:
        unused.append(Credential.password_hash == password_hash)
    used: CursorResult[object] = session.execute(  # type: ignore[assignment]  # an UPDATE counts
        update(Credential)
        .where(*unused)
        .values(last_totp_step=step)
        .execution_options(synchronize_session=False)
    )
    return used.rowcount == 1
