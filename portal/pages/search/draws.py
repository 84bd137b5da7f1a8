"""The draws of spot checks (重点抽查): found by their number, by what they are called, and by the
units that stood in the frame; those too that are promised only."""

from __future__ import annotations

from collections.abc import Sequence

from portal.foundation.clock import day_of
from portal.foundation.formats import day_with_year
from portal.pages.search.finding import Finding, Group, shown
from portal.pages.search.kept_records import KeptRecord, kept_draws
from portal.pages.search.sought import Sought
from portal.published.spot_check_record import given_up_on

_WHAT = "重点抽查，抽查，抽签，抽中，抽到哪些单位，名册，承诺，种子，自己重抽一遍"

# So many units are named in a line.
_NAMED = 3


def draws(sought: Sought) -> Group:
    """What fits, the newest first."""
    fitting = [
        one for one in kept_draws(sought) if sought.fits([_title(one)], [_WHAT, *_units(one)])
    ]
    return Group(
        "draws",
        "重点抽查",
        "次",
        shown(fitting, lambda one: _finding(one, sought)),
        len(fitting),
        (sought.links.public_draws(), "重点抽查"),
    )


def _title(one: KeptRecord) -> str:
    return f"重点抽查{one.key}"


def _units(one: KeptRecord) -> Sequence[str]:
    """The names in the frame; before the draw nobody reads them."""
    return [unit["name"] for unit in one.kept.get("frame", ())]


def _finding(one: KeptRecord, sought: Sought) -> Finding:
    return Finding(
        _title(one),
        sought.links.public_draws(one.key),
        line=_line(one),
        said=_drawn(one, sought),
    )


def _line(one: KeptRecord) -> str:
    given_up = given_up_on(one.kept)
    if given_up:
        return f"{day_with_year(given_up)}已作废，原因：{one.kept['given_up_why']}"
    if one.drawn_at is None:
        return f"{day_with_year(day_of(one.at))}公布了承诺，还没有抽"
    drawn, units = len(one.kept["drawn"]), one.kept["units"]
    return f"{day_with_year(day_of(one.drawn_at))}抽的，{units}个里抽中{drawn}个"


def _drawn(one: KeptRecord, sought: Sought) -> str:
    """Which of the units that were meant came out."""
    drawn = set(one.kept.get("drawn", ()))
    meant = [unit for unit in one.kept.get("frame", ()) if sought.fits([], [unit["name"]])]
    names = [unit["name"] for unit in meant if unit["code"] in drawn]
    if names:
        return f"抽中：{'、'.join(names[:_NAMED])}" + ("等" if len(names) > _NAMED else "")
    return "在名册里，没有抽中" if meant else ""
