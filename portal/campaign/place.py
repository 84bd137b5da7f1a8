"""A place: a street or township, or a community or village in it."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, choice


class PlaceKind(StrEnum):
    """The two levels that the plans speak of."""

    STREET = "street"
    COMMUNITY = "community"


class Place(Base):
    """One place and the unit that acts there. Codes are the national division codes."""

    __tablename__ = "place"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[PlaceKind] = mapped_column(choice(PlaceKind))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("place.code"))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    aliases: Mapped[list[str]] = mapped_column(JSON)
    position: Mapped[int]
