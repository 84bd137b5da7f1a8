"""Under which department a problem is summed up for the office (条线), plan 五(二)1. Pure."""

from __future__ import annotations

from datetime import date

from portal.campaign.book import Book
from portal.campaign.responsibility import Responsibility


def line_of(found: Book, day: date, *, policy: str | None, problem_type: str) -> str | None:
    """The unit in charge of a policy and a kind of problem on a Shanghai day, wherever it happened
    and whoever did it: its rows in force say so. None where no row names one, and the office sums
    it up itself."""
    rows = [
        row
        for row in found.responsibilities_on(day)
        if row.policy_code in {None, policy}
        and row.problem_code in {None, problem_type}
        and not (row.place_code or row.kind or row.actor)
    ]
    strongest = max(rows, key=_rank, default=None)
    return strongest.unit_code if strongest and found.units[strongest.unit_code].desk else None


def _rank(row: Responsibility) -> tuple[bool, bool]:
    return row.problem_code is not None, row.policy_code is not None
