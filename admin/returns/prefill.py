"""What the ledger and lower units' returns say of a period: with it a return is filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from admin.ledger.counting import (
    IN_HAND,
    entered_between,
    sums_of,
    which_moved_between,
    which_stood_on,
)
from admin.ledger.problem import Problem, Source
from admin.ledger.who_rectifies import finding_for
from admin.returns.content import Part, Summed
from admin.returns.counts import Counts, Households
from admin.returns.expected import Expected, expected_in
from admin.returns.monthly_return import MonthlyReturn
from admin.returns.newest import by_pair, standing_version
from portal.campaign.book import Book
from portal.foundation import clock
from portal.published.result import ResultState


@dataclass(frozen=True)
class Prefilled:
    """The unit's own counts up to a Shanghai day, and what it sums up."""

    counted_on: date
    own: Counts
    summed: Summed

    @property
    def nothing_found(self) -> bool:
        """Whether no problem was found by anybody."""
        return not (self.own + self.summed.counts).found


def prefill(session: Session, book: Book, expected: Expected) -> Prefilled:
    """What there is now: of the period's days, those that have come."""
    day = min(expected.period.last, clock.today())
    return Prefilled(
        day, own_counts(session, book, expected, day), _summed(session, book, expected)
    )


def own_counts(session: Session, book: Book, expected: Expected, day: date) -> Counts:
    """The unit's own counts up to a Shanghai day. Found is what it found itself, or what
    a community found for it; all else is what it has to put right. To a department, only what that
    department sums up."""
    to_office = expected.receiver == book.campaign.office_code
    in_line = [] if to_office else [Problem.line_code == expected.receiver]
    first = expected.period.first
    its_own: list[ColumnElement[bool]] = [Problem.unit_code == expected.unit, *in_line]
    found = entered_between(
        session,
        first,
        day,
        Problem.found_by.in_(finding_for(book, expected.unit)),
        Problem.source == Source.OWN_CHECK,
        *in_line,
    )
    moved = which_moved_between(session, first, day, *its_own)
    stood = which_stood_on(session, day, *its_own)
    rectified = moved.get(ResultState.RECTIFIED, [])
    about, got = (sums_of(session, Problem.number.in_(those)) for those in (found, rectified))
    return Counts(
        found=tuple(found),
        rectified=tuple(rectified),
        struck_off=tuple(moved.get(ResultState.STRUCK_OFF, ())),
        carried_over=tuple(moved.get(ResultState.CARRIED_OVER, ())),
        unfounded=tuple(moved.get(ResultState.UNFOUNDED, ())),
        in_hand=tuple(number for state in IN_HAND for number in stood.get(state, ())),
        amount=about.amount,
        persons=about.persons,
        recovered=got.recovered,
        paid_back=got.paid_back,
    )


def _summed(session: Session, book: Book, expected: Expected) -> Summed:
    """What others returned to this unit. The office receives and sums nothing up in a return."""
    towards = [
        one.unit for one in expected_in(book, expected.period) if one.receiver == expected.unit
    ]
    if not towards:
        return Summed()
    came = by_pair(session, expected.period, MonthlyReturn.receiver_code == expected.unit)
    those = {unit: standing_version(came.get((unit, expected.unit), ())) for unit in towards}
    counts, households, parts = Counts(), Households(), []
    for unit, found in those.items():
        if found is not None:
            said = found.said
            counts, households = counts + said.own, households + said.households
            parts.append(Part(unit, found.version, found.digest or "", said.nil))
    missing = tuple(unit for unit, found in those.items() if found is None)
    return Summed(counts=counts, households=households, parts=tuple(parts), missing=missing)
