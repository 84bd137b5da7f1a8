"""The only place that asks what time it is, so that tests can stop the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


_shifted_by = timedelta()


def _real_time() -> datetime:
    return datetime.now(UTC) + _shifted_by


_source: Callable[[], datetime] = _real_time


def shift(by: timedelta) -> None:
    """Let the clock go so much ahead of the real one, or behind it. For demonstrations."""
    global _shifted_by
    _shifted_by = by


def now() -> datetime:
    """The moment, in UTC."""
    return _source()


def today() -> date:
    """The day in Shanghai, by which every legal clock counts."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The Shanghai day on which a moment fell."""
    return moment.astimezone(SHANGHAI).date()


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Let `now()` answer `moment` until the block ends. For tests and for looking back."""
    global _source
    # An event is chained by its moment as it is written, and read back in UTC.
    in_utc = moment.astimezone(UTC)
    before, _source = _source, lambda: in_utc
    try:
        yield
    finally:
        _source = before
