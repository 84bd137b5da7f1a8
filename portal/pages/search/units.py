"""Whom to call: the line itself, units, street offices, communities by their street, other doors.

Whoever has no number of his own is reached by the number of the nearest unit above him.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.campaign.unit import Unit
from portal.pages.search.finding import MOST, Finding, Group
from portal.pages.search.quoting import cut
from portal.pages.search.sought import Sought

# Whoever types this looks for a number, whatever else he types.
_CALL = "打电话号码"


def units(sought: Sought) -> Group:
    """What fits by its name first, then by what it does."""
    ranked = [(one, _rank(one, sought)) for one in sought.found.units.values()]
    fitting = [(one, rank) for one, rank in ranked if rank is not None]
    fitting.sort(key=lambda pair: (not pair[0].telephone, pair[1]))
    told = [*_line(sought), *(_finding(one, sought) for one, _ in fitting), *_doors(sought)]
    return Group(
        "units",
        "找谁、打什么电话",
        "个",
        told[:MOST],
        len(told),
        (sought.links.hotlines(), "各单位电话"),
        # Whoever names a unit wants its number before all that it pays; 区 names none.
        leads=len(told) <= MOST and any(rank == 0 for _, rank in fitting),
    )


def _line(sought: Sought) -> Iterator[Finding]:
    campaign = sought.found.campaign
    if sought.fits(["惠民热线"], [_CALL, campaign.hotline, _digits(campaign.hotline)]):
        yield Finding(
            "惠民热线",
            sought.links.hotlines(),
            line=campaign.hotline_hours,
            telephone=campaign.hotline,
        )


def _rank(unit: Unit, sought: Sought) -> int | None:
    """How well it fits, 0 is best; None: not at all."""
    names = (unit.name, unit.short_name, *unit.aliases)
    if sought.fits(names) or (sought.fits(names, [_CALL]) and not sought.fits([], [_CALL])):
        return 0
    # That it takes applications, as all communities do, tells nothing of one of them.
    if unit.telephone and sought.fits(names, [unit.remit, _CALL, *_own(unit)]):
        return 1
    return None


def _own(unit: Unit) -> tuple[str, ...]:
    return unit.telephone, _digits(unit.telephone), unit.hours, unit.address


def _finding(unit: Unit, sought: Sought) -> Finding:
    reached = next((one for one in (unit, *sought.found.above(unit.code)) if one.telephone), None)
    said = sought.sentence(unit.remit) or cut(unit.remit)
    if reached is unit:
        line = unit.hours
    elif reached:
        line = f"打{reached.name}的电话"
    else:
        line = "打热线"
    return Finding(
        unit.name,
        sought.links.hotlines(f"unit-{(reached or unit).code}"),
        line=line,
        said=said,
        telephone=reached.telephone if reached else sought.found.campaign.hotline,
    )


def _doors(sought: Sought) -> Iterator[Finding]:
    """Where other matters belong."""
    for door in sought.found.campaign.doors:
        if sought.fits([door["name"]], [door["matter"], door["telephone"], _CALL]):
            yield Finding(
                door["name"],
                sought.links.hotlines("doors"),
                said=sought.sentence(door["matter"]) or cut(door["matter"]),
                telephone=door["telephone"],
                kind="别的事",
            )


def _digits(telephone: str) -> str:
    """A number as somebody types it who leaves the strokes out."""
    return telephone.replace("-", "")
