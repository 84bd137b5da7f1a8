"""That the dates of cases are to be counted again, and how far that is."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment

# Whoever registers or handles a case counts its dates before his turn to write comes: for so long,
# a date counted by the old calendar may still be stored.
_STRAGGLERS = timedelta(minutes=1)


class Recount(Base):
    """One row while dates are to be counted again after the calendar changed; none otherwise.

    One row and no mark on each case: cases are gone through by their ids, so that the last one done
    says everything, and neither the case's table nor its indexes grow for what happens once a year.
    Dates before `from_day` can't move. `again`: everything was gone through once, and is looked at
    a second time for what was being written just then.
    """

    __tablename__ = "recount"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    from_day: Mapped[date]
    done_to: Mapped[int]
    loaded_at: Mapped[datetime] = mapped_column(UtcMoment)
    again: Mapped[bool]

    @property
    def place(self) -> tuple[datetime, bool, int]:
        """How far it is; differs after every step."""
        return self.loaded_at, self.again, self.done_to

    def is_due(self, now: datetime) -> bool:
        """Whether there is something to do now."""
        return not self.again or now >= self.loaded_at + _STRAGGLERS
