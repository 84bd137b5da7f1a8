"""A row of a published list of recipients. There is no column for anything that may not be read."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base

# So many stand on one page.
ROWS = 50


class DistributionRow(Base):
    """Who received what: the masked name, the community (or none), how many people it is for, by
    which standard, how much in yuan. `position` counts from 1."""

    __tablename__ = "distribution_row"
    __table_args__ = (
        UniqueConstraint("distribution_number", "position"),
        Index("ix_distribution_row_name", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    distribution_number: Mapped[str] = mapped_column(ForeignKey("distribution.number"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(20))
    community_code: Mapped[str | None] = mapped_column(ForeignKey("place.code"))
    people: Mapped[int]
    standard: Mapped[str] = mapped_column(String(200))
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 2))
