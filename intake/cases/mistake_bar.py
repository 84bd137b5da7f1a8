"""A bar of a mistake on the site: a unit or a person that may not see it, because its words accuse
them, as those of a case would (信访工作条例 30(3))."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base


class MistakeBar(Base):
    """Exactly one of `unit_code` and `staff_id` is set. It is read in the words when they come, and
    ends where the body in the office's stead finds that they accuse nobody."""

    __tablename__ = "mistake_bar"
    __table_args__ = (
        CheckConstraint("(unit_code IS NULL) <> (staff_id IS NULL)", name="one_target"),
        Index("ix_mistake_bar_mistake_id_unit_code", "mistake_id", "unit_code"),
        Index("ix_mistake_bar_staff_id", "staff_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mistake_id: Mapped[int] = mapped_column(ForeignKey("site_mistake.id"))
    unit_code: Mapped[str | None] = mapped_column(ForeignKey("unit.code"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
