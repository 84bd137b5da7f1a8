"""Beginning, finding and ending sign-ins."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from admin.accounts.one_time_token import new_token, owner_of, stamp_of, stamps_of
from admin.accounts.posts import only_stamped
from admin.accounts.staff_session import LASTS, StaffSession
from admin.accounts.work_mail import note_seen
from portal.foundation import clock
from portal.foundation.staff import Staff

_PURPOSE = "staff-session"


def begin_session(session: Session, staff_id: int) -> str:
    """A new sign-in with a token of its own, whatever the browser brought; returns the token."""
    now, token = clock.now(), new_token(staff_id)
    session.execute(delete(StaffSession).where(StaffSession.expires_at <= now))
    session.add(
        StaffSession(
            token_hash=stamp_of(session, _PURPOSE, token),
            staff_id=staff_id,
            form_key=secrets.token_hex(32),
            signed_in_at=now,
            expires_at=now + LASTS,
        )
    )
    note_seen(session, {staff_id: now})
    session.flush()
    return token


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
    """A person's sign-ins that haven't run out, newest first."""
    return list(
        session.scalars(
            select(StaffSession)
            .where(StaffSession.staff_id == staff_id, StaffSession.expires_at > at)
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


def end_one_session(session: Session, staff_id: int, handle: str) -> None:
    """End one sign-in of this person; the handle of somebody else's changes nothing."""
    for one in sessions_of(session, staff_id, at=clock.now()):
        if secrets.compare_digest(one.handle.encode(), handle.encode("utf-8", "replace")):
            session.delete(one)
