"""The record that a case was filed: which package holds it, and by which digest it is known
again."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base


class Filing(Base):
    """One package of one case. It counts from `filed_on` (Shanghai), when a second person had its
    passphrase; `sha256` is that of the locked file, `files` how many lie in it."""

    __tablename__ = "filing"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    package_id: Mapped[int] = mapped_column(ForeignKey("package.id"), unique=True)
    taken_on: Mapped[date]
    filed_on: Mapped[date | None]
    sha256: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    files: Mapped[int]
