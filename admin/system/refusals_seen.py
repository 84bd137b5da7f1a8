"""What was refused, for those who look after it: sums of days for the system administrator, and for
whoever oversees what others read those who were refused so often that somebody should ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from admin.system.readings import Overseer, names_of, office_heads
from portal.foundation import clock
from portal.foundation.day_counts import DayCounts, Refused

# An old link, a case that went to another unit, a slip of the hand: that makes a few in a day.
MOST_PAGES = 20
# Whoever forgot his password asks for a new link before that.
MOST_SIGN_INS = 10
_MOST = {Refused.PAGE: MOST_PAGES, Refused.SIGN_IN: MOST_SIGN_INS}
_WEEK = timedelta(days=6)


@dataclass(frozen=True)
class RefusedOften:
    """Somebody who was refused more often on a day than slips explain."""

    what: Refused
    name: str
    on: date
    times: int


def refused_often(
    session: Session, overseer: Overseer, counts: DayCounts, since: date
) -> list[RefusedOften]:
    """Those whom this overseer may ask, newest first; discipline inspection is told of those who
    head the office."""
    if not overseer.is_told:
        return []
    return sorted(_often(session, overseer, counts, since), key=lambda one: one.on, reverse=True)


def _often(
    session: Session, overseer: Overseer, counts: DayCounts, since: date
) -> Iterator[RefusedOften]:
    heads = office_heads(session, overseer.book)
    for what, most in _MOST.items():
        found = {one: times for one, times in counts.since(since, what).items() if times > most}
        names = names_of(session, {who: None for _, who in found})
        for (on, who), times in found.items():
            asks = overseer.may_ask_about(who, heads)
            told = asks or (overseer.disciplines and who in heads and who != overseer.staff.id)
            if told and who in names:
                yield RefusedOften(what, names[who], on, times)


def sums(counts: DayCounts) -> dict[Refused, tuple[int, int]]:
    """Of everything that is counted how often it was refused today, and in seven days."""
    today, found = clock.today(), {}
    for what in Refused:
        by_day = counts.since(today - _WEEK, what)
        of_today = sum(times for (day, _), times in by_day.items() if day == today)
        found[what] = (of_today, sum(by_day.values()))
    return found
