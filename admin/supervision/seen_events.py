"""How far in the chain the worker has looked for what makes it suggest supervision."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base


class SeenEvents(Base):
    """One row: the last event that was looked at. Events join the chain in their order, so that
    nothing before it can come later."""

    __tablename__ = "supervision_seen_events"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    seq: Mapped[int]
