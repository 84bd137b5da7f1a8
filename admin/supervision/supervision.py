"""A supervision (专项督办, plan 五(二)2): the office demands something of whoever has a case, by a
date of its own."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.campaign.supervision_rule import Trigger
from portal.foundation.database import Base, UtcMoment, choice


class SupervisionOutcome(StrEnum):
    """How a supervision ended."""

    DONE = "done"
    PARTLY = "partly"
    UNFOUNDED = "unfounded"
    NEEDLESS = "needless"

    @property
    def official(self) -> str:
        """The words on the officers' pages."""
        return {
            SupervisionOutcome.DONE: "要求都落实了",
            SupervisionOutcome.PARTLY: "落实了一部分，其余照常办",
            SupervisionOutcome.UNFOUNDED: "查过，没有这回事",
            SupervisionOutcome.NEEDLESS: "不用再督办",
        }[self]


_OPEN = text("closed_at IS NULL")


class Supervision(Base):
    """One supervision of a case; a case has one open at a time, and others after it. `due_on` is
    the Shanghai day by which the unit reports. What was demanded and said since is sealed with the
    case."""

    __tablename__ = "supervision"
    __table_args__ = (
        Index("ix_supervision_case_id", "case_id"),
        Index(
            "uq_supervision_open",
            "case_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        # The list of what is open, the earliest date first.
        Index("ix_supervision_due_on", "due_on", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    trigger: Mapped[Trigger] = mapped_column(choice(Trigger))
    opened_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcMoment)
    due_on: Mapped[date]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    outcome: Mapped[SupervisionOutcome | None] = mapped_column(choice(SupervisionOutcome))
