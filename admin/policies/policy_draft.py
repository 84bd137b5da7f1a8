"""A draft of changes to the policy list, before a second reader releases it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from admin.publishing.result_draft import DraftState
from portal.foundation.database import Base, UtcMoment, choice


class PolicyDraft(Base):
    """One draft of `number` policies. `sealed` is what it would change, why and from when, and the
    answers to what the leak check found, as JSON in a compartment of the office."""

    __tablename__ = "policy_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(20), unique=True)
    state: Mapped[DraftState] = mapped_column(choice(DraftState))
    number: Mapped[int]
    drafted_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    drafted_at: Mapped[datetime] = mapped_column(UtcMoment)
    released_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    released_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def label(self) -> str:
        """What its compartment goes by."""
        return f"policies|{self.key}"
