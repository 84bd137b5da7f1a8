"""How much time is left, in the words of the desk: which clock, how many days, how pressing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from intake.cases.case import NO_DUE_DATE
from intake.rules.clocks import Running
from intake.rules.deadlines import words
from portal.campaign.book import Book
from portal.campaign.kinds import Kind

CLOCK_WORDS = {
    "sign_for": "签收",
    "notice_of_acceptance": "告知是否受理",
    "tell_taken_on": "告知是否受理",
    "office_look": "办公室先看",
    "refer": "移送",
    "reply": "答复",
    "close": "办结",
    "conclude": "告知办理情况",
    "tell_result": "告知结果",
    "confirm_receipt": "确认收到",
    "review": "复查答复",
    "answer_order": "回复来单",
    "supervision": "督办",
    "answer_together": "一并答复",
    "report_back": "向办公室报结果",
    "return": "退单",
    "ask_correction": "告知补正",
    "object": "来件人提异议",
    "ask_review": "来件人请求复查",
}
# Whose dates were counted elsewhere, and for whom.
_GIVEN = {"answer_together": "并进来的件，答应过来件人的日子"}
_SOON = 2
# Nobody plans further ahead than this, and a list must not count a year of days for a row.
_FARTHEST = 120


@dataclass(frozen=True)
class Left:
    """The time left until a day. `tone` colours what the words already say."""

    words: str
    tone: str


@dataclass(frozen=True)
class Clock:
    """A running clock with the working of its date, as the page unfolds it."""

    title: str
    due_on: date
    words: str
    tone: str
    tentative: bool
    source: str
    days: tuple[tuple[date, bool, str], ...]


def left_until(due_on: date, today: date, book: Book, *, in_working_days: bool) -> Left:
    """The time left until a stored due date, counted by the campaign's calendar."""
    if due_on == NO_DUE_DATE:
        return Left("", "")
    if due_on < today:
        return Left(f"超期{(today - due_on).days}天", "danger")
    if due_on == today:
        return Left("今天到期", "warn")
    coming = (today + timedelta(n) for n in range(1, min((due_on - today).days, _FARTHEST) + 1))
    count = sum(book.calendar.is_working(day) or not in_working_days for day in coming)
    unit = "个工作日" if in_working_days else "天"
    return Left(f"还有{count}{unit}", "warn" if count <= _SOON else "")


def counts_working_days(book: Book, kind: Kind, clock: str) -> bool:
    """Whether a kind's clock counts working days; calendar days only where no rule says
    otherwise."""
    own = [rule for rule in book.limits_for(kind) if rule.clock == clock]
    # A clock may be left over from a kind that the case was of before.
    rules = own or [rule for rule in book.clock_rules if rule.clock == clock]
    return any(rule.in_working_days for rule in rules) or not rules


def clock_words(one: Running, today: date) -> Clock:
    """A running clock for the case's page."""
    working = one.working
    if one.clock in _GIVEN:
        return _given(one, today)
    late = working.due_on < today
    soon = not late and sum(day > today for day in working.counted) <= _SOON
    return Clock(
        title=CLOCK_WORDS.get(one.clock, one.clock),
        due_on=working.due_on,
        words=words(working, today),
        tone="danger" if late else "warn" if soon else "",
        tentative=working.tentative,
        source=working.rule_source,
        days=tuple((day.day, day.counted, day.why) for day in working.days),
    )


def _given(one: Running, today: date) -> Clock:
    """A clock whose date somebody gave: there are no days that led to it."""
    due_on, left = one.working.due_on, (one.working.due_on - today).days
    coming = f"还有{left}天" if left else "今天到期"
    return Clock(
        title=CLOCK_WORDS[one.clock],
        due_on=due_on,
        words=coming if left >= 0 else f"超期{-left}天",
        tone="danger" if left < 0 else "warn" if left <= _SOON else "",
        tentative=one.working.tentative,
        source=_GIVEN[one.clock],
        days=(),
    )
