"""A correction (更正): what the office said of the rules' first decision on a case.

Each is a labelled example. What was right stands sealed with the case; here is only whether the
rules had it right, so that it can be counted.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class Correction(Base):
    """One judgement; the last one of a case counts."""

    __tablename__ = "correction"
    __table_args__ = (Index("ix_correction_case_id", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime] = mapped_column(UtcMoment)
    unit_right: Mapped[bool]
    kind_right: Mapped[bool]
    policy_right: Mapped[bool]
    problem_right: Mapped[bool]
    accused_right: Mapped[bool]
