"""A unit's part of a summary (总结材料): one version of what it gives to the office."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin.returns.signed_version import SignedVersion
from admin.summaries.part_content import PartContent
from portal.foundation.database import Base


class Contribution(SignedVersion, Base):
    """One version, of the summary that hangs on the calendar's `duty`. `body` holds its sentences,
    sealed as the reasons are."""

    __tablename__ = "contribution"
    __table_args__ = (
        UniqueConstraint("unit_code", "duty", "version"),
        Index("ix_contribution_duty", "duty"),
    )
    box: ClassVar[str] = "contribution"
    sealed_columns: ClassVar[tuple[str, ...]] = ("body", "correction", "sent_back_for")
    one_thing: ClassVar[tuple[str, ...]] = ("unit_code", "duty")

    duty: Mapped[str] = mapped_column(String(40))
    body: Mapped[bytes] = mapped_column(LargeBinary)

    @property
    def said(self) -> PartContent:
        """What it says."""
        return PartContent.of(self.content)
