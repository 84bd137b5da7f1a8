"""Dates that no time limit of the campaign counts, since somebody set them: the sender of an order,
the office that supervises, those who wait for the same answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from intake.rules.deadlines import Calendar, Working, due, until
from intake.rules.pauses import Happened

# After these nobody works on a case.
ENDS = frozenset({"closed", "withdrawn", "handed_over", "declined", "merged", "given_up"})
# An order of another line has a date of its own, which no rule of the campaign counts.
ORDER = "answer_order"
_SET_BY_SENDER = "来单上写的日子"
_EXTENDED_BY_SENDER = "来单上写的日子，对方同意延期"
# So has a supervision: the office sets it.
SUPERVISION = "supervision"
_SET_BY_THE_OFFICE = "办公室定的日子"
# So has the report that the office asks for with an assignment (交办); until it is given, or owed
# no more, since another unit has the case or its reporter was answered.
REPORT_BACK = "report_back"
_REPORTED = frozenset(
    {"reported_back", "replied", "assigned", "transferred", "returned", "taken_away"}
)
_SET_WITH_THE_CASE = "办公室交办时定的日子"
# Whoever has the lead answers the reporters of what is merged into it too, by the date of each.
TOGETHER = "answer_together"


def given_dates(events: Sequence[Happened], calendar: Calendar) -> Iterator[tuple[str, Working]]:
    """The clocks that run by such a date, by name."""
    ordered = _ordered(events)
    if ordered:
        yield ORDER, ordered.working(calendar)
    together = _together(events)
    if together:
        known = calendar.is_known(together)
        yield TOGETHER, Working(together, (), not known, in_working_days=False)
    supervised = _supervised(events, calendar)
    if supervised:
        yield SUPERVISION, supervised
    asked = _asked_to_report(events)
    if asked:
        due_on = date.fromisoformat(asked.facts["due_on"])
        yield REPORT_BACK, until(due_on, asked.on, calendar).by(_SET_WITH_THE_CASE)


@dataclass(frozen=True)
class _Wanted:
    """The day on which the sender of an order wants its answer: `first` as it was ordered, `due_on`
    as it agreed to since."""

    since: date
    first: date
    due_on: date

    def working(self, calendar: Calendar) -> Working:
        """The day with every day that leads to it. It is the sender's own: nothing is left out."""
        more = max(0, (self.due_on - self.first).days)
        limit = max(0, (self.due_on - self.since).days - more)
        source = _EXTENDED_BY_SENDER if more else _SET_BY_SENDER
        return due(limit, False, self.since, calendar, (), more).by(source)


def _ordered(events: Sequence[Happened]) -> _Wanted | None:
    """What the sender of an order wants, until it has its answer."""
    wanted: _Wanted | None = None
    for one in events:
        if one.name in {"ordered", "order_sent_again"} and one.facts["due_on"]:
            first = date.fromisoformat(one.facts["due_on"])
            wanted = _Wanted(one.on, first, first)
        elif one.name == "order_extended" and wanted:
            wanted = replace(wanted, due_on=date.fromisoformat(one.facts["due_on"]))
        elif one.name in {"order_answered", "withdrawn"}:
            wanted = None
    return wanted


def _supervised(events: Sequence[Happened], calendar: Calendar) -> Working | None:
    """The date that the office set as it supervised a case, or set anew. It rests while the case is
    over: then nobody works on it."""
    since = wanted = None
    rests = False
    for one in events:
        if one.name in {"supervised", "supervision_extended"}:
            since = one.on if one.name == "supervised" else since
            wanted, rests = date.fromisoformat(one.facts["due_on"]), False
        elif one.name == "supervision_closed":
            wanted = None
        elif one.name in ENDS:
            rests = True
        elif one.name in {"reopened", "review_asked"}:
            rests = False
    if wanted is None or since is None or rests:
        return None
    return until(wanted, since, calendar).by(_SET_BY_THE_OFFICE)


def _together(events: Sequence[Happened]) -> date | None:
    """The first of the days by which the reporters of what is merged into a case want an answer.
    It is the day that each was told when his case was merged."""
    wanted: dict[str, date] = {}
    for one in events:
        if one.name == "joined" and one.facts["due_on"]:
            wanted[one.facts["merger"]] = date.fromisoformat(one.facts["due_on"])
        elif one.name == "parted":
            wanted.pop(one.facts["merger"], None)
        elif one.name == "replied" or one.name in ENDS:
            wanted.clear()
    return min(wanted.values(), default=None)


def _asked_to_report(events: Sequence[Happened]) -> Happened | None:
    """What asks for a report that is still owed."""
    asked: Happened | None = None
    for one in events:
        if one.name == "report_asked":
            asked = one
        elif one.name in _REPORTED or one.name in ENDS:
            asked = None
    return asked
