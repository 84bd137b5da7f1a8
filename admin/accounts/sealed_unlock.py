"""That a reader has unlocked the sealed class (密件) in one sign-in: the class's private half,
locked under a key of that sign-in's token, which only the reader's browser has.

Whoever copies the database, with the master key as well, lacks the token.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake.vault.class_key import lock_private, unlock_private
from intake.vault.passphrase import key_of_secret
from intake.vault.sealing import DoesNotOpen, KeyPair
from portal.foundation import clock
from portal.foundation.database import Base, UtcMoment

# Then the passphrase is asked for again.
UNLOCKED_FOR = timedelta(minutes=15)
_PURPOSE = "sealed-unlock"


class SealedUnlock(Base):
    """One reader's, in one sign-in. It ends with either."""

    __tablename__ = "sealed_unlock"

    token_hash: Mapped[str] = mapped_column(
        String(64), ForeignKey("staff_session.token_hash", ondelete="CASCADE"), primary_key=True
    )
    staff_id: Mapped[int] = mapped_column(
        ForeignKey("sealed_reader.staff_id", ondelete="CASCADE"), index=True
    )
    locked: Mapped[bytes] = mapped_column(LargeBinary)
    until: Mapped[datetime] = mapped_column(UtcMoment)


def keep_unlocked(
    session: Session, token_hash: str, staff_id: int, token: str, pair: KeyPair
) -> None:
    """Keep the class unlocked for a while in the sign-in of this token."""
    session.merge(
        SealedUnlock(
            token_hash=token_hash,
            staff_id=staff_id,
            locked=lock_private(key_of_secret(_PURPOSE, token), pair, token_hash),
            until=clock.now() + UNLOCKED_FOR,
        )
    )
    session.flush()


def unlocked_pair(session: Session, token_hash: str, staff_id: int, token: str) -> KeyPair | None:
    """The class's pair in the sign-in of this token; None where it isn't unlocked, or no longer."""
    found = session.get(SealedUnlock, token_hash)
    if found is None or found.staff_id != staff_id or found.until <= clock.now():
        return None
    try:
        return unlock_private(key_of_secret(_PURPOSE, token), found.locked, token_hash)
    except DoesNotOpen:
        return None


def carry_over(session: Session, former: str, now: str, token: str, pair: KeyPair) -> None:
    """Keep the class unlocked, for no longer than it was, where a sign-in gets a new token.
    `former` and `now` are the hashes of both."""
    before = session.get(SealedUnlock, former)
    if before is None:
        return
    keep_unlocked(session, now, before.staff_id, token, pair)
    session.get_one(SealedUnlock, now).until = before.until
    session.delete(before)
    session.flush()


def over() -> ColumnElement[bool]:
    """The condition under which the time of one has run out. The worker destroys those: a backup
    that holds one would open by the browser's cookie, however long ago."""
    return SealedUnlock.until <= clock.now()


def lock_again(session: Session, token_hash: str) -> None:
    """Lock the class in one sign-in, and wherever else its time has run out."""
    session.execute(delete(SealedUnlock).where((SealedUnlock.token_hash == token_hash) | over()))
