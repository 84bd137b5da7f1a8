"""The keys of the product itself, beside those of units: each is random or follows from the first
master key, lies locked under the master key and sealed to the recovery key, and can be replaced."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.vault import sealing
from intake.vault.sealing import KeyPair
from portal.foundation.database import Base, UtcMoment, choice


class Purpose(StrEnum):
    """What a key is for: sealing for the staff side itself, stamping, signing, what is sealed to
    the worker alone, and the codes and marks of the public side."""

    STORAGE = "storage"
    STAMPS = "stamps"
    SIGNING = "signing"
    WORKER = "worker"
    INTAKE = "intake"


# Those that follow from the first master key; intake keys have a file of their own.
FOLLOWING = (Purpose.STORAGE, Purpose.STAMPS, Purpose.SIGNING, Purpose.WORKER)


class ServiceKey(Base):
    """One key. `replaced_at` is when a newer one took its place; until `retired_at` it still opens
    what bears its id, then nobody has it any more and the row says that it was there."""

    __tablename__ = "service_key"

    purpose: Mapped[Purpose] = mapped_column(choice(Purpose), primary_key=True)
    key_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    under_master: Mapped[bytes | None] = mapped_column(LargeBinary)
    for_recovery: Mapped[bytes | None] = mapped_column(LargeBinary)
    # Whether it follows from a master key: whoever has that one has it, too.
    follows_master: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(UtcMoment)
    replaced_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    retired_at: Mapped[datetime | None] = mapped_column(UtcMoment)

    @property
    def context(self) -> bytes:
        """What binds the sealed key to its row."""
        return context_of(self.purpose, self.key_id)


def context_of(purpose: str, key_id: str) -> bytes:
    """What binds a sealed key to its purpose and id."""
    return f"service-key|{purpose}|{key_id}".encode()


def public_half(purpose: Purpose, secret: bytes) -> bytes | None:
    """The public half of a key, where it has one."""
    match purpose:
        case Purpose.SIGNING:
            return sealing.verify_key(secret)
        case Purpose.WORKER:
            return KeyPair.from_seed(secret).public
        case _:
            return None


def id_of(purpose: Purpose, secret: bytes) -> str:
    """The id of a key in 16 hexadecimal digits: what stands at the head of a blob, where blobs have
    one."""
    half = public_half(purpose, secret)
    return (sealing.key_id(half) if half else sealing.lock_id(secret)).hex()
