"""What the leak check finds in the texts of a draft, and what somebody wrote about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from admin.publishing.leak_check import Finding, Inside, Leak, find


@dataclass(frozen=True)
class Answer:
    """What somebody wrote about a finding that stays in the text."""

    text: str
    staff_id: int


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


def located(
    texts: Mapping[str, str], answers: Mapping[str, Answer], inside: Inside
) -> list[Located]:
    """What the leak check finds in texts, given by their names: each passage once, with its
    answer."""
    return _answered(
        [
            *(_at(name, one, text) for name, text in texts.items() for one in find(text, inside)),
            *([] if inside.complete else [_unreadable(next(iter(texts)))]),
        ],
        answers,
    )


def as_located(
    found: Iterable[tuple[str, Leak, str]], answers: Mapping[str, Answer]
) -> list[Located]:
    """Findings that are known by their text's name, sort and passage, with their answers."""
    return _answered(
        [Located(name, Finding(leak, 0, 0), passage, None) for name, leak, passage in found],
        answers,
    )


def written_answers(
    typed: Mapping[str, str], found: Collection[Located], by: int
) -> dict[str, Answer]:
    """The answers among what was typed, by the keys of findings that are there."""
    keys = {one.key for one in found}
    return {
        key: Answer(text.strip(), by) for key, text in typed.items() if key in keys and text.strip()
    }


def _at(name: str, finding: Finding, text: str) -> Located:
    return Located(name, finding, text[finding.start : finding.end], None)


def _unreadable(name: str) -> Located:
    return Located(name, Finding(Leak.UNREADABLE, 0, 0), "", None)


def _answered(found: Iterable[Located], answers: Mapping[str, Answer]) -> list[Located]:
    kept: dict[str, Located] = {}
    for one in found:
        kept.setdefault(one.key, replace(one, answer=answers.get(one.key)))
    return list(kept.values())
