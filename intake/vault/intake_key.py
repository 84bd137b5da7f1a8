"""The keys that query codes and marks follow from: one on each line of their file, the newest
first. The newest makes; each of them knows again what it made.

A process has to know of the newest before it looks whether something came before, or the same form
is taken twice around a turn. So whoever writes reads the file in his transaction, and whoever
writes the file lets nobody be in the middle of one: on SQLite that is the turn at writing, on
PostgreSQL a lock that all who mark something share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.vault import key_files, sealing
from intake.vault.service_key import Purpose, id_of
from intake.vault.watched import Watched
from intake.vault.whole_file import write_whole

# The number of that lock on PostgreSQL.
_FILE_CHANGES = 0x68756D696F
# Under this name a session that writes keeps the keys that it began with.
_KEPT = "intake keys"


@dataclass(frozen=True)
class IntakeKey:
    """One key of the file."""

    secret: bytes = field(repr=False)

    @cached_property
    def key_id(self) -> str:
        """Its id in 16 hexadecimal digits, as its row in the ring has it."""
        return id_of(Purpose.INTAKE, self.secret)

    @cached_property
    def head(self) -> bytes:
        """What its marks begin with."""
        return sealing.mark_head(bytes.fromhex(self.key_id))

    def digest(self, purpose: str, *parts: bytes, size: int = sealing.KEY_BYTES) -> bytes:
        """A keyed digest of some parts."""
        return sealing.derive(self.secret, purpose, *parts, size=size)

    def mark(self, purpose: str, value: str) -> bytes:
        """A keyed digest that says which key has made it."""
        return self.head + self.digest(purpose, value.encode())


IntakeKeys = tuple[IntakeKey, ...]


def read_intake_keys(file: Path) -> IntakeKeys:
    """The keys of the file, the newest first.

    Raises:
        UnusableSetting: as `key_files.read_key`.
    """
    return tuple(map(IntakeKey, key_files.read_keys(file)))


def write_intake_keys(file: Path, secrets: Sequence[bytes]) -> None:
    """Put these keys, the newest first, in the place of what the file holds.

    Raises:
        OSError: it can't be replaced.
    """
    lines = "\n".join(secret.hex() for secret in secrets)
    write_whole(file, lines, replace=True)


def known_in(session: Session, watched: Watched[IntakeKeys]) -> IntakeKeys:
    """The keys for a session that writes: those that the file has in its transaction, and the same
    ones until its end."""
    kept: IntakeKeys | None = session.info.get(_KEPT)
    if kept is None:
        _lock(session, shared=True)
        kept = session.info[_KEPT] = watched.said
    return kept


def hold_intake_file(session: Session) -> None:
    """Wait until nobody is in the middle of a transaction that has marked something, and let nobody
    begin one until this one ends. To be asked after `hold_ring`, and in a transaction that marks
    nothing itself."""
    _lock(session, shared=False)


def _lock(session: Session, *, shared: bool) -> None:
    if session.connection().dialect.name == "postgresql":
        lock = func.pg_advisory_xact_lock_shared if shared else func.pg_advisory_xact_lock
        session.execute(select(lock(_FILE_CHANGES)))
