"""A spot check (重点抽查): from the frame that is put together to the draw."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class CheckState(StrEnum):
    """How far a spot check is."""

    PREPARING = "preparing"
    FROZEN = "frozen"
    DRAWN = "drawn"
    DROPPED = "dropped"
    GIVEN_UP = "given_up"

    @property
    def official(self) -> str:
        """The word on the staff's pages."""
        return {
            CheckState.PREPARING: "定名册",
            CheckState.FROZEN: "等公开号码",
            CheckState.DRAWN: "抽过了",
            CheckState.DROPPED: "不抽了",
            CheckState.GIVEN_UP: "作废了",
        }[self]


class SpotCheck(Base):
    """One spot check. `seed` is sealed to the office until it is revealed; its commit stands in the
    published record. `asked`, `weights` and `number_on`, the Shanghai day of the public number, are
    set when the frame is frozen. `give_up_by` proposed to give it up; `give_up_why` is sealed to
    the office until it is published."""

    __tablename__ = "spot_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    state: Mapped[CheckState] = mapped_column(choice(CheckState))
    opened_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcMoment)
    asked: Mapped[int | None]
    weights: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    number_on: Mapped[date | None]
    seed: Mapped[bytes | None] = mapped_column(LargeBinary)
    frozen_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    drawn_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    give_up_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    give_up_why: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)


class OwnReason(Base):
    """Why the office wants a unit to stand in some stratum. What it is lies sealed for the office;
    that there is one is known to nobody else."""

    __tablename__ = "spot_check_reason"
    __table_args__ = (Index("ix_spot_check_reason_check_id", "check_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("spot_check.id"))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime] = mapped_column(UtcMoment)
