"""What stands in the cells of annex 1, by column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from admin.annexes.beside import Beside
from admin.annexes.problem_cells import type_name, wan
from admin.annexes.statistics import Line, LineKind, Tally
from admin.declarations.declaration_list import Sums
from admin.ledger.problem import Source
from admin.sheets.long_sheet import Cell
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.published.result import ResultState

_OF_UNITS = frozenset({LineKind.UNIT, LineKind.ALL})
_ENDS = {
    LineKind.GROUP: "小计",
    LineKind.UNIT: "合计",
    LineKind.GROUP_OF_ALL: "合计",
    LineKind.ALL: "总计",
}


@dataclass(frozen=True)
class Names:
    """What lines are called, and what other rooms tell of their units."""

    book: Book
    beside: Beside

    def unit(self, line: Line) -> str:
        """The name of the unit that a line is about."""
        return self.book.unit_name(line.unit) if line.unit else "全部单位"

    def problem_type(self, line: Line) -> str:
        """What a line adds up."""
        if line.kind is not LineKind.TYPE:
            return f"{line.name}{_ENDS[line.kind]}"
        return type_name(self.book, line.name) if line.name else "没有写明类别的来件"

    def nil_return(self, line: Line) -> str:
        """是 or 否 beside a unit's sum; empty where nobody knows."""
        if line.kind is not LineKind.UNIT or line.unit not in self.beside.nil:
            return ""
        return "是" if self.beside.nil[line.unit] else "否"

    def came_forward(self, line: Line) -> int | None:
        """How many people declared by themselves, beside a unit's sum and the whole."""
        told = self._declared(line)
        return told.declared if told else None

    def given_back(self, line: Line) -> Decimal | None:
        """万元 that they paid back."""
        told = self._declared(line)
        return wan(told.yuan) if told else None

    def rules(self, line: Line) -> int | None:
        """How many rules were issued, beside a unit's sum and the whole."""
        return self.beside.rules_of(line.unit) if line.kind in _OF_UNITS else None

    def _declared(self, line: Line) -> Sums | None:
        return self.beside.declared_by(line.unit) if line.kind in _OF_UNITS else None


def cell_of(line: Line, key: str, names: Names) -> Cell:
    """The cell of a column; what is left for a pen is empty."""
    if key in _NAMED:
        return _NAMED[key](names, line)
    if key in set(Kind):
        return _cases(line.tally, Kind(key))
    return _COUNTED[key](line.tally) if key in _COUNTED else None


def _cases(tally: Tally, kind: Kind) -> int | None:
    """How many cases came. Of tip-offs no unit's line says anything, not even "none"."""
    if kind is Kind.TIP_OFF and not tally.accusations_are_in:
        return None
    return tally.cases[kind]


_NAMED: Mapping[str, Callable[[Names, Line], Cell]] = {
    "unit": Names.unit,
    "problem_type": Names.problem_type,
    "nil_return": Names.nil_return,
    "came_forward": Names.came_forward,
    "given_back": Names.given_back,
    "rules": Names.rules,
}
_COUNTED: Mapping[str, Callable[[Tally], Cell]] = {
    "found": lambda tally: tally.totals.found,
    "own_check": lambda tally: tally.sources[Source.OWN_CHECK],
    "spot_check": lambda tally: tally.sources[Source.SPOT_CHECK],
    "audit": lambda tally: tally.sources[Source.AUDIT],
    "verification": lambda tally: tally.sources[Source.VERIFICATION],
    "elsewhere": lambda tally: tally.elsewhere,
    "policies": lambda tally: len(tally.policies),
    "amount": lambda tally: wan(tally.amount),
    "persons": lambda tally: tally.persons,
    "struck_off": lambda tally: tally.totals.of(ResultState.STRUCK_OFF),
    "in_hand": lambda tally: tally.totals.in_hand,
    "carried_over": lambda tally: tally.totals.of(ResultState.CARRIED_OVER),
    "unfounded": lambda tally: tally.totals.of(ResultState.UNFOUNDED),
    "rate": lambda tally: tally.rate,
    "rectified_amount": lambda tally: wan(tally.rectified_amount),
    "recovered": lambda tally: wan(tally.recovered),
    "paid_back": lambda tally: wan(tally.paid_back),
    "referred": lambda tally: tally.referred,
    "organisational": lambda tally: tally.organisational,
    "disciplinary": lambda tally: tally.disciplinary,
    "judicial": lambda tally: tally.judicial,
}
