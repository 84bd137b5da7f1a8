"""What the leak check finds in the texts of a draft, and what somebody wrote about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from admin.publishing.echoes import Echoes
from admin.publishing.leak_check import NEVER, Finding, Inside, Leak, find


@dataclass(frozen=True)
class Answer:
    """What somebody wrote about a finding that stays in the text."""

    text: str
    staff_id: int


class Found(Protocol):
    """A finding of whatever sort, as a desk's pages show it and its acts ask about it."""

    @property
    def key(self) -> str:
        """What an answer is kept under."""

    @property
    def said(self) -> str:
        """What it is, with its words."""

    @property
    def answer(self) -> Answer | None:
        """Why it may stay, if somebody wrote it."""

    @property
    def can_be_answered(self) -> bool:
        """Whether a word in writing lets it stay."""

    @property
    def is_open(self) -> bool:
        """Whether it keeps the draft from being released."""


@dataclass(frozen=True)
class Located:
    """A finding in its text. `key`, and so its answer, stays as long as the passage does."""

    field: str
    finding: Finding
    passage: str
    answer: Answer | None

    @property
    def key(self) -> str:
        """What an answer is kept under."""
        return f"{self.field}:{self.finding.leak}:{self.passage}"

    @property
    def said(self) -> str:
        """What it is, with its words."""
        words = f"，“{self.passage}”" if self.passage else ""
        return f"{self.finding.leak.plain}{words}"

    @property
    def can_be_answered(self) -> bool:
        """Whether a word in writing lets it stay."""
        return self.finding.leak not in NEVER

    @property
    def is_open(self) -> bool:
        """Whether it keeps the draft from being released."""
        return self.answer is None or not self.can_be_answered


def located(
    texts: Mapping[str, str],
    answers: Mapping[str, Answer],
    inside: Inside,
    echoes: Echoes = (),
) -> list[Located]:
    """What the leak check finds in texts, given by their names, and what they were found to repeat
    of cases: each passage once, with its answer."""
    repeated = [Located(*one, None) for one in _repeated(texts, echoes)]
    found = [_at(name, one, text) for name, text in texts.items() for one in find(text, inside)]
    return _answered([*found, *repeated], answers)


def as_located(
    found: Iterable[tuple[str, Leak, str]], answers: Mapping[str, Answer]
) -> list[Located]:
    """Findings that are known by their text's name, sort and passage, with their answers."""
    return _answered(
        [Located(name, Finding(leak, 0, 0), passage, None) for name, leak, passage in found],
        answers,
    )


def written_answers(
    typed: Mapping[str, str], found: Collection[Found], by: int
) -> dict[str, Answer]:
    """The answers among what was typed, by the keys of findings that are there and can be
    answered."""
    keys = {one.key for one in found if one.can_be_answered}
    return {
        key: Answer(text.strip(), by) for key, text in typed.items() if key in keys and text.strip()
    }


def answered_in(answers: Mapping[str, Answer]) -> list[Located]:
    """What was found in a draft that is released, as its answers tell it."""
    return [
        Located(name, Finding(Leak(leak), 0, 0), passage, answer)
        for key, answer in answers.items()
        for name, leak, passage in [key.split(":", 2)]
        if leak in set(Leak)
    ]


def answers_as_kept(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Answers as JSON keeps them."""
    return {key: [one.text, one.staff_id] for key, one in answers.items()}


def kept_answers(kept: Mapping[str, Any]) -> dict[str, Answer]:
    """Answers that `answers_as_kept` made."""
    return {key: Answer(text, by) for key, (text, by) in kept.items()}


def _at(name: str, finding: Finding, text: str) -> Located:
    return Located(name, finding, text[finding.start : finding.end], None)


def _repeated(texts: Mapping[str, str], echoes: Echoes) -> Iterator[tuple[str, Finding, str]]:
    """What was found to be repeated before, as far as it still stands there."""
    for name, passage in echoes:
        start = texts.get(name, "").find(passage)
        if start >= 0:
            yield name, Finding(Leak.INSIDE_WORDS, start, start + len(passage)), passage


def _answered(found: Iterable[Located], answers: Mapping[str, Answer]) -> list[Located]:
    kept: dict[str, Located] = {}
    for one in found:
        kept.setdefault(one.key, replace(one, answer=answers.get(one.key)))
    return list(kept.values())
