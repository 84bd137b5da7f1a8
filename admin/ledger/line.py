"""Under which department a problem is summed up for the office (条线), plan 五(二)1. Pure."""

from __future__ import annotations

from datetime import date

from portal.campaign.book import Book
from portal.campaign.in_charge import InCharge


def line_of(found: Book, day: date, *, policy: str | None, problem_type: str) -> str | None:
    """The unit in charge of a policy and a kind of problem on a Shanghai day, wherever it happened
    and whoever did it: its rows in force say so. None where no row names one that works here, and
    the office sums it up itself."""
    charges = InCharge(found, day).of(policy=policy, problem=problem_type)
    unit = next((one.unit for one in charges if not one.when), None)
    return unit.code if unit and unit.desk else None
