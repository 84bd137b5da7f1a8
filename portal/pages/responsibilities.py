"""Who is in charge (谁主管谁负责, plan 四(二)): by unit, by kind of problem, and for one policy."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from flask import request

from portal.campaign.book import Book
from portal.campaign.policy import Policy
from portal.campaign.problem_type import ProblemType
from portal.campaign.unit import Unit
from portal.foundation import clock
from portal.foundation.cached_pages import published_page
from portal.pages.blueprint import blueprint, book_in_force, filled
from portal.pages.hotlines import usual_hours
from portal.pages.in_charge import Charge, InCharge


@dataclass(frozen=True)
class Problem:
    """A problem type and who is in charge of it; nobody named means: whoever has the policy."""

    type: ProblemType
    charges: list[Charge]


@blueprint.get("/responsibilities")
@published_page(query=("policy",))
def responsibilities() -> str:
    """Every policy and every problem with its unit; or, with `policy`, that policy's own page."""
    found = book_in_force()
    policy = found.policies.get(request.args.get("policy", ""))
    in_charge = InCharge(found, clock.today())
    units = [] if policy else _units(found, in_charge)
    charges = in_charge.of(policy=policy.code) if policy else []
    groups = _problems(found, in_charge, policy.code if policy else None)
    shown = {unit.code for unit, _ in units} | {one.unit.code for one in charges}
    return filled(
        "responsibilities",
        found,
        policy=policy,
        in_charge=charges,
        units=units,
        hours=usual_hours(unit for unit, _ in units),
        groups=groups,
        others=_others(groups, shown, found),
        office=found.office,
    )


def _units(found: Book, in_charge: InCharge) -> list[tuple[Unit, list[Policy]]]:
    """The units that have policies, each with those for which the rows in force name it."""
    of: dict[str, list[Policy]] = {}
    for policy in found.policies.values():
        for charge in in_charge.of(policy=policy.code)[:1]:
            of.setdefault(charge.unit.code, []).append(policy)
    return [(unit, of[unit.code]) for unit in found.units.values() if unit.code in of]


def _others(groups: list[tuple[str, list[Problem]]], shown: set[str], found: Book) -> list[Unit]:
    """The units that are in charge of some problem, and whose address the page hasn't told; the
    office decides where no row does."""
    named = {one.unit.code for _, group in groups for p in group for one in p.charges}
    named.add(found.office.code)
    return [unit for unit in found.units.values() if unit.code in named - shown]


def _problems(
    found: Book, in_charge: InCharge, policy: str | None
) -> list[tuple[str, list[Problem]]]:
    told = [
        Problem(one, in_charge.of(policy=policy, problem=one.code))
        for one in found.problem_types.values()
    ]
    return [
        (name, list(group)) for name, group in groupby(told, key=lambda one: one.type.group_name)
    ]
