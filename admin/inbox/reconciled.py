"""Until when a provider's list is known to hold nothing that we haven't got."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.foundation.database import Base, UtcMoment


class Reconciled(Base):
    """One row for a provider. It lies in the database, so that a restored backup looks back to
    where it was taken."""

    __tablename__ = "reconciled"

    provider: Mapped[str] = mapped_column(String(20), primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcMoment)


def reconciled_until(session: Session, provider: str) -> datetime | None:
    """Until when; None where the list was never read to its end."""
    row = session.get(Reconciled, provider)
    return row.until if row else None


def note_reconciled(session: Session, provider: str, until: datetime) -> None:
    """Note that the list was read to its end, and all of it taken in."""
    row = session.get(Reconciled, provider) or Reconciled(provider=provider)
    row.until = until
    session.add(row)
