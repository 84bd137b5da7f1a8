"""The address at which a member of staff hears that something waits for him: leaving it, taking it
back, and when he was seen here last."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from admin.accounts.former_mail import tell_former_address
from admin.accounts.last_seen import LastSeen
from admin.accounts.staff_mail import StaffMail
from admin.accounts.staff_session import StaffSession
from intake.vault.vault import DoesNotOpen, vault_of
from portal.foundation import clock

# Seen so much later, it is worth a write.
_GRAIN = timedelta(minutes=10)


def leave_mail(session: Session, staff_id: int, address: str) -> None:
    """Mail this person from tomorrow on, at this address instead of a former one, which is told.

    Raises:
        UnusableSetting: the worker's key isn't pinned.
    """
    sealed = vault_of(session).seal_to_worker(address.encode(), context_of(staff_id))
    left = session.get(StaffMail, staff_id, with_for_update=True)
    if left is not None:
        _tell_former(session, left, now_at=address)
        left.sealed = sealed
        return
    session.add(
        StaffMail(staff_id=staff_id, sealed=sealed, seen_at=clock.now(), looked_on=clock.today())
    )


def stop_mail(session: Session, staff_id: int) -> None:
    """Never mail this person again, after a mail that says so."""
    left = session.get(StaffMail, staff_id, with_for_update=True)
    if left is not None:
        _tell_former(session, left)
        session.delete(left)


def _tell_former(session: Session, left: StaffMail, *, now_at: str = "") -> None:
    # What doesn't open was written by hand, or its key is gone: nobody can be told there.
    with suppress(DoesNotOpen):
        former = mail_of(session, left)
        if former != now_at:
            tell_former_address(session, left.staff_id, former)


def has_left_mail(session: Session, staff_id: int) -> bool:
    """Whether this person left an address."""
    wanted = select(StaffMail.staff_id).where(StaffMail.staff_id == staff_id)
    return session.scalars(wanted).first() is not None


def mail_of(session: Session, left: StaffMail) -> str:
    """The address in full; needs the master key. Raises DoesNotOpen."""
    return vault_of(session).open_as_worker(left.sealed, context_of(left.staff_id)).decode()


def seen_later(session: Session, last_seen: LastSeen) -> dict[int, datetime]:
    """Who of those with an address was seen clearly later than is known of him, and when."""
    rows = session.execute(
        select(StaffMail.staff_id, StaffMail.seen_at, StaffSession).join(
            StaffSession, StaffSession.staff_id == StaffMail.staff_id
        )
    ).all()
    times = last_seen.of(*(row.StaffSession.token_hash for row in rows))
    later: dict[int, datetime] = {}
    for staff_id, known, visit in rows:
        seen = max(visit.signed_in_at, times.get(visit.token_hash, visit.signed_in_at))
        if seen - known >= _GRAIN:
            later[staff_id] = max(seen, later.get(staff_id, seen))
    return later


def note_seen(session: Session, later: dict[int, datetime]) -> None:
    """Remember when people were seen last; never an earlier moment than is known."""
    for staff_id, seen in sorted(later.items()):
        known = update(StaffMail).where(StaffMail.staff_id == staff_id, StaffMail.seen_at < seen)
        session.execute(known.values(seen_at=seen))


def context_of(staff_id: int) -> bytes:
    """What binds a sealed address to its owner."""
    return f"staff-mail|{staff_id}".encode()
