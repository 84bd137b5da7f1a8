"""What an annex will add up to, said before it is made: counted where all totals of the ledger
are."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.annexes.wanted import Wanted
from admin.ledger.counting import Totals, totals_on
from admin.ledger.problem import Problem

_CENTS = Decimal("0.01")


@dataclass(frozen=True)
class Sums:
    """Problems by state at the end of the time, with the yuan and people in them."""

    totals: Totals
    amount: Decimal
    persons: int


def sums_of(session: Session, access: Access, wanted: Wanted) -> Sums:
    """The sums, inside what this person may see."""
    which = wanted.problems(access)
    added = select(func.sum(Problem.amount), func.sum(Problem.persons)).where(*which)
    amount, persons = session.execute(added).one()
    # SQLite adds fractions; two decimals are what they were.
    yuan = Decimal(amount or 0).quantize(_CENTS)
    return Sums(totals_on(session, wanted.last, *which), yuan, persons or 0)
