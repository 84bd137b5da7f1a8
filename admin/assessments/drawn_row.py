"""A row that was drawn (样本): the number of a line in a list that the street keeps."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base


class DrawnRow(Base):
    """One row. `place` is its place in the draw, from 1. `staff_id` asks there, and wrote something
    down on the Shanghai day `entered_on`; what, even whether anybody answered, is sealed for the
    office and the units that he serves.

    A reserve has no such day: that it was asked would say that somebody of its street complained.
    From the first entry of its interviewer in the street on it is `sealed`, asked or not."""

    __tablename__ = "assessment_row"
    __table_args__ = (
        UniqueConstraint("assessment_id", "unit_code", "row_number"),
        Index("ix_assessment_row_staff_id", "staff_id", "assessment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    place: Mapped[int]
    row_number: Mapped[int]
    is_reserve: Mapped[bool]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    entered_on: Mapped[date | None]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
