"""A time limit with its source: data of the campaign, never a constant in code."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.campaign.kinds import Kind
from portal.foundation.database import Base, choice

# Matters that no other procedure is for go this way (信访工作条例 31(6)).
USUAL_ROUTE = "6"


class DayUnit(StrEnum):
    """Calendar days or working days of the Chinese calendar."""

    DAYS = "d"
    WORKING_DAYS = "wd"


class SourceKind(StrEnum):
    """Whether a limit is law or our own promise; where both exist, the earlier date wins."""

    LAW = "law"
    PROMISE = "promise"


class ClockRule(Base):
    """`limit` days after the event `starts`, day 0 being that event's day. `kind` None means every
    kind.

    `route` narrows a row to one of the routes of 信访工作条例 31. `extension` is how many days may
    be added once, in the row's own unit. `pause` names what stops the clock, where the source
    grants that: each time for `pause_limit` working days at most, `pause_times` times at most;
    None: as long, and as often, as it takes.
    """

    __tablename__ = "clock_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind | None] = mapped_column(choice(Kind))
    clock: Mapped[str] = mapped_column(String(40))
    starts: Mapped[str] = mapped_column(String(40))
    limit: Mapped[int] = mapped_column("day_limit")
    unit: Mapped[DayUnit] = mapped_column(choice(DayUnit))
    source_kind: Mapped[SourceKind] = mapped_column(choice(SourceKind))
    source: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(400))
    route: Mapped[str | None] = mapped_column(String(4))
    extension: Mapped[int | None]
    pause: Mapped[str | None] = mapped_column(String(20))
    pause_limit: Mapped[int | None]
    pause_times: Mapped[int | None]

    @property
    def is_usual(self) -> bool:
        """Whether the row holds where nobody chose another route."""
        return self.route in {None, USUAL_ROUTE}

    @property
    def in_working_days(self) -> bool:
        """Whether `limit` counts working days."""
        return self.unit is DayUnit.WORKING_DAYS

    @property
    def is_law(self) -> bool:
        """Whether `limit` is law, and no mere promise."""
        return self.source_kind is SourceKind.LAW
