"""Drawing the rows to ask: once, by a seed that the machine makes at that moment, with a record by
which discipline inspection and auditors draw the same."""

from __future__ import annotations

import hashlib

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.assessments.drawn_row import DrawnRow
from admin.assessments.lots import Lists, Lots, draw_lots, record_of
from admin.assessments.opening import LEAST_OF_STREET, take_step
from admin.assessments.refusals import NoListYet, TooFewHouseholds, WrongNumber
from admin.assessments.sight import streets_of
from intake.assessing.assessment import Assessment, AssessmentState
from intake.cases.event import record

SEED_BYTES = 32


def draw_rows(session: Session, one: Assessment, *, by: Hand, seed: bytes) -> None:
    """Draw. From now on lists, questions and rows stay as they are: what was drawn can't be drawn
    anew, so that nobody draws until it suits him.

    Raises:
        SomebodyWasFaster, StepNotAllowed: see `take_step`.
        NoListYet: see there.
        TooFewHouseholds: see `open_assessment`.
        WrongNumber: more are asked for than all lists have rows.
        ValueError: the seed is too short to be secret.
    """
    take_step(one, AssessmentState.PREPARING, by=by)
    if len(seed) < SEED_BYTES:
        raise ValueError(f"a seed has {SEED_BYTES} bytes")
    streets = streets_of(session, one)
    if not all(street.recipients and street.list_mark for street in streets):
        raise NoListYet
    lists = Lists(
        sizes={street.unit_code: street.recipients or 0 for street in streets},
        marks={street.unit_code: street.list_mark or "" for street in streets},
        asked=one.asked,
        least=LEAST_OF_STREET,
    )
    if one.asked < LEAST_OF_STREET * len(streets):
        raise TooFewHouseholds(one.asked)
    if one.asked > sum(lists.sizes.values()):
        raise WrongNumber(one.asked)
    lots = draw_lots(lists, seed)
    for street in streets:
        street.drawn = len(lots[street.unit_code].drawn)
        session.add_all(_rows(one, street.unit_code, lots[street.unit_code]))
    one.record = record_of(one.key, lists, seed, lots)
    one.state, one.drawn_by = AssessmentState.DRAWN, by.access.staff_id
    digest = hashlib.sha256(one.record.encode()).hexdigest()
    record(session, "assessment_drawn", by=by.access.staff_id, assessment=one.key, sha256=digest)
    session.flush()


def _rows(one: Assessment, street: str, lots: Lots) -> list[DrawnRow]:
    numbers = (*lots.drawn, *lots.reserve)
    return [
        DrawnRow(
            assessment_id=one.id,
            unit_code=street,
            place=place,
            row_number=number,
            is_reserve=place > len(lots.drawn),
        )
        for place, number in enumerate(numbers, start=1)
    ]
