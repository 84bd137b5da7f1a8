"""Changing one's own password, which ends every sign-in and begins a fresh one."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.credential import Credential
from admin.accounts.sessions import begin_session, end_sessions
from intake.cases.event import record
from portal.foundation import clock


class PasswordMoved(Exception):
    """The password was changed by somebody else since it was compared."""


def password_hash_of(session: Session, staff_id: int) -> str | None:
    """The stored hash, to compare the present password with, outside any transaction."""
    return session.get_one(Credential, staff_id).password_hash


def change_password(session: Session, *, staff_id: int, proved: str, new_hash: str) -> str:
    """Put the new hash in the place of the one that was proved; returns the token of a new session.

    An unused one-time link dies with it: whoever kept one must not undo the change.

    Raises:
        PasswordMoved: the stored password is another one by now.
    """
    credential = session.get_one(Credential, staff_id, with_for_update=True)
    if credential.password_hash != proved:
        raise PasswordMoved
    credential.password_hash = new_hash
    credential.changed_at = clock.now()
    credential.close_enrolment()
    end_sessions(session, staff_id)
    record(session, "password_changed", by=staff_id)
    return begin_session(session, staff_id)
