"""What the worker does again and again, and how it went last: a row for each of its jobs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class WorkerJob(Base):
    """One job. Of an error only its type is kept, with when it happened; its text is in the log."""

    __tablename__ = "worker_job"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    last_run_at: Mapped[datetime] = mapped_column(UtcMoment)
    next_run_at: Mapped[datetime] = mapped_column(UtcMoment)
    last_error: Mapped[str | None] = mapped_column(String(80))
    failed_at: Mapped[datetime | None] = mapped_column(UtcMoment)
