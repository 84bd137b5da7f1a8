"""A receipt (回执): the digest of a query code and the reporter's public key. The code itself is
nowhere."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base


class Receipt(Base):
    """What lets the holder of a code find his case and read its conversation."""

    __tablename__ = "receipt"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    code_digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
