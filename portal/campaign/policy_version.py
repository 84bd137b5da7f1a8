"""A dated version of a policy: what the list said anew, from which day, and why."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment
from portal.foundation.staff import Staff


class PolicyVersion(Base):
    """One version; versions are only ever added. `fields` holds everything in the first one and in
    each later one what it changed, so that a version that holds later takes back nothing that was
    changed meanwhile.

    `holds_from` is a Shanghai day; None: what the campaign's data said at first, since when isn't
    known. `released_by` is who released it; None: the campaign's data did. `waits` says that its
    day lies ahead and `Policy` doesn't show it yet.
    """

    __tablename__ = "policy_version"
    __table_args__ = (UniqueConstraint("policy_code", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_code: Mapped[str] = mapped_column(ForeignKey("policy.code"))
    number: Mapped[int]
    released_at: Mapped[datetime] = mapped_column(UtcMoment)
    released_by: Mapped[int | None] = mapped_column(ForeignKey(Staff.id))
    holds_from: Mapped[date | None]
    waits: Mapped[bool]
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(String(400))

    @property
    def place(self) -> tuple[date, int]:
        """Where it stands among the versions of its policy: by its day, then by its number."""
        return self.holds_from or date.min, self.number
