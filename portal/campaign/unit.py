"""A unit: a bureau, an office, a street, a community, or one of the bodies above them."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, choice


class UnitKind(StrEnum):
    """What sort of body a unit is."""

    LEAD = "lead"
    DEPARTMENT = "department"
    OFFICE = "office"
    SECTION = "section"
    STREET = "street"
    COMMUNITY = "community"
    COORDINATOR = "coordinator"
    AUDIT = "audit"
    DISCIPLINE = "discipline"
    POLICE = "police"
    COURT = "court"
    GOVERNMENT = "government"
    SUPERIOR = "superior"


class Unit(Base):
    """One unit. `desk` says whether its officers work a queue here."""

    __tablename__ = "unit"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    short_name: Mapped[str] = mapped_column(String(40))
    kind: Mapped[UnitKind] = mapped_column(choice(UnitKind))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("unit.code"))
    desk: Mapped[bool]
    remit: Mapped[str] = mapped_column(String(400))
    aliases: Mapped[list[str]] = mapped_column(JSON)
    telephone: Mapped[str] = mapped_column(String(40))
    hours: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(120))
    sample: Mapped[bool]
    position: Mapped[int]
