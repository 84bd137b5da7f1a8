"""When something is due, and how that day was counted: a pure function of events and the calendar.

Day 0 is the day of the starting event, whatever the hour. Nothing is read or stored here, so that
every due date can be counted again at any time and comes out the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

_ONE_DAY = timedelta(days=1)
_PAUSED = "暂停计时"
_MADE_UP = "调休上班"
_WEEKEND = "周末"
_SATURDAY = 5


@dataclass(frozen=True)
class Pause:
    """Days that aren't counted, the first and the last among them, and why."""

    first: date
    last: date
    why: str = _PAUSED


class Calendar(Protocol):
    """What counting needs to know about days."""

    def is_working(self, day: date) -> bool:
        """Whether the day is worked."""

    def why_off(self, day: date) -> str:
        """Why a day isn't worked, in words for a citizen."""

    def is_known(self, day: date) -> bool:
        """Whether the official arrangement for the day is loaded."""


@dataclass(frozen=True)
class CountedDay:
    """One day after the starting event. `why` says why it was left out, or why a weekend day was
    not."""

    day: date
    counted: bool
    why: str


@dataclass(frozen=True)
class Working:
    """A due date (a Shanghai date) with every day that led to it, the start itself left out.

    `tentative` means that the official calendar doesn't reach so far yet (暂定), `extended_by` how
    many of the days were added by an extension."""

    due_on: date
    days: tuple[CountedDay, ...]
    tentative: bool
    rule_source: str = ""
    in_working_days: bool = True
    extended_by: int = 0

    @property
    def counted(self) -> tuple[date, ...]:
        """The days that count, in order; the last one is the due date."""
        return tuple(one.day for one in self.days if one.counted)

    def by(self, rule_source: str) -> Working:
        """The same date with the law or the promise that it rests on."""
        return replace(self, rule_source=rule_source)


def due(
    rule_limit: int,
    in_working_days: bool,
    start_on: date,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    extended_by: int = 0,
) -> Working:
    """Count `rule_limit + extended_by` days from `start_on`, in working or in calendar days.

    Pass a pause only where the cited source grants it (政府信息公开条例 32, for example). A limit
    of 0 is due on the starting day itself.

    Raises:
        ValueError: a number of days is negative.
    """
    if rule_limit < 0 or extended_by < 0:
        raise ValueError("a time limit can't be negative")
    days: list[CountedDay] = []
    day, left = start_on, rule_limit + extended_by
    while left:
        day += _ONE_DAY
        one = _judge(day, calendar if in_working_days else None, pauses)
        days.append(one)
        left -= one.counted
    return Working(
        day,
        tuple(days),
        not calendar.is_known(day),
        in_working_days=in_working_days,
        extended_by=extended_by,
    )


def spread(start_on: date, due_on: date, calendar: Calendar) -> Working:
    """A due date that somebody set, with the working days that lead to it from `start_on`."""
    length = max((due_on - start_on).days, 0)
    days = (start_on + timedelta(days=n) for n in range(1, length + 1))
    judged = tuple(_judge(day, calendar, ()) for day in days)
    return Working(due_on, judged, not calendar.is_known(due_on))


def earlier(a: Working, b: Working) -> Working:
    """The one that is due first, as where law and promise differ; on the same day, the first
    named."""
    return b if b.due_on < a.due_on else a


def words(working: Working, today: date) -> str:
    """How much time is left, as a queue shows it. Days overdue are calendar days."""
    if today > working.due_on:
        return f"超期{(today - working.due_on).days}天"
    if today == working.due_on:
        return "今天到期"
    left = sum(day > today for day in working.counted)
    return f"还有{left}{_unit(working)}"


def sentence(working: Working) -> str:
    """The working in words: the days that count, those left out with the reason, and any doubt."""
    if not working.days:
        return "当天到期。"
    spelled = _spelled(working.counted)
    parts = [f"{len(working.counted)}{_unit(working)}：{spelled}。"]
    if working.extended_by:
        parts.append(f"其中{working.extended_by}{_unit(working)}是延期。")
    made_up = [one.day for one in working.days if one.counted and one.why]
    if made_up:
        parts.append(f"{_spelled(made_up)}{_MADE_UP}，也算。")
    skipped = _by_reason(one for one in working.days if not one.counted)
    if skipped:
        parts.append("不算：" + "、".join(f"{why}（{_spelled(d)}）" for why, d in skipped) + "。")
    if working.tentative:
        parts.append(f"{working.due_on.year}年的放假安排还没有公布，日期暂定。")
    return "".join(parts)


def _judge(day: date, calendar: Calendar | None, pauses: Sequence[Pause]) -> CountedDay:
    """Without a calendar every day counts that isn't paused."""
    for pause in pauses:
        if pause.first <= day <= pause.last:
            return CountedDay(day, False, pause.why)
    if calendar is None:
        return CountedDay(day, True, "")
    if not calendar.is_working(day):
        return CountedDay(day, False, calendar.why_off(day))
    return CountedDay(day, True, _MADE_UP if day.weekday() >= _SATURDAY else "")


def _unit(working: Working) -> str:
    return "个工作日" if working.in_working_days else "天"


def _by_reason(skipped: Iterable[CountedDay]) -> list[tuple[str, list[date]]]:
    """The days left out under each reason, in the order in which the reasons first appear."""
    found: dict[str, list[date]] = {}
    for one in skipped:
        reason = _WEEKEND if one.why in {"星期六", "星期日"} else one.why
        found.setdefault(reason, []).append(one.day)
    return list(found.items())


def _spelled(days: Sequence[date]) -> str:
    """Days in words, neighbours drawn together: 6月2日、6月6日至9日."""
    spans = list(_spans(days))
    several_years = days[0].year != days[-1].year
    return "、".join(_span_words(first, last, several_years) for first, last in spans)


def _spans(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    first = last = days[0]
    for day in days[1:]:
        if day - last != _ONE_DAY:
            yield first, last
            first = day
        last = day
    yield first, last


def _span_words(first: date, last: date, with_year: bool) -> str:
    begin = _day_words(first, with_year)
    if first == last:
        return begin
    if (first.year, first.month) == (last.year, last.month):
        return f"{begin}至{last.day}日"
    return f"{begin}至{_day_words(last, with_year)}"


def _day_words(day: date, with_year: bool) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if with_year else f"{day.month}月{day.day}日"
