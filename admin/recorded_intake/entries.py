"""A person's own entries: that a case exists, how far it is, and the date its reporter was told.
Nothing of its words, of whom it accuses, or of who has it.

What accuses the writer himself, or his unit, isn't among them any more: for him it doesn't exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, NoSuchCase, recorded_by
from intake.cases.case import NO_DUE_DATE, Case, Channel
from intake.cases.event import Event
from intake.cases.recorded import Recorded
from intake.told import told_without_unit
from portal.campaign.kinds import Kind
from portal.foundation.clock import day_of

PAGE_SIZE = 20

_ENTRY: tuple[Any, ...] = (
    Case.id,
    Case.number,
    Case.kind,
    Case.channel,
    Case.state,
    Case.referred,
    Case.answer_by,
    Recorded.recorded_at,
)


@dataclass(frozen=True)
class Entry:
    """One entry. `answer_by` is the date told to the reporter, None where he was told none."""

    number: str
    kind: Kind
    channel: Channel
    recorded_on: date
    state: str
    answer_by: date | None


@dataclass(frozen=True)
class Page:
    """Entries, the newest first. `before` and `after` are the numbers at which its neighbours
    begin, None where there are none."""

    entries: Sequence[Entry]
    before: str | None
    after: str | None


def read_page(session: Session, access: Access, *, before: str = "", after: str = "") -> Page:
    """One page of a person's own entries: those older than the one numbered `after`, or newer than
    `before`; a number that isn't his gives the first page."""
    backwards = bool(before)
    mark = session.execute(_own(access).where(Case.number == (before or after))).first()
    wanted = _own(access)
    if mark is not None:
        wanted = wanted.where(_beyond(mark, backwards=backwards))
    keys = (Recorded.recorded_at, Case.number)
    backwards = backwards and mark is not None
    order = [key.asc() if backwards else key.desc() for key in keys]
    found = session.execute(wanted.order_by(*order).limit(PAGE_SIZE + 1)).all()
    rows, more = list(found[:PAGE_SIZE]), len(found) > PAGE_SIZE
    if backwards:
        rows.reverse()
    if not rows:
        return Page((), None, None)
    has_before = more if backwards else mark is not None
    return Page(
        _entries(session, rows),
        before=rows[0].number if has_before else None,
        after=rows[-1].number if backwards or more else None,
    )


def read_entry(session: Session, access: Access, number: str) -> Entry:
    """One of a person's own entries.

    Raises:
        NoSuchCase: it isn't his, or there is none; nobody is told which.
    """
    rows = session.execute(_own(access).where(Case.number == number)).all()
    if not rows:
        raise NoSuchCase(number)
    return _entries(session, rows)[0]


def _own(access: Access) -> Select[Any]:
    return select(*_ENTRY).join(Recorded, Recorded.case_id == Case.id).where(recorded_by(access))


def _beyond(mark: Row[Any], *, backwards: bool) -> ColumnElement[bool]:
    at, number = mark.recorded_at, mark.number
    same = Recorded.recorded_at == at
    if backwards:
        return or_(Recorded.recorded_at > at, and_(same, Case.number > number))
    return or_(Recorded.recorded_at < at, and_(same, Case.number < number))


def _entries(session: Session, rows: Iterable[Row[Any]]) -> list[Entry]:
    rows = list(rows)
    tip_offs = [row.id for row in rows if row.kind is Kind.TIP_OFF]
    events = _events(session, tip_offs)
    return [
        Entry(
            number=row.number,
            kind=row.kind,
            channel=row.channel,
            recorded_on=day_of(row.recorded_at),
            state=told_without_unit(
                row.kind, row.state, events.get(row.id, set()), referred=row.referred
            ),
            answer_by=None if row.answer_by == NO_DUE_DATE else row.answer_by,
        )
        for row in rows
    ]


def _events(session: Session, cases: Sequence[int]) -> Mapping[int | None, set[str]]:
    names: dict[int | None, set[str]] = {case_id: set() for case_id in cases}
    if cases:
        asked = select(Event.case_id, Event.name).where(Event.case_id.in_(cases))
        for case_id, name in session.execute(asked):
            names[case_id].add(name)
    return names
