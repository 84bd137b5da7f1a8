"""The queue: which cases wait for whom, the urgent first, then by date. Read only, and only through
`access`.

Every count is a count of the very rows its tab lists. Pages are cut by key (urgent, due date,
number): an offset would skip or repeat cases whenever a colleague is faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, literal, select, tuple_, union_all
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from admin.desk.queue_view import Cursor, Filters, Tab, View
from intake.cases.case import Case
from portal.campaign.book import Book
from portal.foundation import clock

PAGE_SIZE = 20
MOST_COUNTED = 1000

_SHOWN: tuple[Any, ...] = (
    Case.number,
    Case.kind,
    Case.state,
    Case.unit_code,
    Case.policy_code,
    Case.problem_code,
    Case.place_code,
    Case.identity,
    Case.accusing,
    Case.in_ledger_scope,
    Case.urgent,
    Case.returns,
    Case.due_on,
    Case.due_clock,
    Case.version,
)


@dataclass(frozen=True)
class Page:
    """One page of a list. `before` and `after` are where its neighbours begin, None where there are
    none."""

    rows: Sequence[Row[Any]]
    before: Cursor | None
    after: Cursor | None


def read_page(session: Session, access: Access, view: View, book: Book) -> Page:
    """One page of the list that a view asks for."""
    backwards = view.before is not None
    found = session.execute(_page_keys(access, view, book, backwards=backwards)).all()
    keys, more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    if backwards:
        keys = keys[::-1]
    if not keys:
        return Page((), None, None)
    has_before = more if backwards else view.after is not None
    has_after = backwards or more
    first, last = (Cursor(row.urgent, row.due_on, row.number) for row in (keys[0], keys[-1]))
    return Page(
        rows=_in_order(session, [row.id for row in keys]),
        before=first if has_before else None,
        after=last if has_after else None,
    )


def read_counts(session: Session, access: Access, view: View, book: Book) -> dict[Tab, int]:
    """How many cases each tab lists under the view's filters; MOST_COUNTED + 1 means more than
    that."""
    tabs = tabs_of(access, book)
    states = sorted({state for tab in tabs for state in tab.states})
    matching = _conditions(access, view, book)
    columns = []
    for state in states:
        rows = select(literal(1)).where(Case.state == state, *matching).limit(MOST_COUNTED + 1)
        columns.append(select(func.count()).select_from(rows.subquery()).scalar_subquery())
    counted = dict(zip(states, session.execute(select(*columns)).one(), strict=True))
    return {tab: min(sum(counted[state] for state in tab.states), MOST_COUNTED + 1) for tab in tabs}


def tabs_of(access: Access, book: Book) -> list[Tab]:
    """The tabs of a person: only where cases are decided upon is there something to be assigned."""
    campaign = book.campaign
    deciding = {campaign.office_code, campaign.discipline_code, campaign.superior_code}
    return [tab for tab in Tab if tab is not Tab.TRIAGE or access.desks & deciding]


def _page_keys(
    access: Access, view: View, book: Book, *, backwards: bool
) -> Select[tuple[int, bool, date, str]]:
    """The sorting keys of a page and of one row more.

    Each stream below is one stretch of an index that is already in order, cut after a page's
    length; so the whole costs the same however many cases there are.
    """
    streams = union_all(*_streams(access, view, book, backwards=backwards)).subquery()
    keys = (streams.c.urgent, streams.c.due_on, streams.c.number)
    order = (
        (keys[0].asc(), keys[1].desc(), keys[2].desc())
        if backwards
        else (keys[0].desc(), keys[1].asc(), keys[2].asc())
    )
    return select(streams.c.id, *keys).order_by(*order).limit(PAGE_SIZE + 1)


def _streams(
    access: Access, view: View, book: Book, *, backwards: bool
) -> Iterator[Select[tuple[int, bool, date, str]]]:
    matching = _conditions(access, view, book)
    by_key = (Case.due_on.desc(), Case.number.desc()) if backwards else (Case.due_on, Case.number)
    for urgent in (True, False):
        beyond = _beyond(view.before or view.after, urgent, backwards=backwards)
        if beyond is None:
            continue
        for start in _starts(access, view):
            stream = (
                select(Case.id, Case.urgent, Case.due_on, Case.number)
                .where(*start, Case.urgent == literal(urgent), *beyond, *matching)
                .order_by(*by_key)
                .limit(PAGE_SIZE + 1)
                .subquery()
            )
            yield select(stream.c.id, stream.c.urgent, stream.c.due_on, stream.c.number)


def _starts(access: Access, view: View) -> Iterator[tuple[ColumnElement[bool], ...]]:
    """The beginnings of the index that a list is put together from."""
    for state in view.tab.states:
        if view.district and view.filters.unit is None:
            yield (Case.state == state,)
            continue
        for unit in [view.filters.unit] if view.district else sorted(access.desks):
            yield (Case.unit_code == unit, Case.state == state)


def _beyond(
    cursor: Cursor | None, urgent: bool, *, backwards: bool
) -> tuple[ColumnElement[bool], ...] | None:
    """What a stream still has to give beyond a cursor; None where it is used up."""
    if cursor is None:
        return ()
    if cursor.urgent != urgent:
        # Urgent cases come first: forwards they are used up before the others begin.
        return () if urgent == backwards else None
    key, at = tuple_(Case.due_on, Case.number), tuple_(cursor.due_on, cursor.number)
    return (key < at,) if backwards else (key > at,)


def _conditions(access: Access, view: View, book: Book) -> list[ColumnElement[bool]]:
    """What every row of a list fulfils, whatever its state."""
    found = [visible(access), *_filtered(view.filters, book)]
    if not view.district:
        found.append(Case.unit_code.in_(sorted(access.desks)))
    return found


def _filtered(filters: Filters, book: Book) -> Iterator[ColumnElement[bool]]:
    if filters.kind:
        yield Case.kind == filters.kind
    if filters.policy:
        yield Case.policy_code == filters.policy
    if filters.problem:
        yield Case.problem_code == filters.problem
    if filters.place:
        inside = [c for c in book.places if filters.place in book.places_around(c)]
        yield Case.place_code.in_(inside)
    if filters.unit:
        yield Case.unit_code == filters.unit
    if filters.due:
        yield from _due(filters.due, clock.today())


def _due(due: str, today: date) -> Iterable[ColumnElement[bool]]:
    """Overdue, due today, or due within the coming seven days."""
    spans: Mapping[str, tuple[ColumnElement[bool], ...]] = {
        "overdue": (Case.due_on < today,),
        "today": (Case.due_on == today,),
        "week": (Case.due_on >= today, Case.due_on <= today + timedelta(days=7)),
    }
    return spans[due]


def _in_order(session: Session, ids: list[int]) -> list[Row[Any]]:
    wanted = select(Case.id, *_SHOWN).where(Case.id.in_(ids))
    place = {case_id: index for index, case_id in enumerate(ids)}
    return sorted(session.execute(wanted), key=lambda row: place[row.id])
