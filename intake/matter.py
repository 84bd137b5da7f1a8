"""What a draft is about (policy, problem, place, who did it), with how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from intake.draft import Draft
from intake.rules import reading
from intake.rules.reading import Reading
from intake.rules.words import Hit, agreed
from portal.campaign.book import Book
from portal.campaign.responsibility import Actor

# Said outright by the writer, named by a word of the text, described by it.
_CHOSEN, _NAMED, _HINTED = 1.0, 0.8, 0.65
# Of two units the words must speak so much more for one of them.
_CLEARLY = 1.8
# So little is said by what a family is, and not what the text is about.
_HARDLY_ANYTHING = 0.65


@dataclass(frozen=True)
class Matter:
    """What a draft is about. `confidence` says how sure the policy is, `problem_confidence` how
    sure the problem type; `evidence` quotes the words, `because` doesn't."""

    policy: str | None
    problem: str | None
    place: str | None
    actor: Actor | None
    confidence: float
    problem_confidence: float
    candidates: tuple[tuple[str, float], ...]
    because: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class _Guess:
    """The policy that a draft is about, how sure that is, and which units it may be about else."""

    policy: str | None
    confidence: float
    candidates: tuple[tuple[str, float], ...]
    because: str
    evidence: tuple[str, ...] = ()


def matter_of(draft: Draft, book: Book, said: Reading) -> Matter:
    """What a draft is about."""
    guess = _policy(draft, book, said)
    problem = draft.problem or said.problem
    because, evidence = [guess.because], [*guess.evidence]
    if draft.problem:
        because.append(f"来件人选的问题是{_problem_words(draft.problem, book)}。")
    elif problem:
        because.append(f"文中写的像是问题{_problem_words(problem, book)}。")
        evidence.append(f"问题 {problem}：{_quoted(said.words_for_problem())}")
    return Matter(
        policy=guess.policy,
        problem=problem,
        place=draft.place or agreed(said.places),
        actor=_actor(said),
        confidence=guess.confidence,
        problem_confidence=_CHOSEN if draft.problem else said.problem_likely,
        candidates=guess.candidates,
        because=tuple(because),
        evidence=tuple(evidence),
    )


def _problem_words(code: str, book: Book) -> str:
    """A problem's number and the beginning of its everyday words."""
    return f" {code} “{book.problem_types[code].plain_text.split('，')[0]}”"


def _quoted(words: Iterable[str]) -> str:
    return "、".join(f"“{word}”" for word in dict.fromkeys(words))


def _policy(draft: Draft, book: Book, said: Reading) -> _Guess:
    if draft.policy:
        chosen = book.policies[draft.policy]
        why = f"来件人选的补贴是“{chosen.name}”。"
        return _Guess(draft.policy, _CHOSEN, ((chosen.unit_code, _CHOSEN),), why)
    if not said.ours:
        return _Guess(None, 0.0, (), _why_not_ours(said))
    if said.policies:
        return _voted(said.policies, _NAMED, draft, book, said)
    if said.hints:
        return _voted(said.hints, _HINTED, draft, book, said)
    return _Guess(None, 0.0, (), "没有选补贴，文中也没有补贴的名称。")


def _why_not_ours(said: Reading) -> str:
    if said.named.names.elsewhere:
        return "文中写的像是别的区的事。"
    if said.kind == "other":
        return "像是致谢、广告或者闲谈。"
    return f"像是别处管的事，那里的电话是{said.door}。" if said.door else "像是别处管的事。"


def _voted(
    hits: Sequence[Hit], confidence: float, draft: Draft, book: Book, said: Reading
) -> _Guess:
    """The policy that the words speak for, if they speak clearly for one unit's."""
    evidence = (f"补贴：{_quoted(hit.word for hit in hits)}",)
    votes = _votes(hits, f"{draft.accused}\n{draft.words}", book, said)
    candidates = tuple(sorted(_by_unit(votes, book).items(), key=lambda one: (-one[1], one[0])))
    if candidates[0][1] < _HARDLY_ANYTHING:
        return _Guess(None, 0.0, candidates, "文中只说了家里的情况，没有说是哪项补贴。", evidence)
    if len(candidates) > 1 and candidates[0][1] < _CLEARLY * candidates[1][1]:
        why = "文中写到的补贴归不同的单位，要由人来定。"
        return _Guess(None, 0.0, candidates, why, evidence)
    theirs = {c: v for c, v in votes.items() if book.policies[c].unit_code == candidates[0][0]}
    best = min(theirs, key=lambda code: (-theirs[code], code))
    why = f"文中写的像是“{book.policies[best].name}”。"
    return _Guess(best, confidence, candidates, why, evidence)


def _votes(hits: Sequence[Hit], text: str, book: Book, said: Reading) -> dict[str, float]:
    """How much the words speak for each policy; a unit that is named speaks for its own."""
    votes: dict[str, float] = {}
    for hit in hits:
        for code in hit.codes:
            weight = reading.weight_of(hit, text) / len(hit.codes)
            also = (
                2.0 if book.policies[code].unit_code in said.units and len(hit.codes) > 1 else 1.0
            )
            votes[code] = votes.get(code, 0.0) + weight * also
    return votes


def _by_unit(votes: Mapping[str, float], book: Book) -> dict[str, float]:
    sums: dict[str, float] = {}
    for code, vote in votes.items():
        unit = book.policies[code].unit_code
        sums[unit] = sums.get(unit, 0.0) + vote
    return sums


def _actor(said: Reading) -> Actor | None:
    """Who did it: a unit that is named as doing it, else a bank, else a desk of some unit."""
    if said.doers:
        return Actor.UNIT
    if said.bank:
        return Actor.BANK
    return Actor.UNIT if said.desk else None
