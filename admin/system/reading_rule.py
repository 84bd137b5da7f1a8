"""When somebody reads so much that others should know. It accuses nobody: whoever covers for a
colleague, or sorts after a holiday, reads much as well. It makes somebody ask."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from portal.foundation.clock import SHANGHAI

# So many cases nobody who handles them one by one gets through on a day; fewer are never much.
LEAST = 30
# Ordinary busy days are up to twice what somebody usually reads.
TIMES = 3
# A month's work: a holiday or a hectic week doesn't move its median.
WORKING_DAYS = 20
# At night and on days off few have work to do; who reads so much then should be asked why.
MOST_OUTSIDE = 20
# Evenings at the office are usual while a campaign runs, nights aren't.
FROM_HOUR, TO_HOUR = 7, 21


@dataclass(frozen=True)
class DayOfReading:
    """How many different cases somebody read on one day, and how many of them outside the hours in
    which people work."""

    cases: int
    outside: int

    @classmethod
    def of(cls, moments: Iterable[datetime], *, working: bool) -> DayOfReading:
        """The moments at which cases were first read on a day that is a working day or isn't."""
        read = list(moments)
        return cls(len(read), sum(_is_outside(one, working=working) for one in read))

    def is_unusual(self, most: int) -> bool:
        """Whether somebody should ask, where `most` cases are still usual."""
        return self.cases > most or self.outside > MOST_OUTSIDE


def most_in_a_day(before: Sequence[int]) -> int:
    """Up to how many cases in a day nobody wonders, by what was read on each of the last working
    days, those without any among them."""
    usual = median(before) if before else 0
    return max(LEAST, math.ceil(TIMES * usual))


def _is_outside(moment: datetime, *, working: bool) -> bool:
    return not working or not FROM_HOUR <= moment.astimezone(SHANGHAI).hour < TO_HOUR
