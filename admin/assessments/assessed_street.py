"""A street whose recipients are assessed: how many there are, not who."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class AssessedStreet(Base):
    """One street of an assessment. `recipients` is the number of rows of its own list, of which
    `list_mark` says by what it is known again: its SHA-256, or the number of a sealed paper copy.
    `drawn` is how many rows were drawn, without reserves. `version` counts what was said of the
    list."""

    __tablename__ = "assessment_street"

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"), primary_key=True, index=True)
    recipients: Mapped[int | None]
    list_mark: Mapped[str | None] = mapped_column(String(80))
    reported_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    reported_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    drawn: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
