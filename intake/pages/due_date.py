"""A due date as a citizen reads it: the day, how far off it is, and how it was counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intake.rules import deadlines
from intake.rules.deadlines import Working
from portal.foundation import clock


@dataclass(frozen=True)
class DueDate:
    """What the macro `due` shows. `days` are (day, counted, why)."""

    due_on: date
    words: str
    tentative: bool
    days: list[tuple[date, bool, str]]
    sentence: str
    source: str

    @classmethod
    def of(cls, working: Working) -> DueDate:
        """The working of a date, for a page."""
        return cls(
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
