"""Which clocks a case had, each with the working of its date and what ended it: the dates are
counted again from the events, as they were counted then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from intake.cases.case import Case
from intake.dates import clocks_of
from intake.rules.clocks import Running
from intake.rules.pauses import Happened
from portal.campaign.book import Book


@dataclass(frozen=True)
class Ran:
    """A clock as it last stood. `ended_on` is the Shanghai day of what ended it, None where nothing
    has."""

    running: Running
    ended_on: date | None


def clocks_that_ran(case: Case, events: Sequence[Happened], book: Book) -> list[Ran]:
    """The clocks of a case in the order in which they ended, those that still run last."""
    return list(_ended(case, events, book))


def _ended(case: Case, events: Sequence[Happened], book: Book) -> Iterator[Ran]:
    before: dict[str, Running] = {}
    for count, event in enumerate(events, start=1):
        found = clocks_of(book, case.kind, case.identity, events[:count])
        now = {one.clock: one for one in found}
        for name in before.keys() - now.keys():
            yield Ran(before[name], event.on)
        before = now
    for one in before.values():
        yield Ran(one, None)
