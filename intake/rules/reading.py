"""Reading free Chinese text: what it asks for, which policies, problems, units and places it names,
and whom it accuses.

Nothing is learnt and nothing is guessed: every finding is a word or a phrase that stands in the
text. The machine only suggests and routes; it never declines or closes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from intake.rules import accusation
from intake.rules.accusation import Blame
from intake.rules.kind_reading import KindWords, is_suspicious, kind_of
from intake.rules.phrases import Phrases
from intake.rules.words import Hit, Words, find, pairs_of

# What a family is (低保户) weighs less than what the text is about (低保金).
_STATUS = ("户", "家庭", "证", "对象", "人员", "边缘", "老人", "人家")
_STATUS_WEIGHT = 0.3


@dataclass(frozen=True)
class Lexicon:
    """Words of a campaign, and how people write everywhere. `sound` gives one sign a character."""

    policies: Words
    policies_by_sound: Words
    hints: Words
    problems: Words
    problem_phrases: Mapping[str, Phrases]
    accusing_problems: frozenset[str]
    units: Words
    places: Words
    banks: Phrases
    desks: Phrases
    kinds: KindWords
    blame: Blame
    roles: Phrases
    elsewhere: Phrases
    doors: Mapping[str, Phrases]
    sound: Callable[[str], str]


@dataclass(frozen=True)
class Reading:
    """What a text says. `kind` is "other" for thanks, advertising and the like; `door` the
    telephone of whoever handles a matter that isn't ours."""

    kind: str
    policies: tuple[Hit, ...]
    hints: tuple[Hit, ...]
    problem: str | None
    problem_words: tuple[str, ...]
    places: tuple[Hit, ...]
    named: frozenset[str]
    subjects: frozenset[str]
    accused: frozenset[str]
    blames_its_policy: bool
    bank: bool
    desk: bool
    door: str
    elsewhere: bool
    review: bool


def read(text: str, lexicon: Lexicon) -> Reading:
    """Read a text with the words of a campaign."""
    pairs = pairs_of(text)
    units = find(text, lexicon.units, pairs)
    places = find(text, lexicon.places, pairs)
    policies = _policies(text, pairs, lexicon)
    kind = kind_of(text, lexicon.kinds)
    scores = _problem_scores(text, pairs, lexicon)
    problem = _problem(kind, scores, lexicon.accusing_problems)
    blamed = (
        accusation.accused(text, units, lexicon.blame)
        if _may_accuse(kind, text, units, lexicon)
        else frozenset()
    )
    door = next((line for line, words in lexicon.doors.items() if words.search(text)), "")
    return Reading(
        kind=kind,
        policies=policies,
        hints=() if policies else find(text, lexicon.hints, pairs),
        problem=problem,
        problem_words=_words_of(problem, text, lexicon),
        places=places,
        named=frozenset().union(*(hit.codes for hit in units)),
        subjects=frozenset().union(
            *(hit.codes for hit in units if not accusation.is_mention(text, hit, lexicon.blame))
        ),
        accused=blamed,
        blames_its_policy=kind == "tip_off" and lexicon.roles.search(text) is not None,
        bank=lexicon.banks.search(text) is not None,
        desk=lexicon.desks.search(text) is not None,
        door=door,
        elsewhere=lexicon.elsewhere.search(text) is not None,
        review=lexicon.kinds.review.search(text) is not None,
    )


def weight_of(hit: Hit, text: str) -> float:
    """How much a name says about what a text is about."""
    status = text[hit.end :].startswith(_STATUS) or hit.word.endswith(_STATUS)
    return sqrt(len(hit.word)) * (_STATUS_WEIGHT if status else 1.0)


def _policies(text: str, pairs: set[str], lexicon: Lexicon) -> tuple[Hit, ...]:
    """Names of policies as they are written, else as they sound."""
    found = find(text, lexicon.policies, pairs)
    heard = find(lexicon.sound(text), lexicon.policies_by_sound)
    free = [h for h in heard if all(h.end <= one.at or one.end <= h.at for one in found)]
    named = [Hit(text[h.at : h.end], h.codes, h.at) for h in free]
    return tuple(sorted((*found, *named), key=lambda hit: hit.at))


def _may_accuse(kind: str, text: str, units: Sequence[Hit], lexicon: Lexicon) -> bool:
    """Whether the units that a text names may be those that it accuses: in doubt they are."""
    if kind in {"tip_off", "other"}:
        return kind == "tip_off"
    suspicious = is_suspicious(text, lexicon.kinds)
    return suspicious or accusation.names_a_leader(text, units, lexicon.blame)


def _problem_scores(text: str, pairs: set[str], lexicon: Lexicon) -> dict[str, float]:
    scores: dict[str, float] = {}
    for hit in find(text, lexicon.problems, pairs):
        for code in hit.codes:
            scores[code] = scores.get(code, 0.0) + sqrt(len(hit.word)) / len(hit.codes)
    for code, phrases in lexicon.problem_phrases.items():
        found = phrases.found_in(text)
        if found:
            scores[code] = scores.get(code, 0.0) + sum(sqrt(len(one)) for one in found)
    return scores


def _words_of(problem: str | None, text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words for which a text was taken to be about a problem type."""
    said = lexicon.problem_phrases.get(problem or "")
    written = [hit.word for hit in find(text, lexicon.problems) if problem in hit.codes]
    return tuple(dict.fromkeys([*written, *(said.found_in(text) if said else ())]))


def _problem(kind: str, scores: Mapping[str, float], accusing: frozenset[str]) -> str | None:
    """The type that most is said of; of a tip-off first those that accuse, of the others none."""
    if kind in {"other", "disclosure_request"}:
        return None
    people = {code: score for code, score in scores.items() if code in accusing}
    things = {code: score for code, score in scores.items() if code not in accusing}
    fitting = (people or things) if kind == "tip_off" else things
    ranked = sorted(fitting.items(), key=lambda one: (-one[1], one[0]))
    return ranked[0][0] if ranked else None
