"""Passkeys: asking for one, adding, finding, using and taking away. Beside the password they take
the place of the code; the code stays for where there is none.

A challenge is used up before anything is compared, in a transaction of its own: an answer that was
sent twice finds none.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from admin.accounts.passkey import Passkey
from admin.accounts.passkey_challenge import LASTS, PasskeyChallenge, Purpose
from admin.accounts.passkey_proof import Made, NotProven, Site, count_signed, named
from intake.cases.event import record
from intake.vault.vault import DoesNotOpen, vault_of
from portal.foundation import clock

MOST = 10
_KEY, _ASKED = "staff-passkey", "passkey-asked"


class TooMany(Exception):
    """Somebody has as many passkeys as he may."""


@dataclass(frozen=True)
class Asked:
    """A challenge that was used up: what was to be signed, and by whom."""

    challenge: bytes
    staff_id: int | None
    password_hash: str | None


def ask(
    session: Session, purpose: Purpose, staff_id: int | None, *, password_hash: str | None = None
) -> PasskeyChallenge:
    """A fresh challenge for somebody, or for nobody."""
    now = clock.now()
    session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.expires_at <= now))
    made = PasskeyChallenge(
        key=secrets.token_hex(16),
        purpose=purpose,
        challenge=secrets.token_bytes(32),
        staff_id=staff_id,
        password_hash=password_hash if staff_id is not None else None,
        expires_at=now + LASTS,
    )
    made.stamp = vault_of(session).stamp(_ASKED, *made.stamped)
    session.add(made)
    session.flush()
    return made


def use_up(session: Session, key: str, purpose: Purpose) -> Asked:
    """Take a challenge, once. Raises NotProven: there is none, it is old, or for something else."""
    found = session.get(PasskeyChallenge, key)
    if found is None or found.purpose is not purpose or found.expires_at <= clock.now():
        raise NotProven
    if found.stamp not in vault_of(session).stamps(_ASKED, *found.stamped):
        raise NotProven
    asked = Asked(found.challenge, found.staff_id, found.password_hash)
    gone: CursorResult[object] = session.execute(  # type: ignore[assignment]  # a DELETE counts
        delete(PasskeyChallenge).where(PasskeyChallenge.key == key)
    )
    if gone.rowcount != 1:
        raise NotProven
    return asked


def add(session: Session, staff_id: int, made: Made, *, name: str) -> Passkey:
    """Keep a passkey. Raises TooMany, NotProven: it is somebody's already."""
    if len(passkeys_of(session, staff_id)) >= MOST:
        raise TooMany
    same = select(Passkey.id).where(Passkey.credential_id == made.credential_id)
    if session.scalar(same) is not None:
        raise NotProven
    passkey = Passkey(staff_id=staff_id, added_at=clock.now(), **vars(made))
    vault = vault_of(session)
    passkey.sealed_name = vault.seal_under_master(name.encode(), passkey.context)
    passkey.stamp = vault.stamp(_KEY, *passkey.stamped)
    session.add(passkey)
    session.flush()
    record(session, "passkey_added", by=staff_id, passkey=passkey.id)
    return passkey


def passkeys_of(session: Session, staff_id: int) -> list[Passkey]:
    """A person's passkeys, but for those that somebody wrote by hand."""
    wanted = select(Passkey).where(Passkey.staff_id == staff_id).order_by(Passkey.id)
    return [one for one in session.scalars(wanted) if _is_ours(session, one)]


def name_of(session: Session, passkey: Passkey) -> str:
    """What its owner calls it."""
    try:
        return vault_of(session).open_under_master(passkey.sealed_name, passkey.context).decode()
    except DoesNotOpen:
        return "没有名字"


def signed_by(session: Session, site: Site, asked: Asked, answer: str) -> tuple[int, int]:
    """Which passkey of whom it was asked of signed a challenge, and its new count. Raises
    NotProven."""
    found = session.scalar(select(Passkey).where(Passkey.credential_id == named(answer)))
    if found is None or found.staff_id != asked.staff_id or not _is_ours(session, found):
        raise NotProven
    counted = count_signed(
        site, asked.challenge, answer, public_key=found.public_key, sign_count=found.sign_count
    )
    return found.id, counted


def note_use(session: Session, passkey_id: int, counted: int) -> None:
    """Keep the count of a passkey that has just signed. Raises NotProven: it was used, or taken
    away, since."""
    unused = (Passkey.sign_count < counted) | ((Passkey.sign_count == 0) & (counted == 0))
    used: CursorResult[object] = session.execute(  # type: ignore[assignment]  # an UPDATE counts
        update(Passkey)
        .where(Passkey.id == passkey_id, unused)
        .values(sign_count=counted, used_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    if used.rowcount != 1:
        raise NotProven


def take_away(session: Session, staff_id: int, passkey_id: int) -> None:
    """Take one of one's own away; somebody else's stays."""
    passkey = session.get(Passkey, passkey_id)
    if passkey is not None and passkey.staff_id == staff_id:
        session.delete(passkey)
        record(session, "passkey_removed", by=staff_id, passkey=passkey_id)


def forget_all(session: Session, staff_id: int) -> None:
    """Take all of a person's away, with what waits to be signed."""
    session.execute(delete(Passkey).where(Passkey.staff_id == staff_id))
    session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.staff_id == staff_id))


def is_stamped_before(session: Session, passkey: Passkey) -> bool:
    """Whether a former key stamped it."""
    _, *former = vault_of(session).stamps(_KEY, *passkey.stamped)
    return passkey.stamp in former


def stamp_anew(session: Session, passkey: Passkey) -> None:
    """Stamp it by the newest key."""
    passkey.stamp = vault_of(session).stamp(_KEY, *passkey.stamped)


def _is_ours(session: Session, passkey: Passkey) -> bool:
    return passkey.stamp in vault_of(session).stamps(_KEY, *passkey.stamped)
