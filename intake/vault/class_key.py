"""The key pair of the sealed class (密件).

Its public half is signed as units' halves are. Its private half lies nowhere under the master key,
nor under the printed recovery key of the units: it is sealed to a recovery key of discipline
inspection's own, and each reader has a copy under his passphrase.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import LargeBinary, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake.vault import sealing
from intake.vault.sealing import DoesNotOpen, KeyPair
from intake.vault.vault import vault_of
from portal.foundation import clock
from portal.foundation.database import Base, UtcMoment

# Under this name sessions carry who gives the opened pair: of a request, if its person unlocked it.
OPENED_CLASS = "opened sealed class"
Opener = Callable[[], KeyPair | None]
# And under this one, which cases a reader's own act on them takes out of the class.
_LEAVING = "leaving sealed class"
_ONLY = 1
_CONTEXT = b"sealed-class"


class ClassIsLocked(DoesNotOpen):
    """Nobody has unlocked the sealed class here."""


class StaysSealed(ClassIsLocked):
    """The class holds this, and no reader's act on this very case took it out: a mark or a unit
    that stands in a row alone moves no key."""


class ClassKeyUntrusted(Exception):
    """The class is pinned as founded, and its public key is missing or was signed by nobody: the
    database was changed."""


class ClassKey(Base):
    """The pair, in its only row."""

    __tablename__ = "sealed_class_key"

    id: Mapped[int] = mapped_column(primary_key=True, default=_ONLY)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    private_for_discipline: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcMoment)


# Put together once: every report that is sealed asks it.
_PUBLIC_HALF = select(ClassKey.public_key, ClassKey.signature).where(ClassKey.id == _ONLY)


def is_founded(session: Session) -> bool:
    """Whether the class has a key of its own: a pinned file says so, not the database, from which
    somebody could take it away."""
    return vault_of(session).pins.discipline is not None


def class_key(session: Session) -> ClassKey | None:
    """The row, whether it is pinned or not."""
    return session.get(ClassKey, _ONLY)


def new_class_key(session: Session, printed: bytes) -> KeyPair:
    """Make the pair and seal its private half to a recovery key's public half. Returns the pair."""
    pair = KeyPair.fresh()
    session.add(
        ClassKey(
            id=_ONLY,
            public_key=pair.public,
            signature=vault_of(session).sign(signed_part(pair.public)),
            private_for_discipline=sealing.seal(printed, pair.private, _CONTEXT),
            made_at=clock.now(),
        )
    )
    return pair


def open_by_recovery(key: ClassKey, printed: KeyPair) -> KeyPair:
    """The pair, opened with the printed recovery key. Raises DoesNotOpen."""
    found = KeyPair.from_seed(sealing.open_sealed(printed, key.private_for_discipline, _CONTEXT))
    if found.public != key.public_key:
        raise DoesNotOpen
    return found


def class_public(session: Session) -> bytes:
    """The checked public half.

    Raises:
        ClassKeyUntrusted: see there; nothing is sealed to it.
    """
    row = session.connection().execute(_PUBLIC_HALF).first()
    if row is None or not vault_of(session).is_signed(signed_part(row.public_key), row.signature):
        raise ClassKeyUntrusted
    public: bytes = row.public_key
    return public


def class_pair(session: Session) -> KeyPair:
    """The pair, as whoever unlocked it for this session gives it.

    Raises:
        ClassIsLocked: nobody did.
    """
    opener: Opener | None = session.info.get(OPENED_CLASS)
    found = opener() if opener else None
    if found is None:
        raise ClassIsLocked
    return found


def is_unlocked(session: Session) -> bool:
    """Whether somebody unlocked the class for this session."""
    opener: Opener | None = session.info.get(OPENED_CLASS)
    return opener is not None and opener() is not None


def let_leave(session: Session, label: str) -> None:
    """Let one case's boxes be sealed to units, in this session alone, since a reader of the class
    decided so about this very case."""
    session.info.setdefault(_LEAVING, set()).add(label)


def may_leave(session: Session, label: str) -> bool:
    """Whether a reader decided so."""
    return label in session.info.get(_LEAVING, ())


def signed_part(public: bytes) -> bytes:
    """What is signed of the class's key."""
    return b"sealed-class-key|" + public


def lock_private(secret: bytes, pair: KeyPair, bound_to: str) -> bytes:
    """The private half under a key of somebody's, bound to him."""
    return sealing.lock(secret, pair.private, _CONTEXT + b"|" + bound_to.encode())


def unlock_private(secret: bytes, blob: bytes, bound_to: str) -> KeyPair:
    """The pair out of what `lock_private` made. Raises DoesNotOpen."""
    return KeyPair.from_seed(sealing.unlock(secret, blob, _CONTEXT + b"|" + bound_to.encode()))
