"""Revealing the seed of a spot check, and drawing: another person than froze the frame."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger.refusals import DayNotCome, NeedsSecondPerson, NeedsText
from admin.spot_checks.checked_unit import CheckedUnit
from admin.spot_checks.draw import Drawn, Frame, commit_of, draw, frame_commit_of
from admin.spot_checks.freezing import check_public
from admin.spot_checks.preparing import take_step
from admin.spot_checks.sealed_words import OfficeBox
from admin.spot_checks.spot_check import CheckState, SpotCheck
from admin.spot_checks.what_is_published import what_was_drawn
from intake.cases.event import record
from intake.vault.sealing import DoesNotOpen
from portal.foundation import clock
from portal.published.spot_check_record import SpotCheckRecord
from portal.published.spot_checking import put_out_draw


class NotWhatWasPromised(Exception):
    """Seed or frame aren't those whose commits were published: somebody changed them since."""


def may_reveal(check: SpotCheck, staff_id: int) -> bool:
    """Whether this person is another one than who froze the frame."""
    return check.frozen_by != staff_id


def reveal(
    session: Session, check: SpotCheck, *, by: Hand, public_number: str, stands: str
) -> Drawn:
    """Reveal the seed, draw by the public number, and publish all of it. `stands` says where
    anybody can look the number up.

    Raises:
        SomebodyWasFaster, StepNotAllowed: see `take_step`.
        NeedsSecondPerson: this person froze the frame.
        DayNotCome: it isn't the day of the number yet.
        NeedsText, NotForThePublic: of what is typed.
        NotWhatWasPromised: see there.
    """
    take_step(check, CheckState.FROZEN, by=by)
    number = tidy_number(public_number)
    _check(check, by, number, stands)
    units = _units(session, check)
    frame = frame_of(check, units)
    seed = _promised_seed(session, check, frame, by.access.office_code)
    drawn = draw(frame, seed=seed, public_number=number)
    for one in units:
        one.drawn = one.unit_code in drawn.units
    check.state, check.drawn_by = CheckState.DRAWN, by.access.staff_id
    said = what_was_drawn(
        frame=frame,
        drawn=drawn,
        names={one.unit_code: by.book.units[one.unit_code].name for one in units},
        seed=seed,
        public_number=number,
        stands=stands.strip(),
    )
    digest = put_out_draw(session, check.number, said)
    record(session, "spot_check_drawn", by=by.access.staff_id, check=check.number, sha256=digest)
    session.flush()
    return drawn


def _check(check: SpotCheck, by: Hand, number: str, stands: str) -> None:
    if not may_reveal(check, by.access.staff_id):
        raise NeedsSecondPerson
    if check.number_on is None or clock.today() < check.number_on:
        raise DayNotCome
    if not number or not stands.strip():
        raise NeedsText
    check_public(stands, by.book)


def tidy_number(typed: str) -> str:
    """A public number with single spaces, so that everybody writes it alike."""
    return " ".join(typed.split())


def frame_of(check: SpotCheck, units: Sequence[CheckedUnit]) -> Frame:
    """The frame that was frozen."""
    strata = {one.unit_code: one.stratum.value for one in units}
    return Frame(strata, check.weights, check.asked or 0)


def _units(session: Session, check: SpotCheck) -> list[CheckedUnit]:
    return list(session.scalars(select(CheckedUnit).where(CheckedUnit.check_id == check.id)))


def _promised_seed(session: Session, check: SpotCheck, frame: Frame, office: str) -> bytes:
    """The seed, if seed and frame are those that were promised in public."""
    try:
        seed = OfficeBox(session, check, office).seed(check)
    except DoesNotOpen:
        raise NotWhatWasPromised from None
    promised = session.get_one(SpotCheckRecord, check.number).kept
    said = promised["commit"], promised["frame_commit"]
    if said != (commit_of(seed), frame_commit_of(seed, frame)):
        raise NotWhatWasPromised
    return seed
