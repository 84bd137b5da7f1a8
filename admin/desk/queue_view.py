"""What a list shows, as its address says it: tab, scope, filters, and where the page begins.

The address holds no row id; whatever it holds that makes no sense is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode

from admin.accounts.access import Access
from intake.rules.lifecycle import OPEN_STATES, State
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.campaign.place import PlaceKind

DUE_WORDS = {"overdue": "已超期", "today": "今天到期", "week": "7天内到期"}
MINE_WORDS = {"1": "我的", "none": "没人认领"}
MARK_WORDS = {"new-words": "来件人有新话", "supervised": "督办"}
_CURSOR = re.compile(r"([uc])_(\d{4}-\d{2}-\d{2})_([A-Z]{1,4}\d{4,12})", re.ASCII)


class Tab(StrEnum):
    """One list of the queue."""

    TRIAGE = "triage"
    ASSIGNED = "assigned"
    SIGNED_FOR = "signed-for"
    ACCEPTED = "accepted"
    DRAFTED = "drafted"
    REVIEWED = "reviewed"
    REPLIED = "replied"
    CLOSED = "closed"
    OPEN = "open"

    @property
    def official(self) -> str:
        """What stands on the tab."""
        return _TABS[self][0]

    @property
    def states(self) -> tuple[State, ...]:
        """The states of the cases that it lists."""
        return _TABS[self][1]

    @property
    def empty(self) -> str:
        """What will appear here, while there is nothing."""
        return _TABS[self][2]


_TABS: dict[Tab, tuple[str, tuple[State, ...], str]] = {
    Tab.TRIAGE: (
        "待分派",
        (State.REGISTERED, State.RETURNED),
        "没有等您分派的件。规则定不了的和各单位退回的，会排在这里。",
    ),
    Tab.ASSIGNED: ("待签收", (State.ASSIGNED,), "没有等您签收的件，新件到了会排在这里。"),
    Tab.SIGNED_FOR: ("已签收", (State.SIGNED_FOR,), "没有已签收、还没受理的件。"),
    Tab.ACCEPTED: ("办理中", (State.ACCEPTED,), "没有正在办的件，受理以后会排在这里。"),
    Tab.DRAFTED: ("待审核", (State.DRAFTED,), "没有等审核的答复，拟好的答复会排在这里。"),
    Tab.REVIEWED: (
        "待办公室审核",
        (State.REVIEWED,),
        "没有等办公室审核的答复。举报和信访的答复，单位负责人审签以后排在这里。",
    ),
    Tab.REPLIED: ("已答复", (State.REPLIED,), "没有已答复、还没办结的件。"),
    Tab.CLOSED: (
        "已办结",
        (State.CLOSED, State.DECLINED, State.WITHDRAWN, State.MERGED),
        "还没有办结的件。并到别的件里办的，也在这里。",
    ),
    Tab.OPEN: ("全部未结", OPEN_STATES, "没有还没办结的件。"),
}


@dataclass(frozen=True)
class Cursor:
    """Between which two rows a page begins: the sorting key of one of them."""

    urgent: bool
    due_on: date
    number: str

    def __str__(self) -> str:
        return f"{'u' if self.urgent else 'c'}_{self.due_on.isoformat()}_{self.number}"

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """The cursor of an address; None where the text is none."""
        found = _CURSOR.fullmatch(text)
        try:
            return cls(found[1] == "u", date.fromisoformat(found[2]), found[3]) if found else None
        except ValueError:
            return None


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to. `place` is a street with everything in it; `unit` is the
    office's."""

    kind: Kind | None = None
    policy: str | None = None
    problem: str | None = None
    place: str | None = None
    due: str | None = None
    unit: str | None = None
    mine: str | None = None
    mark: str | None = None

    @classmethod
    def read(cls, args: Mapping[str, str], book: Book, *, district: bool) -> Filters:
        """The filters of an address, as far as the campaign knows what they name."""
        streets = {code for code, p in book.places.items() if p.kind is PlaceKind.STREET}
        return cls(
            kind=Kind.from_slug(args.get("kind", "")),
            policy=_known(args.get("policy"), book.policies),
            problem=_known(args.get("problem"), book.problem_types),
            place=_known(args.get("place"), streets),
            due=_known(args.get("due"), DUE_WORDS),
            unit=_known(args.get("unit"), book.units) if district else None,
            mine=_known(args.get("mine"), MINE_WORDS),
            mark=_known(args.get("mark"), MARK_WORDS),
        )

    def as_args(self) -> dict[str, str]:
        """The filters that are set, as an address names them."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: value.slug if isinstance(value, Kind) else value
            for name, value in given.items()
            if value
        }


@dataclass(frozen=True)
class View:
    """One list. `district`: the office looks at every unit's cases instead of its own."""

    tab: Tab
    district: bool = False
    filters: Filters = Filters()
    before: Cursor | None = None
    after: Cursor | None = None

    @classmethod
    def read(cls, args: Mapping[str, str], access: Access, book: Book) -> View:
        """The view of an address. The district is open to the office alone."""
        district = access.as_office and args.get("scope") == "district"
        before = Cursor.read(args.get("before", ""))
        return cls(
            tab=_tab(args.get("tab"), access),
            district=district,
            filters=Filters.read(args, book, district=district),
            before=before,
            after=None if before else Cursor.read(args.get("after", "")),
        )

    @classmethod
    def from_query(cls, query: str, access: Access, book: Book) -> View:
        """The view that a form carried along, to come back to it."""
        return cls.read(dict(parse_qsl(query[:500])), access, book)

    @property
    def query(self) -> str:
        """The view as the query part of an address."""
        args = {"tab": self.tab.value}
        if self.district:
            args["scope"] = "district"
        args |= self.filters.as_args()
        args |= {"before": str(self.before)} if self.before else {}
        args |= {"after": str(self.after)} if self.after else {}
        return urlencode(args)

    @property
    def worth_saving(self) -> bool:
        """Whether the list is narrowed to anything."""
        return bool(self.filters.as_args())

    @property
    def to_save(self) -> str:
        """The list without the page it stands on, as it is saved."""
        return self.at().query

    def on(self, tab: Tab) -> View:
        """The first page of another tab with the same filters."""
        return replace(self, tab=tab, before=None, after=None)

    def at(self, *, before: Cursor | None = None, after: Cursor | None = None) -> View:
        """Another page of the same list."""
        return replace(self, before=before, after=after)

    def without(self, name: str) -> View:
        """The same list with one filter taken away."""
        return replace(self.at(), filters=replace(self.filters, **{name: None}))

    def scoped(self, *, district: bool) -> View:
        """The first page of the same tab, of the whole district or of one's own."""
        filters = replace(self.filters, unit=None)
        return replace(self.at(), district=district, filters=filters)


def _tab(name: str | None, access: Access) -> Tab:
    """The tab of that name; without one, where a person's work begins."""
    if name in set(Tab):
        return Tab(name)
    return Tab.TRIAGE if access.as_office else Tab.ASSIGNED


def _known(value: str | None, known: Mapping[str, object] | set[str]) -> str | None:
    return value if value and value in known else None
