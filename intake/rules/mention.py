"""Whether a unit's name stands in a text as one that does something, or is only met on the way:
asked, told, quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from intake.rules.phrases import Phrases
from intake.rules.words import Hit

# A unit's name right after one of these is a desk of the street or community, and not the unit.
_DESK_OF = re.compile(r"(街道|街办|街办事处|街|社区|村|乡|镇|办事处)[上里]?(管|的|那个)?$")
_BEFORE, _AFTER = 5, 8


@dataclass(frozen=True)
class MentionWords:
    """What makes a unit's name a mere mention: right before it, right after it."""

    before: Phrases
    after: Phrases


def is_a_desk_below(text: str, hit: Hit) -> bool:
    """Whether a unit's name stands for a desk of some street or community (街上残联, 社区民政)."""
    return _DESK_OF.search(text[max(0, hit.at - _BEFORE - 1) : hit.at]) is not None


def is_mention(text: str, hit: Hit, words: MentionWords) -> bool:
    """Whether a unit is only met on the way."""
    before, after = text[: hit.at], text[hit.end :]
    if is_a_desk_below(text, hit):
        return True
    asked = words.before.search(before[-_BEFORE:])
    return bool(asked) or any(begin == 0 for begin, _end in words.after.spans(after[:_AFTER]))
