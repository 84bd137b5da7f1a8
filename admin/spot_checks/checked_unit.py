"""A unit in the frozen frame of a spot check."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.campaign.spot_check_rule import Risk
from portal.foundation.database import Base, choice


class CheckedUnit(Base):
    """One unit. `sealed` is every reason for its stratum, as JSON, for the office alone; `team_id`
    the team that checks it, where it was drawn and given to one."""

    __tablename__ = "spot_check_unit"
    __table_args__ = (Index("ix_spot_check_unit_team_id", "team_id"),)

    check_id: Mapped[int] = mapped_column(ForeignKey("spot_check.id"), primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"), primary_key=True)
    stratum: Mapped[Risk] = mapped_column(choice(Risk))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    drawn: Mapped[bool] = mapped_column(default=False)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("spot_check_team.id"))
