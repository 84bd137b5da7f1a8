"""What a case's events amount to: each event that is a milestone, with who made it and by when it
was owed. Counted from the events before it, by the calendar and the limits of the campaign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from admin.figures.milestone import Step
from intake.cases.case import Identity
from intake.dates import clocks_of
from intake.rules.clocks import Running
from intake.rules.pauses import Happened
from portal.campaign.book import Book
from portal.campaign.kinds import Kind

_ANSWERS = frozenset({"replied", "declined", "given_up"})
_ENDS = frozenset({"closed", "declined", "given_up"})
_REOPENS = frozenset({"reopened", "reopened_by_office", "reopened_by_sender", "review_asked"})
_GIVEN = frozenset({"registered", "assigned", "transferred"})
# The first word that a reporter gets, whichever it is.
_RESPONSES = _ANSWERS | {"accepted", "notified"}
# Which clock a step keeps or misses, the more telling first.
_FIRST_WORD = ("notice_of_acceptance", "tell_taken_on")
_ANSWER = ("reply", "close", "review", "conclude", "tell_result")
_SIGNING = ("sign_for",)


@dataclass(frozen=True)
class Passed:
    """One milestone that a case passed, not stored yet."""

    step: Step
    unit_code: str
    on: date
    due_on: date | None = None
    extended: bool = False


@dataclass(frozen=True)
class Life:
    """A case as its milestones are counted: its kind now, how its reporter is known, and all that
    happened, oldest first."""

    kind: Kind
    identity: Identity
    events: Sequence[Happened]

    def passed_at(self, at: int, book: Book) -> Iterator[Passed]:
        """The milestones that the event at a place is."""
        event = self.events[at]
        unit = str(event.facts.get("unit") or _unit_before(self.events[:at]))
        for step in _steps(event):
            clocks = _CLOCKS.get(step)
            owed = self._owed(at, clocks, book) if clocks else None
            if step is Step.RESPONDED and owed is None:
                continue
            due_on = owed.working.due_on if owed else None
            yield Passed(step, unit, event.on, due_on, bool(owed and owed.working.extended_by))

    def _owed(self, at: int, clocks: Sequence[str], book: Book) -> Running | None:
        """The clock that ran until an event, of some."""
        running = clocks_of(book, self._kind_at(at), self.identity, self.events[:at])
        by_name = {one.clock: one for one in running}
        return next((by_name[name] for name in clocks if name in by_name), None)

    def _kind_at(self, at: int) -> Kind:
        """The kind that the case was of: what a later change says it was before."""
        later = (one for one in self.events[at:] if one.name == "kind_changed")
        change = next(later, None)
        return Kind(change.facts["former"]) if change else self.kind


_CLOCKS = {Step.SIGNED_FOR: _SIGNING, Step.RESPONDED: _FIRST_WORD, Step.ANSWERED: _ANSWER}
_PLAIN = {
    "assigned": Step.ASSIGNED,
    "transferred": Step.ASSIGNED,
    "signed_for": Step.SIGNED_FOR,
    "returned": Step.RETURNED,
}


def _steps(event: Happened) -> Iterator[Step]:
    """What an event is; some are several things at once."""
    if event.name in _PLAIN:
        yield _PLAIN[event.name]
    if event.name == "return_ruled":
        yield Step.RETURN_RIGHT if event.facts["right"] else Step.RETURN_WRONG
    if event.name == "overdue":
        yield _overdue(event.facts["clock"])
    if event.name in _RESPONSES:
        yield Step.RESPONDED
    if event.name in _ANSWERS:
        yield Step.ANSWERED
    if event.name in _ENDS:
        yield Step.CLOSED
    if event.name in _REOPENS:
        yield Step.REOPENED


def _overdue(clock: str) -> Step:
    if clock in _SIGNING:
        return Step.SIGNING_OVERDUE
    return Step.ANSWER_OVERDUE if clock in _ANSWER else Step.OVERDUE


def _unit_before(events: Sequence[Happened]) -> str:
    """The unit that had the case: the last one that it was given to, or was at first."""
    given = (one for one in reversed(events) if one.name in _GIVEN)
    return next((str(one.facts["unit"]) for one in given if "unit" in one.facts), "")
