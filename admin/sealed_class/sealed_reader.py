"""A reader of the sealed class (密件): a person of discipline inspection who opens it with a
passphrase of his own, and somebody whom a reader is letting in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from intake.vault.passphrase import Cost
from portal.foundation.database import Base, UtcMoment


class SealedReader(Base):
    """The class's private half under one person's passphrase, with what a guess at it costs.
    `let_in_by` is the reader who let him in; None where he came with the printed recovery key."""

    __tablename__ = "sealed_reader"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    passes: Mapped[int]
    memory: Mapped[int]
    locked: Mapped[bytes] = mapped_column(LargeBinary)
    let_in_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    since: Mapped[datetime] = mapped_column(UtcMoment)

    @property
    def cost(self) -> Cost:
        """What it costs to try a passphrase."""
        return Cost(self.passes, self.memory)


class SealedInvitation(Base):
    """The class's private half under a code that one reader has told another person, who becomes a
    reader with it until it runs out."""

    __tablename__ = "sealed_invitation"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    invited_by: Mapped[int] = mapped_column(
        ForeignKey("sealed_reader.staff_id", ondelete="CASCADE"), index=True
    )
    locked: Mapped[bytes] = mapped_column(LargeBinary)
    until: Mapped[datetime] = mapped_column(UtcMoment)
