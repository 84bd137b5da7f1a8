"""Counting what respondents said: shares with margins, over all streets and street by street, and
how many didn't answer. Pure.

Fewer than `LEAST` answers are never shown alone, nor what would give them away by subtraction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from admin.assessments.entry import Result
from admin.assessments.margins import Counted, Share, share_of
from admin.assessments.voice import Voice
from admin.public_figures.small_numbers import LEAST, together
from intake.assessing.questions import Question


@dataclass(frozen=True)
class StreetWork:
    """How far one street got: rows of its list, how many were drawn without reserves, how many
    answered, None where that isn't shown."""

    street: str
    recipients: int
    drawn: int
    answered: int | None


@dataclass(frozen=True)
class Fieldwork:
    """What came of the rows of all streets. `drawn` are without reserves, `visited` all about which
    something was written down. `answered` is by interviewers, `by_slip` by slips; `complained` by
    both, who are counted apart; `slips_waiting` were left and never sent in."""

    drawn: int
    visited: int
    answered: int
    by_slip: int
    complained: int
    not_reached: int
    declined: int
    moved: int
    slips_waiting: int

    @property
    def reached(self) -> int:
        """How many said anything at all, be it that they don't want to."""
        return self.answered + self.by_slip + self.complained + self.declined


@dataclass(frozen=True)
class AskedOf:
    """A question in one street: how many answered it, and the share of each answer; both None where
    that isn't shown."""

    street: str
    answered: int | None
    shares: tuple[Share, ...] | None


@dataclass(frozen=True)
class Answered:
    """A question: how many answered it, the share of each of its choices, None where they are too
    few; and the same street by street."""

    question: Question
    answered: int
    shares: tuple[Share, ...] | None
    by_street: tuple[AskedOf, ...]


@dataclass(frozen=True)
class Frame:
    """One street as it was drawn from."""

    street: str
    recipients: int
    drawn: int


def fieldwork(frames: Sequence[Frame], found: Sequence[Voice]) -> Fieldwork:
    """What came of all rows."""
    at_home = Counter(one.result for one in found if not one.by_slip)
    slips = Counter(one.result for one in found if one.by_slip)
    return Fieldwork(
        drawn=sum(one.drawn for one in frames),
        visited=at_home.total(),
        answered=at_home[Result.ANSWERED],
        by_slip=slips[Result.ANSWERED],
        complained=at_home[Result.COMPLAINED] + slips[Result.COMPLAINED],
        not_reached=at_home[Result.NOT_REACHED],
        declined=at_home[Result.DECLINED],
        moved=at_home[Result.MOVED],
        slips_waiting=max(0, at_home[Result.SLIP] - slips.total()),
    )


def streets_work(frames: Sequence[Frame], found: Sequence[Voice]) -> list[StreetWork]:
    """The same street by street, as far as it is shown. That somebody complained before isn't."""
    numbers = _numbers(frames, [one for one in found if one.result is Result.ANSWERED])
    secret = together(numbers)
    return [
        StreetWork(
            one.street,
            one.recipients,
            one.drawn,
            None if one.street in secret else numbers[one.street],
        )
        for one in frames
    ]


def answered(
    frames: Sequence[Frame], found: Sequence[Voice], questions: Sequence[Question]
) -> list[Answered]:
    """Every question with its shares."""
    return [_one(frames, found, place, one) for place, one in enumerate(questions)]


def _one(
    frames: Sequence[Frame], found: Sequence[Voice], place: int, question: Question
) -> Answered:
    saying = [one for one in found if one.result is Result.ANSWERED and place in one.said.chosen]
    numbers = _numbers(frames, saying)
    total = sum(numbers.values())
    secret = set(together(numbers)) if total >= LEAST else set(numbers)
    asked = _numbers(
        frames,
        [one for one in found if one.result in {Result.ANSWERED, Result.COMPLAINED}],
    )
    chose = Counter((one.street, one.said.chosen[place]) for one in saying)
    cells = [
        [
            Counted(one.recipients, asked[one.street], numbers[one.street], chose[one.street, at])
            for one in frames
        ]
        for at in range(len(question.choices))
    ]
    return Answered(
        question,
        total,
        _shares(cells) if total >= LEAST else None,
        tuple(
            AskedOf(frame.street, None, None)
            if frame.street in secret
            else AskedOf(
                frame.street, numbers[frame.street], _shares([[line[at]] for line in cells])
            )
            for at, frame in enumerate(frames)
        ),
    )


def _shares(cells: Sequence[Sequence[Counted]]) -> tuple[Share, ...] | None:
    found = [share_of(line) for line in cells]
    shares = tuple(one for one in found if one is not None)
    return shares or None


def _numbers(frames: Sequence[Frame], those: Sequence[Voice]) -> Mapping[str, int]:
    counted = Counter(one.street for one in those)
    return {one.street: counted[one.street] for one in frames}
