"""Why a unit stands in its stratum: what is known already, and what the office adds.

Whatever makes a unit certain puts it into one stratum, so that what is published can't tell a unit
that was contradicted by a case from one that the office chose by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.ledger.day_come import DayCome
from admin.ledger.problem import Problem
from portal.campaign.book import Book
from portal.campaign.spot_check_rule import Risk
from portal.foundation import clock


class Cause(StrEnum):
    """What speaks for checking a unit."""

    CONTRADICTED = "contradicted"
    SUPERIOR = "superior"
    PRESS = "press"
    OFFICE = "office"
    NIL = "nil"
    COVERAGE = "coverage"
    WEAK = "weak"
    FEW = "few"

    @property
    def risk(self) -> Risk:
        """The stratum into which it puts a unit."""
        return Risk.CERTAIN if self in _CERTAIN else Risk(self.value)

    @property
    def official(self) -> str:
        """The words on the office's pages."""
        return _WORDS[self]


_CERTAIN = frozenset({Cause.CONTRADICTED, Cause.SUPERIOR, Cause.PRESS, Cause.OFFICE})
_WORDS = {
    Cause.CONTRADICTED: "零报送和查到的情况对不上",
    Cause.SUPERIOR: "上级点名",
    Cause.PRESS: "媒体曝光",
    Cause.OFFICE: "办公室认为要查",
    Cause.NIL: "零报送",
    Cause.COVERAGE: "到户到人摸排不到位",
    Cause.WEAK: "自查自纠措施不得力",
    Cause.FEW: "发现问题偏少",
}


@dataclass(frozen=True)
class Reason:
    """One reason, in words for the office."""

    unit: str
    cause: Cause
    words: str


class Reasons(Protocol):
    """Something that knows reasons: the ledger, the monthly returns."""

    def __call__(self, session: Session, access: Access, book: Book, /) -> Iterable[Reason]:
        """The reasons that hold today, of whatever units, as this person may know them."""


def overdue_in_ledger(session: Session, _access: Access, _book: Book) -> Iterable[Reason]:
    """Units with problems past their time limit, whose measures are weak.

    Problems that no department sums up are left out: they may have come of an accusation, and the
    published name of the stratum must not tell a department of one that it doesn't see.
    """
    today = clock.today()
    late = select(Problem.unit_code).where(DayCome.LATE.on(today), Problem.line_code.is_not(None))
    units = list(session.scalars(late))
    for unit in sorted(set(units)):
        yield Reason(unit, Cause.WEAK, f"台账上有{units.count(unit)}个问题过了整改时限")


def strata_of(units: Iterable[str], reasons: Iterable[Reason]) -> dict[str, Risk]:
    """The stratum of each unit: the strongest that a reason puts it into."""
    order = list(Risk)
    found = dict.fromkeys(units, Risk.OTHERS)
    for one in reasons:
        if one.unit in found:
            found[one.unit] = min(found[one.unit], one.cause.risk, key=order.index)
    return found
