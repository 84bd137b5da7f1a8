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


class InCharge:
    """The rows in force on one Shanghai day, to be asked again and again."""

    def __init__(self, found: Book, day: date) -> None:
        self._found = found
        self._rows = sorted(found.responsibilities_on(day), key=_rank)

    def of(self, *, policy: str | None = None, problem: str | None = None) -> list[Charge]:
        """Who is in charge: the general rule first, then where it is otherwise.

        Without a policy only what holds for every policy counts; an empty list means that the
        policy decides.
        """
        policies, problems = {None, policy}, {None, problem}
        strongest: dict[str, Responsibility] = {}
        for row in self._rows:
            if row.policy_code in policies and row.problem_code in problems:
                strongest[_condition(row, self._found)] = row
        general = strongest.pop("", None)
        told = [(when, row) for when, row in strongest.items() if _is_otherwise(row, general)]
        if general:
            told.insert(0, ("", general))
        return [Charge(self._found.units[row.unit_code], when, row.basis) for when, row in told]

    def answering(self, *, policy: str, problem: str | None = None) -> list[Charge]:
        """Whom a reader is told: the same, and where no row says it for every case, the office
        first, which decides."""
        return or_the_office(self.of(policy=policy, problem=problem), self._found)


def or_the_office(charges: list[Charge], found: Book) -> list[Charge]:
    """Who is in charge; where no row says it for every case, the office decides."""
    if charges and not charges[0].when:
        return charges
    return [Charge(found.office, "", ""), *charges]


def whom(charges: list[Charge]) -> tuple[tuple[str, str], ...]:
    """The units and when each holds, to be compared: what they rest on makes no difference."""
    return tuple((one.unit.code, one.when) for one in charges)


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
