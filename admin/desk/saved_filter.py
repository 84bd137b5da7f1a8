"""The filters of the queue that somebody saved for himself: codes as the queue's address spells
them, and nothing that anybody typed. What they are called is made from the filters' own words."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.foundation.database import Base

MOST = 20


class TooMany(Exception):
    """Somebody has saved as many filters as anybody may."""


class SavedFilter(Base):
    """One list of the queue, saved by one person."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("staff_id", "query"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    query: Mapped[str] = mapped_column(String(300))


def saved_by(session: Session, staff_id: int) -> Sequence[str]:
    """The queries that a person saved, in the order he saved them."""
    found = select(SavedFilter.query).where(SavedFilter.staff_id == staff_id)
    return session.scalars(found.order_by(SavedFilter.id)).all()


def save(session: Session, staff_id: int, query: str) -> None:
    """Save a query; one that is saved already stays as it is.

    Raises:
        TooMany: see there.
    """
    saved = saved_by(session, staff_id)
    if query in saved:
        return
    if len(saved) >= MOST:
        raise TooMany
    session.add(SavedFilter(staff_id=staff_id, query=query))
    session.flush()


def drop(session: Session, staff_id: int, query: str) -> None:
    """Forget a query; of others' nothing is lost."""
    session.execute(
        delete(SavedFilter).where(SavedFilter.staff_id == staff_id, SavedFilter.query == query)
    )
