"""Counting what respondents said: shares with margins, over all streets and street by street, and
how many didn't answer. Pure.

Fewer than `LEAST` answers are never shown alone, nor what would give them away by subtraction.
Where fewer than that were heard of in all, nothing is shown: beside numbers that are nothing, the
one that is hidden would tell what came of a single row, and where.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from admin.assessments.entry import Result
from admin.assessments.margins import Counted, Share, share_of
from admin.assessments.voice import Voice
from admin.public_figures.small_numbers import LEAST, is_small, together
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
    something was written down; `reached` are all who said anything at all, be it that they don't
    want to. `answered` is by interviewers, `by_slip` by slips; `complained` by both, counted apart;
    `slips_waiting` were left and never sent in. None is what isn't shown."""

    drawn: int
    visited: int | None
    reached: int | None
    answered: int | None
    by_slip: int | None
    complained: int | None
    not_reached: int | None
    declined: int | None
    moved: int | None
    slips_waiting: int | None


@dataclass(frozen=True)
class AskedOf:
    """A question in one street: how many answered it, and the share of each answer; both None where
    that isn't shown. Its margins are those of a sample of so many: how many were asked besides, who
    had complained, goes into the margins of all streets alone."""

    street: str
    answered: int | None
    shares: tuple[Share, ...] | None


@dataclass(frozen=True)
class Answered:
    """A question: how many answered it, and the share of each of its choices, None where they are
    too few; and the same street by street."""

    question: Question
    answered: int | None
    shares: tuple[Share, ...] | None
    by_street: tuple[AskedOf, ...]


@dataclass(frozen=True)
class Frame:
    """One street as it was drawn from."""

    street: str
    recipients: int
    drawn: int


def fieldwork(frames: Sequence[Frame], found: Sequence[Voice]) -> Fieldwork:
    """What came of all rows, as far as it is shown."""
    at_home = Counter(one.result for one in found if not one.by_slip)
    slips = Counter(one.result for one in found if one.by_slip)
    said = {"answered": at_home[Result.ANSWERED], "by_slip": slips[Result.ANSWERED]}
    others = {
        "complained": at_home[Result.COMPLAINED] + slips[Result.COMPLAINED],
        "not_reached": at_home[Result.NOT_REACHED],
        "declined": at_home[Result.DECLINED],
        "moved": at_home[Result.MOVED],
        "slips_waiting": max(0, at_home[Result.SLIP] - slips.total()),
    }
    sums = {
        "visited": at_home.total(),
        "reached": sum(said.values()) + others["complained"] + others["declined"],
    }
    numbers = {**said, **others, **sums}
    secret = _secret_work(said, others) | {name for name in sums if is_small(sums[name])}
    if len(frames) == 1:
        # The sum of all streets would be one street's.
        secret.add("complained")
    # By a sum and the rest of it one could be told that isn't shown.
    secret |= sums.keys() if secret else set()
    if _are_few(found):
        secret = set(numbers)
    return Fieldwork(
        drawn=sum(one.drawn for one in frames),
        **{name: None if name in secret else number for name, number in numbers.items()},
    )


def _secret_work(said: Mapping[str, int], others: Mapping[str, int]) -> set[str]:
    """What of the fieldwork isn't shown. How many answered in either way stands under each question
    and street, so that the two ways are hidden together, and neither can hide anything else."""
    small = any(is_small(one) for one in said.values())
    return set(together(others)) | (set(said) if small else set())


def streets_work(frames: Sequence[Frame], found: Sequence[Voice]) -> list[StreetWork]:
    """The same street by street, as far as it is shown. That somebody complained before isn't."""
    numbers = _numbers(frames, [one for one in found if one.result is Result.ANSWERED])
    few = _are_few(found) or is_small(sum(numbers.values()))
    secret = list(numbers) if few else together(numbers)
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
    if sum(1 for number in asked.values() if number) == 1:
        # All streets are one street.
        cells = [[_alone(one) for one in line] for line in cells]
    return Answered(
        question,
        None if _are_few(found) or is_small(total) else total,
        _shares(cells) if total >= LEAST else None,
        tuple(
            AskedOf(frame.street, None, None)
            if frame.street in secret
            else AskedOf(
                frame.street, numbers[frame.street], _shares([[_alone(line[at])] for line in cells])
            )
            for at, frame in enumerate(frames)
        ),
    )


def _are_few(found: Sequence[Voice]) -> bool:
    """Whether so little was heard, be it that nobody was at home, that all of it is hidden."""
    return is_small(len(found))


def _alone(street: Counted) -> Counted:
    """A street as if nobody in it had complained before: by a margin that knew them they could be
    counted."""
    return replace(street, asked=street.answered)


def _shares(cells: Sequence[Sequence[Counted]]) -> tuple[Share, ...] | None:
    found = [share_of(line) for line in cells]
    shares = tuple(one for one in found if one is not None)
    return shares or None


def _numbers(frames: Sequence[Frame], those: Sequence[Voice]) -> Mapping[str, int]:
    counted = Counter(one.street for one in those)
    return {one.street: counted[one.street] for one in frames}
