"""Annex 1 computed from the rows of annex 2: a line for each unit and problem type, with sums by
group of types, by unit, and over all. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto
from itertools import groupby

from admin.annexes.entry import Entry
from admin.ledger.counting import Totals
from admin.ledger.problem import Source
from portal.campaign.kinds import Kind
from portal.published.result import ResultState


@dataclass(frozen=True)
class CaseCounts:
    """What came: by unit and problem type (empty where nobody said one) what accuses nobody, and in
    one sum what accuses somebody, None where that isn't the reader's or not of the whole
    district."""

    ordinary: Mapping[tuple[str, str], Mapping[Kind, int]]
    accusing: Mapping[Kind, int] | None


@dataclass
class Tally:
    """What was counted of some rows: problems, people, yuan, cases. `accusations_are_in`: the cases
    that accuse somebody are among those counted."""

    sources: Counter[Source] = field(default_factory=Counter)
    states: Counter[ResultState] = field(default_factory=Counter)
    policies: set[str] = field(default_factory=set)
    amount: Decimal = Decimal()
    persons: int = 0
    rectified_amount: Decimal = Decimal()
    recovered: Decimal = Decimal()
    paid_back: Decimal = Decimal()
    referred: int = 0
    organisational: int = 0
    disciplinary: int = 0
    judicial: int = 0
    cases: Counter[Kind] = field(default_factory=Counter)
    accusations_are_in: bool = False

    @property
    def totals(self) -> Totals:
        """The problems by state: they reconcile as everywhere in the ledger."""
        return Totals(self.states)

    @property
    def elsewhere(self) -> int:
        """What came from neither of the sources that have a column."""
        named = (Source.OWN_CHECK, Source.SPOT_CHECK, Source.AUDIT, Source.VERIFICATION)
        return self.totals.found - sum(self.sources[one] for one in named)

    @property
    def rate(self) -> str:
        """整改率: what was struck off, of all that is founded; empty where nothing is."""
        part = self.states[ResultState.STRUCK_OFF]
        whole = self.totals.found - self.states[ResultState.UNFOUNDED]
        return f"{part / whole:.1%}（{part}/{whole}）" if whole else ""

    def count(self, entry: Entry) -> None:
        """Count one row."""
        self.sources[entry.source] += 1
        self.states[entry.state] += 1
        self.policies |= {entry.policy} if entry.policy else set()
        self.amount += entry.amount or 0
        self.persons += entry.persons or 0
        self.recovered += entry.recovered or 0
        self.paid_back += entry.paid_back or 0
        if entry.state is ResultState.STRUCK_OFF:
            self.rectified_amount += entry.amount or 0
        if entry.referred is not None:
            self.referred += 1
            self.organisational += entry.referred.organisational
            self.disciplinary += entry.referred.disciplinary
            self.judicial += entry.referred.judicial

    def add(self, other: Tally) -> None:
        """Count what another one counted; a policy that both met stays one."""
        for name in _ADDED:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.policies |= other.policies


_ADDED = (
    *("sources", "states", "amount", "persons", "rectified_amount", "recovered", "paid_back"),
    *("referred", "organisational", "disciplinary", "judicial", "cases"),
)


class LineKind(Enum):
    """What a line adds up."""

    TYPE = auto()
    GROUP = auto()
    UNIT = auto()
    GROUP_OF_ALL = auto()
    ALL = auto()


@dataclass(frozen=True)
class Line:
    """One line. `unit` is empty where it is about all, `name` is a problem type's code or the name
    of a group, empty where it is about all of them."""

    kind: LineKind
    unit: str
    name: str
    tally: Tally


@dataclass(frozen=True)
class Order:
    """The places of units and problem types in the campaign, and the group of each type."""

    units: Sequence[str]
    groups: Mapping[str, str]

    def key(self, place: tuple[str, str]) -> tuple[int, int]:
        """Where a line stands; what has no type comes last."""
        types = list(self.groups)
        unit, problem_type = place
        at = types.index(problem_type) if problem_type else len(types)
        return self.units.index(unit), at


def tabulate(entries: Iterable[Entry], cases: CaseCounts, order: Order) -> list[Line]:
    """The lines of annex 1, the sums each behind what they add up."""
    leaves: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for entry in entries:
        leaves[entry.unit, entry.problem_type].count(entry)
    for place, kinds in cases.ordinary.items():
        leaves[place].cases.update(kinds)
    there = sorted(leaves, key=order.key)
    lines = [
        line
        for unit, places in groupby(there, key=lambda place: place[0])
        for line in _of_unit(unit, [(p, leaves[p]) for p in places], order)
    ]
    whole = _sum(leaves.values())
    if cases.accusing is not None:
        whole.cases.update(cases.accusing)
        whole.accusations_are_in = True
    by_group = _grouped([(place, leaves[place]) for place in there], order)
    lines += [Line(LineKind.GROUP_OF_ALL, "", name, tally) for name, tally in by_group.items()]
    return [*lines, Line(LineKind.ALL, "", "", whole)]


_Leaf = tuple[tuple[str, str], Tally]


def _of_unit(unit: str, leaves: Sequence[_Leaf], order: Order) -> Iterator[Line]:
    for name, some in groupby(leaves, key=lambda leaf: order.groups.get(leaf[0][1], "")):
        inside = list(some)
        yield from (Line(LineKind.TYPE, unit, place[1], tally) for place, tally in inside)
        if name:
            yield Line(LineKind.GROUP, unit, name, _sum(tally for _, tally in inside))
    yield Line(LineKind.UNIT, unit, "", _sum(tally for _, tally in leaves))


def _grouped(leaves: Iterable[_Leaf], order: Order) -> Mapping[str, Tally]:
    """The sums of each group over all units, in the campaign's order."""
    found = {name: Tally() for name in order.groups.values()}
    met = set()
    for (_, problem_type), tally in leaves:
        if problem_type:
            met.add(order.groups[problem_type])
            found[order.groups[problem_type]].add(tally)
    return {name: tally for name, tally in found.items() if name in met}


def _sum(tallies: Iterable[Tally]) -> Tally:
    found = Tally()
    for one in tallies:
        found.add(one)
    return found
