"""Which of the interviewers' remarks may be read when an assessment is over, and with which street.
Pure."""

from __future__ import annotations

from collections.abc import Sequence

from admin.assessments.entry import Result
from admin.assessments.tally import StreetWork
from admin.assessments.voice import Voice
from admin.public_figures.small_numbers import LEAST


def remarks_shown(streets: Sequence[StreetWork], found: Sequence[Voice]) -> list[tuple[str, str]]:
    """What they remarked, each with its street's code, in an order that tells no row.

    A street stands there where `streets` tells that at least `LEAST` of it answered. Of all others
    the code is empty, and nothing at all is told where fewer of them together did: a remark and its
    street would lead to the household that it is about.
    """
    named = {one.street for one in streets if (one.answered or 0) >= LEAST}
    others = [one for one in found if one.street not in named]
    enough = sum(one.result is Result.ANSWERED for one in others) >= LEAST
    return sorted(
        (one.street if one.street in named else "", one.remark)
        for one in found
        if one.remark and (enough or one.street in named)
    )
