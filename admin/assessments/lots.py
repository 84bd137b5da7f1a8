"""Which rows of which lists are drawn: stratified by street, in proportion to size, by a seed; the
same for everybody who repeats it. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from admin.spot_checks.draw import allocate, in_order


@dataclass(frozen=True)
class Lots:
    """The rows of one list in the order in which they were drawn: those to ask, and those that
    stand in for people who complained before."""

    drawn: tuple[int, ...]
    reserve: tuple[int, ...]


@dataclass(frozen=True)
class Lists:
    """What is drawn from: the number of rows of each street's list, above zero, by what each list
    is known again, how many rows are asked for, and how many of each list at least, as far as it
    goes; those together are no more than are asked for."""

    sizes: Mapping[str, int]
    marks: Mapping[str, str]
    asked: int
    least: int = 1


def draw_lots(lists: Lists, seed: bytes) -> dict[str, Lots]:
    """Draw: each street in proportion to its recipients, the least number at least, and half as
    many again as reserves, as far as the list goes."""
    places = allocate(lists.sizes, dict.fromkeys(lists.sizes, 1), lists.asked, lists.least)
    return {street: _lots(seed, street, lists.sizes[street], n) for street, n in places.items()}


def record_of(key: str, lists: Lists, seed: bytes, lots: Mapping[str, Lots]) -> str:
    """The draw of an assessment as one text in one form: everything that repeating it needs, and
    what came of it."""
    said = {
        # Records of earlier days don't say it, and one was the least.
        **({"least": lists.least} if lists.least > 1 else {}),
        "assessment": key,
        "asked": lists.asked,
        "seed": seed.hex(),
        "streets": {
            street: {
                "list": lists.marks[street],
                "rows": lists.sizes[street],
                "drawn": list(one.drawn),
                "reserve": list(one.reserve),
            }
            for street, one in lots.items()
        },
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def repeats(record: str) -> bool:
    """Whether drawing once more by what a record says gives what it says."""
    said = json.loads(record)
    streets = said["streets"]
    lists = Lists(
        {street: one["rows"] for street, one in streets.items()},
        {street: one["list"] for street, one in streets.items()},
        said["asked"],
        said.get("least", 1),
    )
    seed = bytes.fromhex(said["seed"])
    return record_of(said["assessment"], lists, seed, draw_lots(lists, seed)) == record


def _lots(seed: bytes, street: str, size: int, number: int) -> Lots:
    rows = [int(one) for one in in_order(seed, "", street, [str(n) for n in range(1, size + 1)])]
    return Lots(tuple(rows[:number]), tuple(rows[number : number + -(-number // 2)]))
