"""谁主管谁负责 as dated rows: policy × problem type × place → unit (plan 四(二))."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.campaign.kinds import Kind
from portal.foundation.database import Base, choice


class Actor(StrEnum):
    """Who did what the case is about, where that decides who handles it (plan 四(四))."""

    BANK = "bank"
    UNIT = "unit"


class Responsibility(Base):
    """One row. An empty cell stands for any; a row holds from `valid_from` to `valid_to`, both
    included."""

    __tablename__ = "responsibility"

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_code: Mapped[str | None] = mapped_column(ForeignKey("policy.code"))
    problem_code: Mapped[str | None] = mapped_column(ForeignKey("problem_type.code"))
    place_code: Mapped[str | None] = mapped_column(ForeignKey("place.code"))
    kind: Mapped[Kind | None] = mapped_column(choice(Kind))
    actor: Mapped[Actor | None] = mapped_column(choice(Actor))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    basis: Mapped[str] = mapped_column(String(400))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on a Shanghai day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
