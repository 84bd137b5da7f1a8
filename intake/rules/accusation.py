"""Who is accused by a text: named as doing wrong, and not only met on the way.

In doubt a unit is accused (and the office may say otherwise): a tip-off that reaches whom it means
can't be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from intake.rules.phrases import Phrases
from intake.rules.words import Hit

# How soon after a unit's name the title of one of its people stands.
_TITLE = 10
# How soon after a name its distrust is spoken out.
_SOON = 40
# A unit's name right after one of these is a desk of the street or community, and not the unit.
_DESK_OF = re.compile(r"(街道|街办|街办事处|街|社区|村里?|乡|镇|办事处)(管|的|里的|那个)?$")
# Who writes so names somebody as the one it is all about.
_POINTED_AT = re.compile(r"(举报|检举|揭发|控告|关于|反映|查一查|查查)(一家|某|下|一下)?$")


@dataclass(frozen=True)
class Blame:
    """What makes a unit's name a mere mention, or more than that."""

    before_mention: Phrases
    after_mention: Phrases
    distrust: Phrases
    persons: Phrases
    leaders: Phrases


def accused(text: str, units: Sequence[Hit], blame: Blame) -> frozenset[str]:
    """The units that a text accuses. `units` are the names found in it."""
    suspects = [hit for hit in units if not is_mention(text, hit, blame)]
    return frozenset().union(*(hit.codes for hit in suspects))


def is_mention(text: str, hit: Hit, blame: Blame) -> bool:
    """Whether a unit is only met on the way: asked, told, quoted, or a desk of somebody else's."""
    before, after = text[: hit.at], text[hit.end :]
    if _POINTED_AT.search(before[-6:]):
        return False
    if _DESK_OF.search(before[-6:]):
        return True
    if blame.distrust.search(after[:_SOON]) or blame.persons.search(after[:_TITLE]):
        return False
    asked = blame.before_mention.search(before[-5:])
    return bool(asked) or _begins_with(blame.after_mention, after[:8])


def names_a_leader(text: str, units: Sequence[Hit], blame: Blame) -> bool:
    """Whether somebody of a unit is spoken of, and not only the unit (康复科的负责人)."""
    return any(
        blame.leaders.search(text[hit.end : hit.end + _TITLE]) is not None
        for hit in units
        if not is_mention(text, hit, blame)
    )


def _begins_with(phrases: Phrases, text: str) -> bool:
    return any(begin == 0 for begin, _end in phrases.spans(text))
