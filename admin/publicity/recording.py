"""Writing down what was done for publicity, correcting it, and withdrawing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from admin.entries.standing import check_reason, hold
from admin.publicity import entry_texts
from admin.publicity.entry_texts import EntryTexts
from admin.publicity.publicity_entry import PublicityEntry, PublicityKind, PublicityVersion
from admin.publicity.recorder import Recorder
from intake.cases.event import record
from portal.foundation import clock


class NotYourUnit(Exception):
    """Nobody writes in the name of a unit that isn't his."""


class NotItsStreet(Exception):
    """A street writes of itself alone."""


class NotYet(Exception):
    """The day is still to come."""


class NeedsText(Exception):
    """A text is needed, and none was given."""


@dataclass(frozen=True, kw_only=True)
class Done:
    """What was done: on which Shanghai day, in which street (None: the whole district), how many,
    where exactly."""

    kind: PublicityKind
    done_on: date
    place: str | None
    quantity: int
    where: str
    note: str


def enter(session: Session, *, by: Recorder, unit: str, done: Done) -> PublicityEntry:
    """Write an entry in the name of a unit.

    Raises:
        NotYourUnit, NotItsStreet, NotYet, NeedsText: see there.
    """
    if unit not in by.units:
        raise NotYourUnit(unit)
    _check(by, unit, done)
    entry = PublicityEntry(unit_code=unit, version=1)
    session.add(entry)
    session.flush()
    _write(session, entry, by, done)
    record(session, "publicity_entered", by=by.staff_id, entry=entry.id, unit=unit)
    return entry


def correct(
    session: Session, entry: PublicityEntry, *, by: Recorder, version: int, done: Done
) -> None:
    """Say it anew; what was said before stays readable. The entry must be his to see.

    Raises:
        SomebodyWasFaster, AlreadyWithdrawn, NotItsStreet, NotYet, NeedsText: see there.
    """
    hold(entry, version)
    _check(by, entry.unit_code, done)
    entry.version += 1
    _write(session, entry, by, done)
    record(session, "publicity_corrected", by=by.staff_id, entry=entry.id, version=entry.version)


def withdraw(
    session: Session, entry: PublicityEntry, *, by: Recorder, version: int, reason: str
) -> None:
    """Withdraw an entry: it stays readable and counts no longer. The entry must be his to see.

    Raises:
        SomebodyWasFaster, AlreadyWithdrawn, NeedsReason: see there.
    """
    hold(entry, version)
    said, office = check_reason(reason), by.book.campaign.office_code
    entry.reason = entry_texts.seal_reason(session, entry, said, office)
    entry.withdrawn_at, entry.withdrawn_by = clock.now(), by.staff_id
    session.flush()
    record(session, "publicity_withdrawn", by=by.staff_id, entry=entry.id)


def _check(by: Recorder, unit: str, done: Done) -> None:
    if not done.where.strip():
        raise NeedsText
    if done.done_on > clock.today():
        raise NotYet(done.done_on)
    if done.place is None:
        allowed = by.writes_of_district(unit)
    else:
        allowed = done.place in {one.code for one in by.streets_of(unit)}
    if not allowed:
        raise NotItsStreet(done.place)


def _write(session: Session, entry: PublicityEntry, by: Recorder, done: Done) -> None:
    texts = EntryTexts(done.where.strip(), done.note.strip())
    office = by.book.campaign.office_code
    session.add(
        PublicityVersion(
            entry_id=entry.id,
            version=entry.version,
            kind=done.kind,
            done_on=done.done_on,
            place_code=done.place,
            quantity=done.quantity,
            sealed=entry_texts.seal_texts(session, entry, entry.version, texts, office),
            written_by=by.staff_id,
            written_at=clock.now(),
        )
    )
    session.flush()
