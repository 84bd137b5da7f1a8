"""A monthly return (月报): one version of what a unit says to the unit that it returns to."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin.returns.content import Content
from admin.returns.signed_version import STANDING, ReturnState, SignedVersion
from portal.foundation.database import Base

__all__ = ["STANDING", "MonthlyReturn", "ReturnState"]


class MonthlyReturn(SignedVersion, Base):
    """One version. `last` is the Shanghai day on which its period ends. The remark is sealed as the
    reasons are."""

    __tablename__ = "monthly_return"
    __table_args__ = (
        UniqueConstraint("unit_code", "receiver_code", "last", "version"),
        Index("ix_monthly_return_receiver_code_last", "receiver_code", "last"),
        Index("ix_monthly_return_last", "last"),
    )
    box: ClassVar[str] = "return"
    sealed_columns: ClassVar[tuple[str, ...]] = ("remark", "correction", "sent_back_for")
    one_thing: ClassVar[tuple[str, ...]] = ("unit_code", "receiver_code", "last")

    last: Mapped[date]
    remark: Mapped[bytes | None] = mapped_column(LargeBinary)

    @property
    def said(self) -> Content:
        """What it says."""
        return Content.of(self.content)
