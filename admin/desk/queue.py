"""The queue: which cases wait for whom, the urgent first, then by date. Read only, and only through
`access`.

Every count is a count of the very rows its tab lists. Pages are cut by key (urgent, due date,
number): an offset would skip or repeat cases whenever a colleague is faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    UnaryExpression,
    column,
    func,
    literal,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from admin.desk.queue_view import Cursor, Filters, Tab, View
from intake.cases.case import Case
from intake.rules.lifecycle import OPEN_STATES, State
from portal.campaign.book import Book
from portal.foundation import clock

PAGE_SIZE = 20
MOST_COUNTED = 1000

# A page and one row more, which says whether there is a next one.
_MOST = PAGE_SIZE + 1
# Of so many lists the statements are kept: to put them together took a fifth of a page's time.
_LISTS = 500
_Inside = frozenset[str]
# The keys of a stream by name alone: looked up in each stream they took half of a page's time.
_ID, _URGENT, _DUE_ON, _NUMBER = (
    column(one.key, one.type) for one in (Case.id, Case.urgent, Case.due_on, Case.number)
)

# As the case itself says it (`Case.has_new_words`).
_HAS_NEW_WORDS = Case.last_word_at > Case.last_act_at
_SHOWN: tuple[Any, ...] = (
    Case.number,
    Case.kind,
    Case.channel,
    Case.part_of_id,
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
    Case.repeat,
    Case.awaiting_reporter,
    _HAS_NEW_WORDS.label("has_new_words"),
    Case.supervised,
    Case.reminded_at,
    Case.referred,
    Case.due_on,
    Case.due_clock,
    Case.version,
    Case.claimed_by,
)

_NOBODYS = Case.claimed_by.is_(None)
# What a list may be narrowed to by its marks, as addresses name them.
_MARKED: Mapping[str, ColumnElement[bool]] = {
    "new-words": _HAS_NEW_WORDS,
    "supervised": Case.supervised.is_(True),
}


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
    wanted = _page_keys(access, view, _inside(view, book), clock.today(), backwards=backwards)
    found = session.execute(wanted).all()
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


def read_counts(session: Session, access: Access, view: View, book: Book) -> dict[Tab, int | None]:
    """How many cases each tab lists under the view's filters; MOST_COUNTED + 1 means more than
    that, None a tab that isn't counted: of what is closed nobody has anything to do."""
    tabs = tabs_of(access, book)
    states = tuple(state for state in OPEN_STATES if any(state in tab.states for tab in tabs))
    wanted = _counting(access, view.at(), _inside(view, book), clock.today(), states)
    counted = dict(zip(states, session.execute(wanted).one(), strict=True))
    return {tab: _sum(counted, tab.states) for tab in tabs}


@lru_cache(_LISTS)
def _counting(
    access: Access, view: View, inside: _Inside, today: date, states: tuple[State, ...]
) -> Select[*tuple[int, ...]]:
    """How many cases there are in each state, up to what is counted."""
    matching = _conditions(access, view, inside, today)
    columns = []
    for state in states:
        rows = select(literal(1)).where(Case.state == state, *matching).limit(MOST_COUNTED + 1)
        columns.append(select(func.count()).select_from(rows.subquery()).scalar_subquery())
    return select(*columns)


def _inside(view: View, book: Book) -> _Inside:
    """The places in the street to which a list is narrowed."""
    street = view.filters.place
    return frozenset(c for c in book.places if street and street in book.places_around(c))


def _sum(counted: Mapping[State, int], states: Iterable[State]) -> int | None:
    if any(state not in counted for state in states):
        return None
    return min(sum(counted[state] for state in states), MOST_COUNTED + 1)


def tabs_of(access: Access, book: Book) -> list[Tab]:
    """The tabs of a person: only where cases are decided upon is there something to be assigned."""
    campaign = book.campaign
    deciding = {campaign.office_code, campaign.discipline_code, campaign.superior_code}
    return [tab for tab in Tab if tab is not Tab.TRIAGE or access.desks & deciding]


@lru_cache(_LISTS)
def _page_keys(
    access: Access, view: View, inside: _Inside, today: date, *, backwards: bool
) -> Select[tuple[int, bool, date, str]]:
    """The sorting keys of a page and of one row more.

    Each stream below is one stretch of an index that is already in order, cut after a page's
    length; so the whole costs the same however many cases there are.
    """
    matching = _conditions(access, view, inside, today)
    streams = union_all(*_streams(access, view, matching, backwards=backwards)).subquery()
    by_key = _by_key(backwards=backwards)
    order = (_URGENT.asc() if backwards else _URGENT.desc(), *by_key)
    return select(_ID, _URGENT, _DUE_ON, _NUMBER).select_from(streams).order_by(*order).limit(_MOST)


def _streams(
    access: Access, view: View, matching: Sequence[ColumnElement[bool]], *, backwards: bool
) -> Iterator[Select[tuple[int, bool, date, str]]]:
    by_key = _by_key(backwards=backwards)
    for urgent in (True, False):
        beyond = _beyond(view.before or view.after, urgent, backwards=backwards)
        if beyond is None:
            continue
        for start in _starts(access, view):
            stream = (
                select(Case.id, Case.urgent, Case.due_on, Case.number)
                .where(*start, Case.urgent == literal(urgent), *beyond, *matching)
                .order_by(*by_key)
                .limit(_MOST)
            )
            yield select(_ID, _URGENT, _DUE_ON, _NUMBER).select_from(stream.subquery())


def _by_key(*, backwards: bool) -> tuple[UnaryExpression[Any], ...]:
    keys = (_DUE_ON, _NUMBER)
    return tuple(key.desc() if backwards else key.asc() for key in keys)


def _starts(access: Access, view: View) -> Iterator[tuple[ColumnElement[bool], ...]]:
    """The beginnings of the index that a list is put together from."""
    # Nobody takes on a case of another unit, so one's own never fill the district.
    district = view.district and view.filters.mine != "1"
    for state in view.tab.states:
        if district and view.filters.unit is None:
            yield (Case.state == state,)
            continue
        for unit in [view.filters.unit] if district else sorted(access.desks):
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


def _conditions(
    access: Access, view: View, inside: _Inside, today: date
) -> list[ColumnElement[bool]]:
    """What every row of a list fulfils, whatever its state."""
    own = visible(access, at_own_desk=not view.district)
    return [own, *_filtered(access, view.filters, inside, today)]


def _filtered(
    access: Access, filters: Filters, inside: _Inside, today: date
) -> Iterator[ColumnElement[bool]]:
    equal: tuple[tuple[Any, object], ...] = (
        (Case.kind, filters.kind),
        (Case.policy_code, filters.policy),
        (Case.problem_code, filters.problem),
        (Case.unit_code, filters.unit),
    )
    for shown, wanted in equal:
        if wanted:
            yield shown == wanted
    if filters.place:
        yield Case.place_code.in_(inside)
    if filters.mine:
        yield Case.claimed_by == access.staff_id if filters.mine == "1" else _NOBODYS
    if filters.mark:
        yield _MARKED[filters.mark]
    if filters.due:
        yield from _due(filters.due, today)


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
