"""Beginning, finding and ending sign-ins."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from admin.accounts.one_time_token import new_token, owner_of, stamp_of, stamps_of
from admin.accounts.posts import only_stamped
from admin.accounts.staff_session import LASTS, StaffSession
from admin.accounts.work_mail import note_seen
from portal.foundation import clock
from portal.foundation.staff import Staff

_PURPOSE = "staff-session"
_PROVED = "staff-proved"
_PRESSED = "staff-pressed"
# How long a proof of the second factor is good for what is grave (ASVS 7.5.1).
FRESH_FOR = timedelta(minutes=10)
# So long the former token still opens: a button that was pressed twice sends it twice.
_OVERLAP = timedelta(seconds=30)


def begin_session(session: Session, staff_id: int) -> str:
    """A new sign-in with a token of its own, whatever the browser brought; returns the token."""
    now, token = clock.now(), new_token(staff_id)
    session.execute(delete(StaffSession).where(StaffSession.expires_at <= now))
    made = StaffSession(
        token_hash=stamp_of(session, _PURPOSE, token),
        staff_id=staff_id,
        form_key=secrets.token_hex(32),
        signed_in_at=now,
        expires_at=now + LASTS,
    )
    _note_proof(session, made, now)
    session.add(made)
    note_seen(session, {staff_id: now})
    session.flush()
    return token


def renew_session(session: Session, staff_id: int, token_hash: str, proof: str) -> str | None:
    """Note that the second factor was proved anew in a sign-in, and give it a new token, as each
    proof does; returns that, or None where the sign-in ended meanwhile.

    Its forms stay good, and it ends when it would have ended. The former token is fresh no more,
    whenever it was proved: whoever has it besides its owner does nothing grave with it.
    """
    former = session.get(StaffSession, token_hash, with_for_update=True)
    now, token = clock.now(), new_token(staff_id)
    if former is None or former.staff_id != staff_id or former.expires_at <= now:
        return None
    made = StaffSession(
        token_hash=stamp_of(session, _PURPOSE, token),
        staff_id=staff_id,
        form_key=former.form_key,
        signed_in_at=former.signed_in_at,
        expires_at=former.expires_at,
    )
    _note_proof(session, made, now)
    # In the place of the stamp that would make it fresh: the same button, pressed twice, sends the
    # same proof twice.
    former.proved_stamp = stamp_of(session, _PRESSED, _pressed(former, proof))
    former.expires_at = min(former.expires_at, now + _OVERLAP)
    session.add(made)
    session.flush()
    return token


def is_fresh(
    session: Session, visit: StaffSession, *, at: datetime, within: timedelta = FRESH_FOR
) -> bool:
    """Whether the second factor was proved in this sign-in a short while ago, by a clock that
    wasn't set back since."""
    proof = _proof_of(visit, visit.proved_at)
    fits = visit.proved_stamp in stamps_of(session, _PROVED, proof)
    return fits and abs(at - visit.proved_at) <= within


def was_pressed_twice(session: Session, visit: StaffSession, proof: str) -> bool:
    """Whether a sign-in was just given a new token for this very proof."""
    return visit.proved_stamp in stamps_of(session, _PRESSED, _pressed(visit, proof))


def _note_proof(session: Session, visit: StaffSession, at: datetime) -> None:
    visit.proved_at = at
    visit.proved_stamp = stamp_of(session, _PROVED, _proof_of(visit, at))


def _proof_of(visit: StaffSession, at: datetime) -> str:
    return f"{visit.token_hash}|{at.timestamp():.6f}"


def _pressed(visit: StaffSession, proof: str) -> str:
    return f"{visit.token_hash}|{proof}"


def find_session(session: Session, token: str) -> tuple[StaffSession, Staff] | None:
    """The sign-in of a token with its person, unless it ended or the person works here no more."""
    row = session.execute(
        select(StaffSession, Staff)
        .join(Staff, Staff.id == StaffSession.staff_id)
        .where(
            StaffSession.token_hash.in_(stamps_of(session, _PURPOSE, token)),
            # A row that was given to somebody else is nobody's.
            StaffSession.staff_id == owner_of(token),
            Staff.active.is_(True),
        )
    ).first()
    return (row[0], only_stamped(session, row[1])) if row else None


def sessions_of(session: Session, staff_id: int, *, at: datetime) -> list[StaffSession]:
    """A person's sign-ins that haven't run out, newest first, without those whose token was
    replaced and that are good for some seconds more."""
    return list(
        session.scalars(
            select(StaffSession)
            .where(StaffSession.staff_id == staff_id, StaffSession.expires_at > at + _OVERLAP)
            .order_by(StaffSession.signed_in_at.desc(), StaffSession.token_hash)
        )
    )


def sign_out(session: Session, token: str) -> None:
    """End the sign-in of this token."""
    stamps = stamps_of(session, _PURPOSE, token)
    session.execute(delete(StaffSession).where(StaffSession.token_hash.in_(stamps)))


def end_sessions(session: Session, staff_id: int, *, keep: str | None = None) -> None:
    """End every sign-in of a person, as a change of password, role or unit asks.

    `keep` is the token hash of the one that may stay.
    """
    ending = delete(StaffSession).where(StaffSession.staff_id == staff_id)
    if keep is not None:
        ending = ending.where(StaffSession.token_hash != keep)
    session.execute(ending)


def end_everybody_s(session: Session, *, but: str | None = None) -> None:
    """End every sign-in of everybody, but the one whose forms have the key `but`; its former token
    goes on for its last seconds, since buttons are pressed twice."""
    ending = delete(StaffSession)
    if but is not None:
        ending = ending.where(StaffSession.form_key != but)
    session.execute(ending)


def end_one_session(session: Session, staff_id: int, handle: str) -> None:
    """End one sign-in of this person; the handle of somebody else's changes nothing."""
    for one in sessions_of(session, staff_id, at=clock.now()):
        if secrets.compare_digest(one.handle.encode(), handle.encode("utf-8", "replace")):
            session.delete(one)
