"""The questions of a questionnaire (问卷): closed ones with two to five answers. Pure.

The office writes them as text: a question in a line, each of its answers in a line of its own that
begins with a hyphen. 说不清 is offered with every question and isn't written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

UNSURE = "说不清"
COMPLAINED = "过去一年里，您反映过补贴方面的问题吗？"
COMPLAINED_HINT = "打电话、发短信、写信、上门、网上，都算。"
_HYPHENS = "-－—–·•"
_FEWEST_ANSWERS, _MOST_ANSWERS = 2, 5
_MOST_QUESTIONS = 15
_LONGEST_QUESTION, _LONGEST_ANSWER = 60, 20


class BadQuestions(ValueError):
    """The text holds no questionnaire; `problems` says why, a sentence each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class Question:
    """A question with its answers, without `UNSURE`."""

    text: str
    answers: tuple[str, ...]

    @property
    def choices(self) -> tuple[str, ...]:
        """All that can be chosen, in their order; an answer is kept as its place in it."""
        return (*self.answers, UNSURE)


def of_text(text: str) -> tuple[Question, ...]:
    """The questions that the office wrote.

    Raises:
        BadQuestions: see there.
    """
    found: list[tuple[str, list[str]]] = []
    for line in (raw.strip() for raw in text.splitlines()):
        if line[:1] and line[0] in _HYPHENS:
            if not found:
                raise BadQuestions(["第一行要写问题，答案写在问题下面，前面加“-”"])
            found[-1][1].append(line.lstrip(_HYPHENS).strip())
        elif line:
            found.append((line, []))
    questions = tuple(Question(asked, tuple(answers)) for asked, answers in found)
    problems = list(_wrong(questions))
    if problems:
        raise BadQuestions(problems)
    return questions


def as_text(questions: Sequence[Question]) -> str:
    """The questions as the office writes them."""
    return "\n\n".join(
        "\n".join([one.text, *(f"- {answer}" for answer in one.answers)]) for one in questions
    )


def as_rows(questions: Sequence[Question]) -> list[list[str]]:
    """The questions as a record keeps them: each its text and its answers."""
    return [[one.text, *one.answers] for one in questions]


def of_rows(rows: Iterable[Sequence[str]]) -> tuple[Question, ...]:
    """The questions that a record keeps."""
    return tuple(Question(text, tuple(answers)) for text, *answers in rows)


def _wrong(questions: Sequence[Question]) -> Iterator[str]:
    if not questions:
        yield "请至少写一个问题"
    if len(questions) > _MOST_QUESTIONS:
        yield f"问题太多了，最多{_MOST_QUESTIONS}个"
    for number, one in enumerate(questions, start=1):
        if len(one.text) > _LONGEST_QUESTION:
            yield f"第{number}个问题太长了，最多{_LONGEST_QUESTION}字"
        if not _FEWEST_ANSWERS <= len(one.answers) <= _MOST_ANSWERS:
            yield f"第{number}个问题要有{_FEWEST_ANSWERS}到{_MOST_ANSWERS}个答案"
        if not all(0 < len(answer) <= _LONGEST_ANSWER for answer in one.answers):
            yield f"第{number}个问题的答案，每个要有字，最多{_LONGEST_ANSWER}字"
        if len(set(one.choices)) < len(one.choices):
            yield f"第{number}个问题的答案有重复，“{UNSURE}”不用写"
