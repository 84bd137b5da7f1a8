"""What a draft is about (policy, problem, place, who did it), with how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.draft import Draft
from intake.rules import reading
from intake.rules.reading import Reading
from intake.rules.words import Hit, agreed
from portal.campaign.book import Book
from portal.campaign.responsibility import Actor

# Said outright by the writer, named by a word of the text, described by it, or only its unit named.
_CHOSEN, _NAMED, _HINTED, _POINTED = 1.0, 0.8, 0.65, 0.6
# Of two units the words must speak so much more for one of them.
_CLEARLY = 1.8


@dataclass(frozen=True)
class Matter:
    """What a draft is about, with how sure that is."""

    policy: str | None
    problem: str | None
    place: str | None
    actor: Actor | None
    confidence: float
    candidates: tuple[tuple[str, float], ...]
    because: tuple[str, ...]


@dataclass(frozen=True)
class _Guess:
    """The policy that a draft is about, how sure that is, and which units it may be about else."""

    policy: str | None
    confidence: float
    candidates: tuple[tuple[str, float], ...]
    because: tuple[str, ...]


def matter_of(draft: Draft, book: Book, said: Reading, *, doers: frozenset[str]) -> Matter:
    """What a draft is about. `doers` are the units that it says have done it."""
    guess = _policy(draft, book, said)
    problem = draft.problem or said.problem
    because = guess.because
    if draft.problem:
        because += (f"来件人选的问题是 {draft.problem}。",)
    elif problem:
        words = "、".join(f"“{word}”" for word in said.problem_words)
        because += (f"文中写到{words}，像是问题 {problem}。",)
    decided = draft.problem or _decides(problem, book)
    return Matter(
        policy=guess.policy,
        problem=problem,
        place=draft.place or agreed(said.places),
        actor=_actor(said, doers),
        confidence=max(guess.confidence, _CHOSEN if decided else 0.0),
        candidates=guess.candidates,
        because=because,
    )


def _decides(problem: str | None, book: Book) -> bool:
    """Whether a row for the problem type alone says who is responsible, whatever the policy."""
    return any(r.problem_code == problem and r.policy_code is None for r in book.responsibilities)


def is_elsewhere(said: Reading) -> bool:
    """Whether another door, another district or nobody at all has to answer. It is registered all
    the same, and a person answers it."""
    return said.kind == "other" or said.elsewhere or (bool(said.door) and not said.policies)


def _policy(draft: Draft, book: Book, said: Reading) -> _Guess:
    if draft.policy:
        chosen = book.policies[draft.policy]
        why = f"来件人选的补贴是“{chosen.name}”。"
        return _Guess(draft.policy, _CHOSEN, ((chosen.unit_code, _CHOSEN),), (why,))
    if is_elsewhere(said):
        return _Guess(None, 0.0, (), (_why_elsewhere(said),))
    if said.policies:
        return _voted(said.policies, _NAMED, draft, book, said)
    if said.hints:
        return _voted(said.hints, _HINTED, draft, book, said)
    return _Guess(None, 0.0, (), ("没有选补贴，文中也没有补贴的名称。",))


def _why_elsewhere(said: Reading) -> str:
    if said.elsewhere:
        return "文中写的像是别的区的事。"
    return f"像是别处管的事，那里的电话是{said.door}。" if said.door else "像是致谢、广告或者闲谈。"


def _voted(
    hits: Sequence[Hit], confidence: float, draft: Draft, book: Book, said: Reading
) -> _Guess:
    """The policy that the words speak for, if they speak clearly for one unit's."""
    words = "、".join(dict.fromkeys(f"“{hit.word}”" for hit in hits))
    votes = _votes(hits, f"{draft.accused}\n{draft.words}", book, said)
    candidates = tuple(sorted(_by_unit(votes, book).items(), key=lambda one: (-one[1], one[0])))
    if len(candidates) > 1 and candidates[0][1] < _CLEARLY * candidates[1][1]:
        return _Guess(None, 0.0, candidates, (f"文中写到{words}，归不同的单位，要由人来定。",))
    theirs = {c: v for c, v in votes.items() if book.policies[c].unit_code == candidates[0][0]}
    best = min(theirs, key=lambda code: (-theirs[code], code))
    why = f"文中写到{words}，像是“{book.policies[best].name}”。"
    return _Guess(best, confidence, candidates, (why,))


def _votes(hits: Sequence[Hit], text: str, book: Book, said: Reading) -> dict[str, float]:
    """How much the words speak for each policy; a unit that is named speaks for its own."""
    votes: dict[str, float] = {}
    for hit in hits:
        for code in hit.codes:
            weight = reading.weight_of(hit, text) / len(hit.codes)
            also = (
                2.0 if book.policies[code].unit_code in said.named and len(hit.codes) > 1 else 1.0
            )
            votes[code] = votes.get(code, 0.0) + weight * also
    return votes


def _by_unit(votes: Mapping[str, float], book: Book) -> dict[str, float]:
    sums: dict[str, float] = {}
    for code, vote in votes.items():
        unit = book.policies[code].unit_code
        sums[unit] = sums.get(unit, 0.0) + vote
    return sums


def _actor(said: Reading, doers: frozenset[str]) -> Actor | None:
    """Who did it: a unit that is named as doing it, else a bank, else a desk of some unit."""
    if doers:
        return Actor.UNIT
    if said.bank:
        return Actor.BANK
    return Actor.UNIT if said.desk else None
