"""Who is in charge (谁主管谁负责, plan 四(二)): by unit, and for one policy; the problems that go
elsewhere, and how wrongdoing is told without talking to the unit in charge."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from portal.campaign.book import Book
from portal.campaign.in_charge import Charge, InCharge, or_the_office, whom
from portal.campaign.policy import Policy
from portal.campaign.problem_type import ProblemType
from portal.campaign.unit import Unit
from portal.foundation import clock
from portal.foundation.cached_pages import published_page
from portal.pages.blueprint import blueprint, book_in_force, filled
from portal.pages.elsewhere import elsewhere
from portal.pages.hotlines import usual_hours

# Problems that the same units answer for, with these units.
Group = tuple[list[Charge], list["Problem"]]


@dataclass(frozen=True)
class Problem:
    """A problem type and who is in charge of it; nobody named means: whoever has the policy."""

    type: ProblemType
    charges: list[Charge]


@blueprint.get("/responsibilities")
@published_page(query=("policy",))
def responsibilities() -> str:
    """Every unit with its policies; or, with `policy`, that policy's own page."""
    found = book_in_force()
    policy = found.policies.get(request.args.get("policy", ""))
    code = policy.code if policy else None
    in_charge = InCharge(found, clock.today())
    units = [] if policy else _units(found, in_charge)
    general = or_the_office(in_charge.of(policy=code), found) if policy else []
    problems = [
        Problem(one, in_charge.of(policy=code, problem=one.code))
        for one in found.problem_types.values()
    ]
    accusing = [one for one in problems if one.type.accuses]
    exceptions = _exceptions(problems, general, found)
    sent_on = {one.type.code for _, same in exceptions for one in same}
    shown = [unit for unit, _ in units] or [one.unit for one in general]
    return filled(
        "responsibilities",
        found,
        policy=policy,
        general=general,
        units=units,
        problems=problems,
        exceptions=exceptions,
        usual=[p for p in problems if not p.type.accuses and p.type.code not in sent_on],
        accusing=accusing,
        accused=list(dict.fromkeys(c.unit.name for one in accusing for c in one.charges)),
        discipline=found.units[found.campaign.discipline_code],
        office=found.office,
        stands=[] if policy else elsewhere("/responsibilities"),
        **_reached(shown, exceptions, found),
    )


def _units(found: Book, in_charge: InCharge) -> list[tuple[Unit, list[Policy]]]:
    """The units that have policies, each with those for which the rows in force name it."""
    of: dict[str, list[Policy]] = {}
    for policy in found.policies.values():
        for charge in in_charge.of(policy=policy.code)[:1]:
            of.setdefault(charge.unit.code, []).append(policy)
    return [(unit, of[unit.code]) for unit in found.units.values() if unit.code in of]


def _exceptions(problems: list[Problem], general: list[Charge], found: Book) -> list[Group]:
    """The problems that go elsewhere than the policy does, those that go to the same together.
    What accuses somebody isn't among them: it goes to the line, whoever is in charge."""
    usual, by_units = whom(general), dict[object, Group]()
    for one in problems:
        charges = or_the_office(one.charges, found) if general else one.charges
        if not one.type.accuses and whom(charges) != usual:
            by_units.setdefault(whom(charges), (charges, []))[1].append(one)
    return list(by_units.values())


def _reached(shown: list[Unit], exceptions: list[Group], found: Book) -> dict[str, object]:
    """How the page's units are reached: what holds for all of them is said once. `others` are the
    units in charge of some problem of which more is to be told than a telephone, and the office,
    which decides where no row does."""
    called = {one.unit.code for charges, _ in exceptions for one in charges}
    named = (called | {found.office.code}) - {unit.code for unit in shown}
    others = [unit for unit in found.units.values() if unit.code in named]
    hours = usual_hours(shown)
    no_address = not any(unit.address for unit in [*shown, *others])
    told = {unit.code for unit in others if no_address and unit.hours == hours} & called
    return {
        "hours": hours,
        "no_address": no_address,
        "others": [unit for unit in others if unit.code not in told],
    }
