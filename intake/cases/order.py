"""An order (来单): what another body sent under a number of its own, and until when it wants to
hear what became of it (plan 四(三), 五(二)2)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.cases.case import NO_DUE_DATE, Channel
from portal.foundation.database import Base, UtcMoment, choice


class Order(Base):
    """The order that a case came as. The sender's number is sealed, and known again by a stamp that
    only the staff side can make: with it in the clear, whoever reads the database and the sender's
    system would know who rang.

    `answer_by` is the Shanghai day on which the sender wants its answer, far away where it named
    none. `from_unit` is the unit that sent it, where that has an account here.
    """

    __tablename__ = "order"
    __table_args__ = (
        # The list is read by date, of all sources or of one.
        Index("ix_order_answered_on_answer_by", "answered_on", "answer_by"),
        Index("ix_order_source_answered_on_answer_by", "source", "answered_on", "answer_by"),
        Index("ix_order_from_unit_entered_at", "from_unit", "entered_at"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    source: Mapped[Channel] = mapped_column(choice(Channel))
    number_stamp: Mapped[str] = mapped_column(String(64), unique=True)
    number_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    from_unit: Mapped[str | None] = mapped_column(ForeignKey("unit.code"))
    ordered_on: Mapped[date]
    answer_by: Mapped[date]
    entered_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcMoment)
    # How often its sender has sent it; more than once where an answer wouldn't do.
    times: Mapped[int] = mapped_column(default=1)
    answered_on: Mapped[date | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    @property
    def wanted_by(self) -> date | None:
        """The day on which the sender wants its answer, None where it named none."""
        return None if self.answer_by == NO_DUE_DATE else self.answer_by
