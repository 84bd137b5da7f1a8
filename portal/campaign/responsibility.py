"""谁主管谁负责 as dated rows: policy × problem type × place → unit (plan 四(二))."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.campaign.kinds import Kind
from portal.foundation.database import Base, UtcMoment, choice
from portal.foundation.staff import Staff


class Actor(StrEnum):
    """Who did what the case is about, where that decides who handles it (plan 四(四))."""

    BANK = "bank"
    UNIT = "unit"

    @property
    def official(self) -> str:
        """The word on the officers' pages."""
        return {Actor.BANK: "银行做的", Actor.UNIT: "单位做的"}[self]


class Responsibility(Base):
    """One row. An empty cell stands for any; a row holds from `valid_from` to `valid_to`, both
    included.

    A row is added once and ended at most once, never changed otherwise and never taken away once it
    has held, so that it can always be said who was in charge. `added_by` and `ended_by` are the
    members of staff who did so in the browser; None: the campaign's own file did.
    """

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
    added_by: Mapped[int | None] = mapped_column(ForeignKey(Staff.id))
    added_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey(Staff.id))
    ended_at: Mapped[datetime | None] = mapped_column(UtcMoment)

    @property
    def cell(self) -> tuple[str | None, ...]:
        """What the row is about. Two rows of one cell must not hold on the same day."""
        return (self.policy_code, self.problem_code, self.place_code, self.kind, self.actor)

    @property
    def withdrawn(self) -> bool:
        """Whether it was taken back before its first day was over."""
        return self.valid_to is not None and self.valid_to < self.valid_from

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on a Shanghai day."""
        return self.valid_from <= day <= (self.valid_to or date.max)

    def meets(self, valid_from: date, valid_to: date | None) -> bool:
        """Whether it holds on any day of a span; None: the span doesn't end."""
        first = max(self.valid_from, valid_from)
        return first <= min(self.valid_to or date.max, valid_to or date.max)
