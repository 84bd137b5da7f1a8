"""A bar of a request about one's own information: a unit or a person that may not see it, because
its words accuse them, as those of a case would (信访工作条例 30(3)). Whom the case bars that it is
about, it bars besides."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base


class RightsBar(Base):
    """Exactly one of `unit_code` and `staff_id` is set. It is read in the words when they come, and
    ends where the body in the office's stead finds that they accuse nobody."""

    __tablename__ = "rights_bar"
    __table_args__ = (
        CheckConstraint("(unit_code IS NULL) <> (staff_id IS NULL)", name="one_target"),
        Index("ix_rights_bar_request_id_unit_code", "request_id", "unit_code"),
        Index("ix_rights_bar_staff_id", "staff_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("rights_request.id"))
    unit_code: Mapped[str | None] = mapped_column(ForeignKey("unit.code"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
