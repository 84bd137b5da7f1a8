"""Looking through the sentences of a summary before they are frozen: people's numbers, the names
behind the problems that it tells of, and what anybody wrote to us, word for word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger.problem import Problem, ProblemCase
from admin.publishing.echoes import echoes
from admin.publishing.inside import inside_of, own_numbers
from admin.publishing.leak_check import Inside, Leak, find
from admin.summaries.counted import Counted
from admin.summaries.summary import Summary
from admin.summaries.summary_words import words_of

_AT_ONCE = 500


@dataclass(frozen=True)
class Found:
    """What was found in the texts of a version: in which text, of what sort, which passage."""

    version: int
    passages: tuple[tuple[str, str, str], ...]


def look_through(session: Session, found: Summary, *, by: Hand, counted: Counted) -> Found:
    """Look through a draft. It opens many cases, so it is done before the write transaction."""
    texts = words_of(session, found, by.book.campaign.office_code).texts
    inside = Inside(
        names=_names(session, by, _numbers(counted)),
        own_numbers=own_numbers(by.book),
    )
    echoed = [
        (name, str(Leak.INSIDE_WORDS), said) for name, said in echoes(session, texts, by.book)
    ]
    passages = dict.fromkeys([*_in(texts, inside), *echoed])
    return Found(found.version, tuple(passages))


def _in(texts: Mapping[str, str], inside: Inside) -> list[tuple[str, str, str]]:
    return [
        (name, str(one.leak), text[one.start : one.end])
        for name, text in texts.items()
        for one in find(text, inside)
    ]


def _numbers(counted: Counted) -> list[str]:
    return [row.key for row in counted.numbers["found"].rows]


def _names(session: Session, by: Hand, numbers: list[str]) -> tuple[str, ...]:
    """The names and numbers of the cases behind some problems. Nobody reads them."""
    found: dict[str, None] = {}
    for begin in range(0, len(numbers), _AT_ONCE):
        some = select(Problem).where(
            Problem.number.in_(numbers[begin : begin + _AT_ONCE]),
            Problem.id.in_(select(ProblemCase.problem_id)),
        )
        for problem in session.scalars(some):
            found |= dict.fromkeys(inside_of(session, problem, by.book).names)
    return tuple(found)
