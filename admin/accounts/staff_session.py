"""A sign-in that is still good. The cookie holds the token, the database only its hash."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment

# A working day with overtime: whoever comes back the next morning signs in anew.
LASTS = timedelta(hours=10)
# A desk left alone closes by itself (ASVS 7.3.1).
IDLE = timedelta(minutes=30)


class StaffSession(Base):
    """One browser of one person. `form_key` makes the token that stands in this session's forms.

    `proved_at` is when he last proved his second factor in it, at first by signing in.
    """

    __tablename__ = "staff_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    form_key: Mapped[str] = mapped_column(String(64))
    signed_in_at: Mapped[datetime] = mapped_column(UtcMoment)
    expires_at: Mapped[datetime] = mapped_column(UtcMoment)
    proved_at: Mapped[datetime] = mapped_column(UtcMoment)
    # Made with a key that the public side lacks: a moment written into the row proves nothing.
    proved_stamp: Mapped[str] = mapped_column(String(64))

    @property
    def handle(self) -> str:
        """A short name by which its owner can end it; the token can't be had from it."""
        return self.token_hash[:16]

    def is_good(self, *, seen_at: datetime | None, now: datetime) -> bool:
        """Whether it has neither ended nor been left alone. Never seen counts from the proof. Where
        the clock was set back farther than that, nobody knows how long it was left alone."""
        return now < self.expires_at and abs(now - (seen_at or self.proved_at)) < IDLE
