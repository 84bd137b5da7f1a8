"""A due date as a citizen reads it: the day, how far off it is, and how it was counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intake.rules import deadlines
from intake.rules.clocks import Running
from intake.rules.deadlines import Working
from portal.foundation import clock

# What a clock promises its reader.
_WHAT = {
    "reply": "最晚在这一天答复您",
    "close": "最晚在这一天办完",
    "review": "最晚在这一天答复您的复查",
    "tell_result": "最晚在这一天告诉您结果",
    "confirm_receipt": "最晚在这一天和您确认收到，从确认那天起算答复的期限",
    "conclude": "最晚在这一天告诉您办得怎样",
    "notice_of_acceptance": "最晚在这一天告诉您收不收下办理",
    "tell_taken_on": "最晚在这一天告诉您收不收下办理",
    "sign_for": "最晚在这一天接收",
}


@dataclass(frozen=True)
class DueDate:
    """What the macro `due` shows, and more. `days` are (day, counted, why)."""

    what: str
    due_on: date
    words: str
    tentative: bool
    days: list[tuple[date, bool, str]]
    sentence: str
    source: str

    @classmethod
    def of(cls, running: Running) -> DueDate:
        """A running clock, for a page."""
        working = running.working
        return cls(
            what=_WHAT[running.clock],
            due_on=working.due_on,
            words=deadlines.words(working, clock.today()).replace("超期", "已经过了"),
            tentative=working.tentative,
            days=[(one.day, one.counted, one.why) for one in working.days],
            sentence=deadlines.sentence(working),
            source=working.rule_source,
        )


def in_days(working: Working) -> str:
    """How long it takes at most: 15个工作日."""
    return f"{len(working.counted)}{'个工作日' if working.in_working_days else '天'}"
