"""Opening an assessment (成效评估): what it is about, what is asked, how many are drawn; and
dropping one of which nothing was drawn yet."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.accounts.own_units import is_ones_own
from admin.assessments.assessed_street import AssessedStreet
from admin.assessments.refusals import TooFewHouseholds, WrongNumber
from admin.ledger.refusals import NeedsText, SomebodyWasFaster, StepNotAllowed
from admin.rounds.refusals import OwnUnit, WrongDays
from admin.spot_checks.freezing import check_public
from intake.assessing.assessment import Assessment, AssessmentState
from intake.assessing.questions import Question, as_rows, as_text
from intake.cases.event import record
from portal.campaign.book import Book
from portal.campaign.unit import UnitKind
from portal.foundation import clock

MOST_ASKED = 2_000
# Of fewer in a street nothing about it could be shown, and everybody there would be a small group.
LEAST_OF_STREET = 5
_KEY_BYTES = 4
# Whoever decides about money or pays it out, beside the streets themselves.
_ASSESSED = frozenset({UnitKind.LEAD, UnitKind.DEPARTMENT, UnitKind.SECTION})


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is assessed. `asked` is the number of households over all streets; the days are those
    between which the money was paid. `units` are assessed beside the streets and those that are in
    charge of the policies."""

    title: str
    first_on: date
    last_on: date
    policies: frozenset[str]
    units: frozenset[str]
    streets: frozenset[str]
    asked: int
    questions: tuple[Question, ...]

    def units_in(self, book: Book) -> set[str]:
        """All units that it is about beside the streets."""
        return set(self.units) | {book.policies[code].unit_code for code in self.policies}


def streets_to_assess(book: Book) -> list[str]:
    """The codes of the streets, in the campaign's order."""
    return [one.code for one in book.units.values() if one.kind is UnitKind.STREET]


def units_to_assess(book: Book) -> list[str]:
    """The codes of the units that an assessment may be about besides, likewise."""
    return [one.code for one in book.units.values() if one.kind in _ASSESSED]


def open_assessment(session: Session, *, by: Hand, plan: Plan) -> Assessment:
    """Open one. Its streets are asked how long their lists are.

    Raises:
        StepNotAllowed: not by the office, or about nothing that is there.
        NeedsText: it has no title.
        WrongDays: it ends before it begins.
        TooFewHouseholds: fewer are asked for than `LEAST_OF_STREET` for each street.
        WrongNumber: more are asked for than `MOST_ASKED`.
        OwnUnit: the person serves a unit that it is about, or one above or below it.
        NotForThePublic: a question holds what may be somebody's number or address.
    """
    _check(plan, by)
    one = Assessment(
        key=secrets.token_hex(_KEY_BYTES),
        title=plan.title.strip(),
        state=AssessmentState.PREPARING,
        first_on=plan.first_on,
        last_on=plan.last_on,
        policies=sorted(plan.policies),
        units=sorted(plan.units_in(by.book)),
        questions=as_rows(plan.questions),
        asked=plan.asked,
        opened_by=by.access.staff_id,
        opened_at=clock.now(),
    )
    session.add(one)
    session.flush()
    session.add_all(
        AssessedStreet(assessment_id=one.id, unit_code=code) for code in sorted(plan.streets)
    )
    record(session, "assessment_opened", by=by.access.staff_id, assessment=one.key)
    session.flush()
    return one


def drop_assessment(session: Session, one: Assessment, *, by: Hand) -> None:
    """Drop one of which nothing was drawn.

    Raises:
        SomebodyWasFaster, StepNotAllowed: see `take_step`.
    """
    take_step(one, AssessmentState.PREPARING, by=by)
    one.state = AssessmentState.DROPPED
    record(session, "assessment_dropped", by=by.access.staff_id, assessment=one.key)
    session.flush()


def take_step(one: Assessment, state: AssessmentState, *, by: Hand) -> None:
    """Count on the version that the writer saw.

    Raises:
        StepNotAllowed: not by the office, or not in this state.
        SomebodyWasFaster: somebody did something about it meanwhile.
    """
    if not by.access.as_office or one.state is not state:
        raise StepNotAllowed
    if one.version != by.version:
        raise SomebodyWasFaster
    one.version += 1


def _check(plan: Plan, by: Hand) -> None:
    is_known = (
        plan.streets
        and plan.streets <= set(streets_to_assess(by.book))
        and plan.units <= set(units_to_assess(by.book))
        and plan.policies <= by.book.policies.keys()
    )
    if not by.access.as_office or not is_known:
        raise StepNotAllowed
    if not plan.title.strip():
        raise NeedsText
    if plan.last_on < plan.first_on:
        raise WrongDays
    if plan.asked < LEAST_OF_STREET * len(plan.streets):
        raise TooFewHouseholds(plan.asked)
    if plan.asked > MOST_ASKED:
        raise WrongNumber(plan.asked)
    if any(is_ones_own(by.book, by.access, code) for code in plan.streets | plan.units_in(by.book)):
        raise OwnUnit
    check_public(as_text(plan.questions), by.book)
