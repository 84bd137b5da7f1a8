"""A bar: a unit or a person that may not see a case, because it is accused (信访工作条例 30(3))."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, event, update
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from intake.cases.case import Case
from intake.cases.receipt import Receipt
from portal.foundation.database import Base, UtcMoment, choice


class BarSource(StrEnum):
    """Who set the bar: the reporter said so, the rules read it in the words, or that the unit has
    decided before; the staff; or another part of the same message accuses."""

    REPORTER = "reporter"
    WORDS = "words"
    REVIEW = "review"
    STAFF = "staff"
    RELATIVE = "relative"


# What only the rules said, the office may take back.
BY_RULES = frozenset({BarSource.WORDS, BarSource.REVIEW})


class Bar(Base):
    """Exactly one of `unit_code` and `staff_id` is set."""

    __tablename__ = "bar"
    __table_args__ = (
        CheckConstraint("(unit_code IS NULL) <> (staff_id IS NULL)", name="one_target"),
        Index("ix_bar_case_id_unit_code", "case_id", "unit_code"),
        Index("ix_bar_staff_id", "staff_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    unit_code: Mapped[str | None] = mapped_column(ForeignKey("unit.code"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    source: Mapped[BarSource] = mapped_column(choice(BarSource))
    named: Mapped[bool]
    set_at: Mapped[datetime] = mapped_column(UtcMoment)


@event.listens_for(Bar, "after_insert")
def _mark_case(_mapper: Mapper[Bar], connection: Connection, bar: Bar) -> None:
    """Mark the case: a bar without its mark would be overlooked; whoever is barred hasn't taken it
    on any more; and what accuses somebody isn't found by its reporter's telephone. Registration,
    which stores its bars by the table, opens the case with the mark."""
    connection.execute(update(Case).where(Case.id == bar.case_id).values(barred=True))
    forgotten = update(Receipt).where(Receipt.case_id == bar.case_id)
    connection.execute(forgotten.values(contact_mark=None))
    if bar.staff_id is not None:
        his = (Case.id == bar.case_id, Case.claimed_by == bar.staff_id)
        connection.execute(update(Case).where(*his).values(claimed_by=None))
