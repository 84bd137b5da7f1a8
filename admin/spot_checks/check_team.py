"""The teams of a spot check: two people or more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class CheckTeam(Base):
    """One team. What it writes down lies in a box of its own, which the office and the units that
    its members serve hold."""

    __tablename__ = "spot_check_team"
    __table_args__ = (Index("ix_spot_check_team_check_id", "check_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("spot_check.id"))
    made_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime] = mapped_column(UtcMoment)


class TeamMember(Base):
    """Who is in a team."""

    __tablename__ = "spot_check_member"

    team_id: Mapped[int] = mapped_column(ForeignKey("spot_check_team.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True, index=True)
