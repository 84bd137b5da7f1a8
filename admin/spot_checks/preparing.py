"""Putting a frame together: which units, in which strata, and what the office adds to what is
known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger.refusals import NeedsText, SomebodyWasFaster, StepNotAllowed
from admin.spot_checks.draw import sample_size
from admin.spot_checks.reasons import Reason, Reasons, overdue_in_ledger, strata_of
from admin.spot_checks.returned import returned
from admin.spot_checks.sealed_words import OfficeBox, make_office_box, seal_reasons
from admin.spot_checks.spot_check import CheckState, OwnReason, SpotCheck
from intake.cases.event import record
from portal.campaign.book import Book
from portal.campaign.campaign import Campaign
from portal.campaign.spot_check_rule import Risk, SpotCheckRule
from portal.foundation import clock


class NotInTheFrame(Exception):
    """The unit isn't of a kind that is spot checked."""


# What is asked when a frame is put together.
SOURCES: tuple[Reasons, ...] = (overdue_in_ledger, returned)


@dataclass(frozen=True)
class Prepared:
    """A frame as it would be frozen now: each unit's stratum, and the reasons by unit."""

    strata: dict[str, Risk]
    reasons: dict[str, Sequence[Reason]]
    # Those of the office itself, with the ids by which they are taken back.
    own: dict[int, Reason]


def units_to_check(book: Book) -> list[str]:
    """The codes of the units from which a spot check is drawn; none where the campaign has none."""
    kinds = SpotCheckRule.of(book.campaign).kinds
    return [one.code for one in book.units.values() if one.kind in kinds]


def least_asked(book: Book) -> int:
    """How many units are drawn at least."""
    ratio = SpotCheckRule.of(book.campaign).ratio
    return sample_size(ratio, len(units_to_check(book))) if ratio else 1


def open_check(session: Session, *, by: Hand) -> SpotCheck:
    """Begin a spot check.

    Raises:
        StepNotAllowed: only the office does; or the campaign's data name no units.
    """
    if not by.access.as_office or not units_to_check(by.book):
        raise StepNotAllowed("open")
    # Held, so that two who begin at a time don't get one number.
    session.get(Campaign, 1, with_for_update=True)
    year = clock.today().year
    before = select(func.count()).where(SpotCheck.number.startswith(f"{year}-"))
    check = SpotCheck(
        number=f"{year}-{(session.scalar(before) or 0) + 1}",
        state=CheckState.PREPARING,
        opened_by=by.access.staff_id,
        opened_at=clock.now(),
        weights={},
    )
    session.add(check)
    session.flush()
    make_office_box(session, check, by.access.office_code)
    record(session, "spot_check_opened", by=by.access.staff_id, check=check.number)
    return check


def add_reason(session: Session, check: SpotCheck, *, by: Hand, reason: Reason) -> None:
    """Say why a unit is to stand in some stratum; only the office reads it.

    Raises:
        SomebodyWasFaster, StepNotAllowed: see `take_step`.
        NotInTheFrame: it isn't one of the units that are spot checked.
        NeedsText: no reason is given.
    """
    take_step(check, CheckState.PREPARING, by=by)
    if reason.unit not in units_to_check(by.book):
        raise NotInTheFrame(reason.unit)
    if not reason.words.strip():
        raise NeedsText
    tidy = Reason(reason.unit, reason.cause, reason.words.strip())
    session.add(
        OwnReason(
            check_id=check.id,
            unit_code=reason.unit,
            sealed=seal_reasons(session, check, {reason.unit: [tidy]})[reason.unit],
            staff_id=by.access.staff_id,
            written_at=clock.now(),
        )
    )
    record(session, "spot_check_reason_added", by=by.access.staff_id, check=check.number)
    session.flush()


def take_back_reason(session: Session, check: SpotCheck, reason_id: int, *, by: Hand) -> None:
    """Take back a reason that the office added.

    Raises:
        SomebodyWasFaster, StepNotAllowed: see `take_step`; or it isn't there any more.
    """
    take_step(check, CheckState.PREPARING, by=by)
    found = session.get(OwnReason, reason_id)
    if found is None or found.check_id != check.id:
        raise StepNotAllowed("take-back")
    session.delete(found)
    record(session, "spot_check_reason_taken_back", by=by.access.staff_id, check=check.number)
    session.flush()


def drop(session: Session, check: SpotCheck, *, by: Hand) -> None:
    """Drop a spot check of which nothing was promised yet; the office's reasons go with it.

    Raises:
        SomebodyWasFaster, StepNotAllowed: see `take_step`.
    """
    take_step(check, CheckState.PREPARING, by=by)
    session.execute(delete(OwnReason).where(OwnReason.check_id == check.id))
    check.state = CheckState.DROPPED
    record(session, "spot_check_dropped", by=by.access.staff_id, check=check.number)
    session.flush()


def prepared(
    session: Session, check: SpotCheck, by: Hand, sources: Sequence[Reasons] = SOURCES
) -> Prepared:
    """The frame as it would be frozen now, by what this person may know."""
    book = by.book
    units = units_to_check(book)
    rows = session.scalars(
        select(OwnReason).where(OwnReason.check_id == check.id).order_by(OwnReason.id)
    ).all()
    own = OfficeBox(session, check, book.campaign.office_code).own_reasons(rows)
    known = [one for source in sources for one in source(session, by.access, book)]
    reasons: dict[str, list[Reason]] = {code: [] for code in units}
    for one in (*known, *own.values()):
        if one.unit in reasons:
            reasons[one.unit].append(one)
    strata = strata_of(units, (*known, *own.values()))
    return Prepared(strata, dict(reasons), own)


def take_step(check: SpotCheck, state: CheckState, *, by: Hand) -> None:
    """Take a step of a spot check that is in some state: its version counts on.

    Raises:
        SomebodyWasFaster: it isn't the one that its writer saw.
        StepNotAllowed: it is in another state, or the writer isn't of the office.
    """
    if not by.access.as_office:
        raise StepNotAllowed(state)
    if check.version != by.version:
        raise SomebodyWasFaster(check.number)
    if check.state is not state:
        raise StepNotAllowed(state)
    check.version += 1
