"""What a visited unit was told to do, and by when."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, choice


class OrderState(StrEnum):
    """How far an order of a round is."""

    GIVEN = "given"
    REPORTED = "reported"
    DONE = "done"

    @property
    def official(self) -> str:
        """The word on its pages."""
        return {"given": "要办", "reported": "报了，等办公室看", "done": "办完了"}[self.value]


class RoundOrder(Base):
    """One order. Its sentences are sealed to the office and the unit; days are Shanghai's."""

    __tablename__ = "round_order"
    __table_args__ = (Index("ix_round_order_visit_id", "visit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(8), unique=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("round_visit.id"))
    state: Mapped[OrderState] = mapped_column(choice(OrderState))
    due_on: Mapped[date]
    given_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    reported_on: Mapped[date | None]
    done_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    def is_late(self, today: date) -> bool:
        """Whether its day passed without a report."""
        return self.state is OrderState.GIVEN and self.due_on < today
