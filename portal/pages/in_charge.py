"""Who is in charge of what (谁主管谁负责, plan 四(二)), worked out of the dated rows for a reader.

It says what routing does: the row for a problem goes before the row for a policy, and a row for a
place, a kind or a doer holds only there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.campaign.book import Book
from portal.campaign.responsibility import Actor, Responsibility
from portal.campaign.unit import Unit

_DOER = {Actor.BANK: "是银行做的", Actor.UNIT: "是单位做的"}


@dataclass(frozen=True)
class Charge:
    """A unit in charge. `when` says where that holds only under a condition; empty: always."""

    unit: Unit
    when: str
    basis: str


def charges(
    found: Book, day: date, *, policy: str | None = None, problem: str | None = None
) -> list[Charge]:
    """Who is in charge on a Shanghai day, the general rule first, then where it is otherwise.

    Without a policy only what holds for every policy counts; an empty list means that the policy
    decides.
    """
    fitting = [
        row
        for row in found.responsibilities_on(day)
        if row.policy_code in {None, policy} and row.problem_code in {None, problem}
    ]
    strongest: dict[str, Responsibility] = {}
    for row in sorted(fitting, key=_rank):
        strongest[_condition(row, found)] = row
    general = strongest.pop("", None)
    told = [(when, row) for when, row in strongest.items() if _is_otherwise(row, general)]
    if general:
        told.insert(0, ("", general))
    return [Charge(found.units[row.unit_code], when, row.basis) for when, row in told]


def _is_otherwise(row: Responsibility, general: Responsibility | None) -> bool:
    """Whether a conditional row adds anything to the general one."""
    if general is None:
        return True
    return row.unit_code != general.unit_code and _rank(row) >= _rank(general)


def _rank(row: Responsibility) -> tuple[bool, bool]:
    return row.problem_code is not None, row.policy_code is not None


def _condition(row: Responsibility, found: Book) -> str:
    parts = (
        f"在{found.places[row.place_code].name}" if row.place_code else "",
        f"属于“{row.kind.plain}”的" if row.kind else "",
        _DOER[row.actor] if row.actor else "",
    )
    return "，".join(part for part in parts if part)
