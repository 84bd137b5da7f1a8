"""A problem that was handed to discipline inspection, police or court (移送): a mark beside its
state, for the office alone."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base


class ProblemReferral(Base):
    """To which body, on which Shanghai day, and how many people it dealt with: by organisational
    measures (组织处理), discipline (党纪政务处分), courts (司法). Numbers only; what was heard
    is sealed to the office."""

    __tablename__ = "problem_referral"

    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"), primary_key=True)
    body_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    referred_on: Mapped[date]
    organisational: Mapped[int] = mapped_column(default=0)
    disciplinary: Mapped[int] = mapped_column(default=0)
    judicial: Mapped[int] = mapped_column(default=0)
    concluded_on: Mapped[date | None]
    heard: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)
    noted_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
