"""Files that belong to a case: a photograph, a letter's scan. What they are called and what opens
them is sealed; the file itself lies sealed in the store."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class Attachment(Base):
    """One file, which came with a message; without one, with the first words. Its key lies in the
    compartment of what it came with. `stored` is its opaque name in the store, which parts of a
    case may share."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_case_id_id", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    stored: Mapped[str] = mapped_column(String(32), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    attached_at: Mapped[datetime] = mapped_column(UtcMoment)


def sealed_column(stored: str) -> str:
    """What binds the sealed words about a file to it."""
    return f"attachment:{stored}"
