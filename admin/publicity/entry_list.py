"""Reading the record of publicity: what was done, and how much of it in each street."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from admin.publicity.entry_texts import EntryTexts, open_boxes
from admin.publicity.publicity_entry import PublicityEntry, PublicityKind, PublicityVersion
from admin.publicity.recorder import Recorder
from portal.foundation.staff import Staff

# One page of one list; the workbook holds all of it.
MOST = 100
WHOLE_DISTRICT = "all"


@dataclass(frozen=True)
class Asked:
    """What of the record is asked for: a street's code, `WHOLE_DISTRICT` or nothing; the first day
    of a month or nothing."""

    place: str = ""
    month: date | None = None


@dataclass(frozen=True)
class Line:
    """An entry as it stands now."""

    entry: PublicityEntry
    now: PublicityVersion
    texts: EntryTexts
    written_by: str


@dataclass(frozen=True)
class Total:
    """What was done in one street, or in the whole district: each kind with how many; nothing yet
    where `last_on` is None."""

    name: str
    code: str
    amounts: dict[PublicityKind, int]
    entries: int
    last_on: date | None


def lines(session: Session, by: Recorder, asked: Asked, *, most: int | None = MOST) -> list[Line]:
    """The entries that this person may see, the last done first; withdrawn ones too."""
    wanted = (
        _current(select(PublicityEntry, PublicityVersion, Staff.display_name))
        .join(Staff, Staff.id == PublicityVersion.written_by)
        .where(*_theirs(by), *_asked(asked))
        .order_by(PublicityVersion.done_on.desc(), PublicityEntry.id.desc())
        .limit(most)
    )
    rows = session.execute(wanted).all()
    boxes = open_boxes(session, [row[0] for row in rows], by.units)
    return [Line(entry, now, boxes[entry.id].texts(now), name) for entry, now, name in rows]


def count(session: Session, by: Recorder, asked: Asked) -> int:
    """How many entries `lines` would give without its limit."""
    wanted = _current(select(func.count(PublicityEntry.id))).where(*_theirs(by), *_asked(asked))
    number: int = session.execute(wanted).scalar_one()
    return number


def totals(session: Session, by: Recorder, month: date | None) -> list[Total]:
    """Every street that this person may write of, and the whole district if he may write of that;
    what was withdrawn doesn't count."""
    wanted = (
        _current(
            select(
                PublicityVersion.place_code,
                PublicityVersion.kind,
                func.sum(PublicityVersion.quantity),
                func.count(PublicityEntry.id),
                func.max(PublicityVersion.done_on),
            )
        )
        .where(*_theirs(by), *_asked(Asked(month=month)), PublicityEntry.withdrawn_at.is_(None))
        .group_by(PublicityVersion.place_code, PublicityVersion.kind)
    )
    rows = [tuple(row) for row in session.execute(wanted)]
    named = [(one.code, one.name) for one in by.streets]
    if any(map(by.writes_of_district, by.units)):
        named.append((WHOLE_DISTRICT, "全区"))
    return [_total(code, name, rows) for code, name in named]


def months(session: Session, by: Recorder) -> list[date]:
    """The first days of the months in which something was done, the latest first."""
    days = session.scalars(
        _current(select(PublicityVersion.done_on).distinct()).where(*_theirs(by))
    )
    return sorted({day.replace(day=1) for day in days}, reverse=True)


def entry_of(
    session: Session, by: Recorder, entry_id: int, *, to_change: bool = False
) -> PublicityEntry | None:
    """The entry of that number, or None where there is none that this person may see; `to_change`
    holds the row, so that the later of two waits."""
    wanted = select(PublicityEntry).where(PublicityEntry.id == entry_id)
    found = session.scalars(wanted.with_for_update() if to_change else wanted).first()
    return found if found and by.may_see(found.unit_code) else None


def history(
    session: Session, by: Recorder, entry: PublicityEntry
) -> tuple[list[tuple[PublicityVersion, EntryTexts]], str]:
    """The versions of an entry, the one that holds first, each with its texts; and the reason of a
    withdrawal."""
    wanted = select(PublicityVersion).where(PublicityVersion.entry_id == entry.id)
    box = open_boxes(session, [entry], by.units)[entry.id]
    versions = session.scalars(wanted.order_by(PublicityVersion.version.desc()))
    return [(one, box.texts(one)) for one in versions], box.reason(entry)


def _current(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return wanted.select_from(PublicityEntry).join(
        PublicityVersion,
        (PublicityVersion.entry_id == PublicityEntry.id)
        & (PublicityVersion.version == PublicityEntry.version),
    )


def _theirs(by: Recorder) -> list[ColumnElement[bool]]:
    return [] if by.sees_all else [PublicityEntry.unit_code.in_(by.units)]


def _asked(asked: Asked) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if asked.place == WHOLE_DISTRICT:
        wanted.append(PublicityVersion.place_code.is_(None))
    elif asked.place:
        wanted.append(PublicityVersion.place_code == asked.place)
    if asked.month:
        wanted += [
            PublicityVersion.done_on >= asked.month,
            PublicityVersion.done_on < next_month(asked.month),
        ]
    return wanted


def next_month(first: date) -> date:
    """The first day of the month after."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _total(code: str, name: str, rows: list[tuple[Any, ...]]) -> Total:
    place = None if code == WHOLE_DISTRICT else code
    mine = [row for row in rows if row[0] == place]
    return Total(
        name=name,
        code=code,
        # Sorted by the enumeration, since no database promises an order.
        amounts={kind: row[2] for kind in PublicityKind for row in mine if row[1] is kind},
        entries=sum(row[3] for row in mine),
        last_on=max((row[4] for row in mine), default=None),
    )
