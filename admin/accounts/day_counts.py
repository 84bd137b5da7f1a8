"""Where refusals of this machine are counted by the day."""

from __future__ import annotations

from admin.accounts.cookie import settings
from portal.foundation.day_counts import DayCounts


def day_counts() -> DayCounts:
    """The counts of this machine."""
    return DayCounts(settings().database_dir)
