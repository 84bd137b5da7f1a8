"""A row of annex 2: one problem as it stood at the end of a time. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from admin.ledger.problem import Source
from portal.published.result import ResultState


@dataclass(frozen=True, kw_only=True)
class Referred:
    """To which unit it was referred on which Shanghai day, and how many people that dealt with."""

    body: str
    on: date
    organisational: int
    disciplinary: int
    judicial: int

    @property
    def people(self) -> int:
        """How many in all."""
        return self.organisational + self.disciplinary + self.judicial


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One problem without its sentences: codes, yuan, people, Shanghai's days. `referred` is None
    for whoever isn't of the office."""

    problem_id: int
    number: str
    unit: str
    place: str | None
    source: Source
    problem_type: str
    policy: str | None
    fund_year: int | None
    amount: Decimal | None
    persons: int | None
    rectify_by: date
    state: ResultState
    recovered: Decimal | None
    paid_back: Decimal | None
    struck_off_on: date | None
    struck_off_by: int | None
    referred: Referred | None


@dataclass(frozen=True, kw_only=True)
class Sentences:
    """What was written about it by then, opened; empty where nothing was."""

    what_is_wrong: str = ""
    leader: str = ""
    person: str = ""
    measures: str = ""
    progress: str = ""
    heard: str = ""
