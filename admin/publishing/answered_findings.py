"""What the leak check found in the texts of a draft, each with what somebody answered to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

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
    """What the leak check finds in some named texts, each passage once, with its answer."""
    every = [(name, one) for name, text in texts.items() for one in find(text, inside)]
    if not inside.complete:
        every += [(name, Finding(Leak.UNREADABLE, 0, 0)) for name in list(texts)[:1]]
    found: dict[str, Located] = {}
    for name, one in every:
        new = Located(name, one, texts[name][one.start : one.end], None)
        found.setdefault(new.key, replace(new, answer=answers.get(new.key)))
    return list(found.values())


def answers_as_kept(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Answers as JSON keeps them."""
    return {key: [one.text, one.staff_id] for key, one in answers.items()}


def kept_answers(kept: Mapping[str, Any]) -> dict[str, Answer]:
    """Answers that `answers_as_kept` made."""
    return {key: Answer(text, by) for key, (text, by) in kept.items()}
