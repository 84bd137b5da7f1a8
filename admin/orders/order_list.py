"""The orders of the office: by sender, by how far they are, what is due first. Read only, and only
through `access`; the list and what is exported of it ask for the same rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Row, Select, func, literal, select, tuple_
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from admin.orders.answering import ANSWERED_STATES
from intake.cases.case import ORDER_CHANNELS, Case, Channel
from intake.cases.order import Order
from portal.foundation import clock

PAGE_SIZE = 20
MOST_COUNTED = 1000
_CURSOR = re.compile(r"(\d{4}-\d{2}-\d{2})_([A-Z]{1,4}\d{4,12})", re.ASCII)

_SHOWN: tuple[Any, ...] = (
    Case.id,
    Case.number,
    Case.kind,
    Case.state,
    Case.unit_code,
    Case.version,
)


class Tab(StrEnum):
    """How far an order is."""

    OPEN = "open"
    READY = "ready"
    OVERDUE = "overdue"
    ANSWERED = "answered"

    @property
    def official(self) -> str:
        """What stands on the tab."""
        return _TABS[self][0]

    @property
    def empty(self) -> str:
        """What will appear here, while there is nothing."""
        return _TABS[self][1]


_TABS = {
    Tab.OPEN: ("待报回", "没有等着报回的来单。登记一件，或者用表格登记，会按期限排在这里。"),
    Tab.READY: ("可以报回", "没有可以报回的来单。答复了来件人、还没有报回的，会排在这里。"),
    Tab.OVERDUE: ("超期未报", "没有超期的来单。过了对方的期限还没有报回的，会排在这里。"),
    Tab.ANSWERED: ("已报回", "还没有报回过。报回以后，来单会列在这里，新的在前。"),
}


@dataclass(frozen=True)
class Cursor:
    """Between which two rows a page begins: the sorting key of one of them."""

    on: date
    number: str

    def __str__(self) -> str:
        return f"{self.on.isoformat()}_{self.number}"

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """The cursor of an address; None where the text is none."""
        found = _CURSOR.fullmatch(text)
        try:
            return cls(date.fromisoformat(found[1]), found[2]) if found else None
        except ValueError:
            return None


@dataclass(frozen=True)
class Wanted:
    """What a list shows. `since` and `until` are Shanghai days on which the sender ordered."""

    tab: Tab = Tab.OPEN
    source: Channel | None = None
    since: date | None = None
    until: date | None = None
    before: Cursor | None = None
    after: Cursor | None = None

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Wanted:
        """The list of an address; what makes no sense is left out."""
        tab, source = args.get("tab", ""), args.get("source", "")
        before = Cursor.read(args.get("before", ""))
        return cls(
            tab=Tab(tab) if tab in set(Tab) else Tab.OPEN,
            source=Channel(source) if source in ORDER_CHANNELS else None,
            since=_day(args.get("since", "")),
            until=_day(args.get("until", "")),
            before=before,
            after=None if before else Cursor.read(args.get("after", "")),
        )

    @property
    def query(self) -> str:
        """The list as the query part of an address."""
        given = {
            "tab": self.tab.value,
            "source": self.source.value if self.source else "",
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "before": str(self.before or ""),
            "after": str(self.after or ""),
        }
        return urlencode({name: value for name, value in given.items() if value})

    def but(self, **changed: Any) -> Wanted:
        """The first page of another list."""
        return replace(self, **{"before": None, "after": None, **changed})


@dataclass(frozen=True)
class Page:
    """One page. Each row is an order with the columns of its case; `before` and `after` are where
    its neighbours begin."""

    rows: Sequence[Row[Any]]
    before: Cursor | None
    after: Cursor | None


def read_page(session: Session, access: Access, wanted: Wanted) -> Page:
    """One page of the orders that a person may see."""
    backwards = wanted.before is not None
    day = _sorted_by(wanted.tab)
    cursor = wanted.before or wanted.after
    query = selected(access, wanted)
    # What was answered stands newest first, everything else by the day on which it is due.
    falling = (wanted.tab is Tab.ANSWERED) != backwards
    if cursor:
        key = tuple_(day, Case.number)
        at = tuple_(literal(cursor.on), literal(cursor.number))
        query = query.where(key < at if falling else key > at)
    order = [one.desc() if falling else one.asc() for one in (day, Case.number)]
    found = list(session.execute(query.order_by(*order).limit(PAGE_SIZE + 1)).all())
    rows, more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    rows = rows[::-1] if backwards else rows
    if not rows:
        return Page((), None, None)
    first, last = (_cursor(wanted.tab, row) for row in (rows[0], rows[-1]))
    has_before = more if backwards else cursor is not None
    return Page(rows, first if has_before else None, last if backwards or more else None)


def read_counts(session: Session, access: Access, wanted: Wanted) -> dict[Tab, int]:
    """How many orders each tab lists, of the same senders and days; MOST_COUNTED + 1 means more
    than that."""
    found = {}
    for tab in Tab:
        rows = selected(access, wanted.but(tab=tab)).with_only_columns(Order.case_id)
        counted = rows.limit(MOST_COUNTED + 1).subquery()
        found[tab] = session.scalar(select(func.count()).select_from(counted)) or 0
    return found


def selected(access: Access, wanted: Wanted) -> Select[Any]:
    """The orders of a list, in no order."""
    return (
        select(Order, *_SHOWN)
        .join(Case, Case.id == Order.case_id)
        .where(visible(access), *_conditions(wanted))
    )


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    answered = wanted.tab is Tab.ANSWERED
    yield Order.answered_on.is_not(None) if answered else Order.answered_on.is_(None)
    if wanted.tab is Tab.OVERDUE:
        yield Order.answer_by < clock.today()
    if wanted.tab is Tab.READY:
        yield Case.state.in_(ANSWERED_STATES)
    if wanted.source:
        yield Order.source == wanted.source
    if wanted.since:
        yield Order.ordered_on >= wanted.since
    if wanted.until:
        yield Order.ordered_on <= wanted.until


def _sorted_by(tab: Tab) -> Any:
    return Order.answered_on if tab is Tab.ANSWERED else Order.answer_by


def _cursor(tab: Tab, row: Row[Any]) -> Cursor:
    order: Order = row.Order
    on = order.answered_on if tab is Tab.ANSWERED else order.answer_by
    return Cursor(on or order.answer_by, row.number)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
