"""How many people of a unit declared by themselves in a period and paid back how much, in each
version. Nothing is overwritten, and nobody is named: a number is all that there is of a person."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, LargeBinary, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class Declaration(Base):
    """One entry about a unit, written on a Shanghai day. `key` is in its address and tells nothing:
    a counted number would tell how many others have. `version` is the one that holds; `reason`, of
    a withdrawal, is sealed."""

    __tablename__ = "declaration"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(20), unique=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"), index=True)
    entered_on: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[bytes | None] = mapped_column(LargeBinary)

    @property
    def label(self) -> str:
        """What ties its compartment to it."""
        return f"declaration:{self.key}"


class DeclarationVersion(Base):
    """What an entry said from one moment on. `month` is the first day of the month in which its
    period ends; `declared` and `refunded` are numbers of people, `yuan` went to the body
    `refunded_to`; `receipt_on` is the Shanghai day of discipline inspection's receipt. `sealed` is
    the receipt's number, the note, and why it was corrected, as JSON."""

    __tablename__ = "declaration_version"

    declaration_id: Mapped[int] = mapped_column(ForeignKey("declaration.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    month: Mapped[date]
    declared: Mapped[int]
    refunded: Mapped[int]
    yuan: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    refunded_to: Mapped[str | None] = mapped_column(ForeignKey("unit.code"))
    receipt_on: Mapped[date | None]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    written_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime] = mapped_column(UtcMoment)
