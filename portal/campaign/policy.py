"""A subsidy policy, a row of the policy list (政策清单, plan 三(一)5)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base


class SourceStatus(StrEnum):
    """How well a policy's row was checked against its source."""

    VERIFIED = "verified"
    PART = "part"
    MEMORY = "memory"

    @property
    def official(self) -> str:
        """The word in the office's tables."""
        return {
            SourceStatus.VERIFIED: "对照原文核对过",
            SourceStatus.PART: "核对了一部分",
            SourceStatus.MEMORY: "没有核对",
        }[self]


class Policy(Base):
    """One subsidy. `discreet`: its very name tells an illness, a disability or a loss, so that
    lists of recipients may show sums only. `in_scope`: whether the plan counts its fund (三).
    `ended_on`: the last Shanghai day on which it was paid; it can still be reported about.

    What it said on other days stands in its versions (`PolicyVersion`)."""

    __tablename__ = "policy"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    eligibility: Mapped[str] = mapped_column(String(600))
    standard: Mapped[str] = mapped_column(String(400))
    payment: Mapped[str] = mapped_column(String(400))
    apply_at: Mapped[str] = mapped_column(String(400), default="")
    materials: Mapped[str] = mapped_column(String(600), default="")
    legal_basis: Mapped[str] = mapped_column(String(600))
    aliases: Mapped[list[str]] = mapped_column(JSON)
    needs: Mapped[list[str]] = mapped_column(JSON)
    discreet: Mapped[bool]
    in_scope: Mapped[bool]
    source_status: Mapped[str] = mapped_column(String(20))
    ended_on: Mapped[date | None]
    checked_on: Mapped[date | None]
    sample: Mapped[bool]
    position: Mapped[int]
