"""The problems that the plan names, as people call them, each with who is in charge of it."""

from __future__ import annotations

from portal.campaign.in_charge import InCharge
from portal.campaign.problem_type import ProblemType
from portal.foundation import clock
from portal.pages.search.finding import Finding, Group, shown
from portal.pages.search.sought import Sought

# Whoever accuses somebody needn't talk to the unit in charge.
_NOT_THE_UNIT = "不用找管补贴的单位：打热线，或者在网上写"


def problems(sought: Sought) -> Group:
    """What fits in plain words or in the plan's (plan 三, 四(二)).

    The words by which people are understood (`keywords`) are no names: a whole sentence of
    somebody's letter finds nothing for having one of them in it.
    """
    fitting = [one for one in sought.found.problem_types.values() if sought.fits([], _told(one))]
    in_charge = InCharge(sought.found, clock.today())
    return Group(
        "problems",
        "什么问题归谁管",
        "种",
        shown(fitting, lambda one: _finding(one, sought, in_charge)),
        len(fitting),
        (sought.links.responsibilities(), "谁主管"),
    )


def _told(one: ProblemType) -> tuple[str, ...]:
    return (one.plain_text, one.plan_text, one.group_name, one.code, *one.keywords)


def _finding(one: ProblemType, sought: Sought, in_charge: InCharge) -> Finding:
    address = sought.links.responsibilities(problem=one.code)
    if one.accuses:
        return Finding(one.plain_text, address, line=_NOT_THE_UNIT)
    charges = in_charge.of(problem=one.code)
    told = [f"{charge.when}，找{charge.unit.name}".lstrip("，") for charge in charges]
    if not charges or charges[0].when:
        told.insert(0, "找管这项补贴的单位")
    return Finding(one.plain_text, address, line="；".join(told))
