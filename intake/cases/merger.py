"""A merger (并案): a case is handled together with another one, which leads."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from intake.cases.case_link import Relation
from intake.rules.lifecycle import State
from portal.foundation.database import Base, UtcMoment, choice


class Merger(Base):
    """One case's merging into its lead: at most one at a time. `former_state` and `unit_code` are
    where it was when it was merged, and where it is again when that is undone. `key` names the
    merger in events."""

    __tablename__ = "merger"
    __table_args__ = (
        CheckConstraint("case_id <> lead_id", name="two_cases"),
        Index(
            "ix_merger_case_id",
            "case_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_merger_lead_id", "lead_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(20), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    lead_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    how: Mapped[Relation] = mapped_column(choice(Relation))
    former_state: Mapped[State] = mapped_column(choice(State))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    merged_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    merged_at: Mapped[datetime] = mapped_column(UtcMoment)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcMoment)
