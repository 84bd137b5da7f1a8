"""Reading free Chinese text: what it asks for, which policies, problems, units and places it names,
and whom it accuses.

Names are looked for; what is asked for, and what is wrong, is judged by what was learnt from
labelled examples. The machine only suggests and routes; it never declines or closes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import sqrt

from intake.rules import accusation
from intake.rules.accusation import Named, Standing
from intake.rules.linear import LinearModel
from intake.rules.masking import Masked, Names
from intake.rules.mention import MentionWords, is_a_desk_below, is_mention
from intake.rules.phrases import Phrases
from intake.rules.short_names import ShortNames
from intake.rules.words import Hit, Words, find, pairs_of

# What a family is (低保户) weighs less than what the text is about (低保金).
_STATUS = ("户", "家庭", "证", "对象", "人员", "边缘", "老人", "人家")
_STATUS_BEFORE = ("是", "吃", "属于", "享受", "不属")
_STATUS_WEIGHT = 0.3
# The label of examples that are about none of the problem types.
NO_PROBLEM = "-"
OURS, NOT_OURS = "ours", "not ours"
_FOREIGN, _SURELY_FOREIGN = 0.5, 0.95
# A desk of some street or community is no unit that could be told.
_NOBODY: frozenset[str] = frozenset()
_ASKS_FOR_NO_WRONG = frozenset({"other", "disclosure_request"})


@dataclass(frozen=True)
class Learned:
    """What was learnt from labelled examples: of every campaign's what a text asks for, what it is
    about, whether it is for the line at all and whom it accuses; and of each campaign's own, by its
    code, which unit it is for. `problem_types` are the types that the examples bear, each with the
    plan's text: under the same code another plan may have another type."""

    kind: LinearModel
    problem: LinearModel
    scope: LinearModel
    accusation: LinearModel
    units: Mapping[str, LinearModel]
    problem_types: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Lexicon:
    """Names of a campaign, and how people write everywhere. `sound` gives one sign a character;
    `learned_problems` are the types that examples bear, `keywords` those of the others."""

    policies: Words
    policies_by_sound: Words
    hints: Words
    keywords: Words
    learned_problems: frozenset[str]
    units: Words
    units_by_sound: Words
    short_names: ShortNames
    standings: Mapping[str, Standing]
    places: Words
    banks: Phrases
    desks: Phrases
    mentions: MentionWords
    review: Phrases
    disclosure: Phrases
    elsewhere: Words
    doors: Mapping[str, Phrases]
    learned: Learned
    campaign: str
    sound: Callable[[str], str]


@dataclass(frozen=True)
class Reading:
    """What a text says. `kind` is "other" for thanks, advertising and the like; `ours` whether it
    is for the line at all, `door` the telephone of whoever may handle it else; `dressed` a
    grievance of one's own that is put as a request for information (政府信息公开条例 39). What is
    likely goes from 0 to 1."""

    kind: str
    tip_off_likely: float
    problem: str | None
    problem_likely: float
    hints: tuple[Hit, ...]
    doers: frozenset[str]
    bank: bool
    desk: bool
    door: str
    ours: bool
    review: bool
    dressed: bool
    named: Named
    masked: Masked
    _lexicon: Lexicon = field(repr=False)

    @property
    def policies(self) -> tuple[Hit, ...]:
        """The policies that it names."""
        return self.named.names.policies

    @property
    def places(self) -> tuple[Hit, ...]:
        """The places that it names."""
        return self.named.names.places

    @property
    def units(self) -> frozenset[str]:
        """The units that it names, doubtful ones included."""
        return frozenset().union(*(hit.codes for hit in self.named.names.units))

    def suspicion(self, unit: str, *, responsible: bool) -> float:
        """How likely it is that the text accuses a unit, from 0 to 1."""
        asked = self.named.about(unit, self._lexicon.standings, responsible=responsible)
        return self._lexicon.learned.accusation.probabilities(asked.text)[accusation.ACCUSED]

    def likely_unit(self) -> tuple[str, float] | None:
        """The unit that such texts were for, with how sure that is; None where none were seen."""
        model = self._lexicon.learned.units.get(self._lexicon.campaign)
        if model is None:
            return None
        found = model.probabilities(self.named.text)
        best = max(found, key=lambda code: found[code])
        return best, found[best]

    def words_for_problem(self) -> list[str]:
        """The words by which the problem type was told."""
        if self.problem not in self._lexicon.learned_problems:
            return [hit.word for hit in self._keywords() if self.problem in hit.codes]
        return self._quoted(self._lexicon.learned.problem, self.problem or NO_PROBLEM)

    def words_against(self, unit: str, *, responsible: bool) -> list[str]:
        """The words by which a unit was taken for accused."""
        asked = self.named.about(unit, self._lexicon.standings, responsible=responsible)
        model = self._lexicon.learned.accusation
        return _quotes(self.named.text, asked, model, accusation.ACCUSED)

    def _quoted(self, model: LinearModel, label: str) -> list[str]:
        return _quotes(self.named.text, self.masked, model, label)

    def _keywords(self) -> tuple[Hit, ...]:
        return find(self.named.text, self._lexicon.keywords)


def read(text: str, lexicon: Lexicon) -> Reading:
    """Read a text with the words of a campaign."""
    named = names_in(text, lexicon)
    masked = named.masked(lexicon.standings)
    review = lexicon.review.search(text) is not None
    # Rights hang on a petition, so that a text that asks for a review is one.
    kinds = lexicon.learned.kind.probabilities(masked.text)
    kind = "petition" if review else max(kinds, key=lambda label: kinds[label])
    problem, likely = _problem(kind, masked, text, lexicon)
    doers = (hit for hit in named.names.units if not is_mention(text, hit, lexicon.mentions))
    return Reading(
        kind=kind,
        tip_off_likely=kinds["tip_off"],
        problem=problem,
        problem_likely=likely,
        hints=() if named.names.policies else find(text, lexicon.hints),
        doers=frozenset().union(*(hit.codes for hit in doers)),
        bank=lexicon.banks.search(text) is not None,
        desk=lexicon.desks.search(text) is not None,
        door=next((line for line, words in lexicon.doors.items() if words.search(text)), ""),
        ours=kind != "other" and _is_ours(named, masked, lexicon),
        review=review,
        dressed=kind == "complaint" and lexicon.disclosure.search(text) is not None,
        named=named,
        masked=masked,
        _lexicon=lexicon,
    )


def names_in(text: str, lexicon: Lexicon) -> Named:
    """The units, policies and places that a text names."""
    pairs = pairs_of(text)
    return Named(
        text,
        Names(
            units=_units(text, pairs, lexicon),
            policies=_policies(text, pairs, lexicon),
            places=find(text, lexicon.places, pairs),
            elsewhere=find(text, lexicon.elsewhere, pairs),
        ),
    )


def weight_of(hit: Hit, text: str) -> float:
    """How much a name says about what a text is about."""
    status = (
        text[hit.end :].startswith(_STATUS)
        or hit.word.endswith(_STATUS)
        or text[: hit.at].endswith(_STATUS_BEFORE)
    )
    return sqrt(len(hit.word)) * (_STATUS_WEIGHT if status else 1.0)


def _policies(text: str, pairs: set[str], lexicon: Lexicon) -> tuple[Hit, ...]:
    """Names of policies as they are written, else as they sound."""
    found = find(text, lexicon.policies, pairs)
    return _with_heard(text, found, find(lexicon.sound(text), lexicon.policies_by_sound))


def _units(text: str, pairs: set[str], lexicon: Lexicon) -> tuple[Hit, ...]:
    """Names of units as they are written, else as they sound or are shortened."""
    found = find(text, lexicon.units, pairs)
    found = _with_heard(text, found, find(lexicon.sound(text), lexicon.units_by_sound))
    found = tuple(sorted((*found, *lexicon.short_names.find(text, found)), key=lambda hit: hit.at))
    return tuple(replace(h, codes=_NOBODY) if is_a_desk_below(text, h) else h for h in found)


def _with_heard(text: str, found: tuple[Hit, ...], heard: tuple[Hit, ...]) -> tuple[Hit, ...]:
    free = [h for h in heard if all(h.end <= one.at or one.end <= h.at for one in found)]
    named = [Hit(text[h.at : h.end], h.codes, h.at) for h in free]
    return tuple(sorted((*found, *named), key=lambda hit: hit.at))


def _is_ours(named: Named, masked: Masked, lexicon: Lexicon) -> bool:
    """Whether a text is for the line at all. Who names a policy, and no other district, nearly
    always means ours."""
    surely = bool(named.names.policies) and not named.names.elsewhere
    foreign = lexicon.learned.scope.probabilities(masked.text)[NOT_OURS]
    return foreign < (_SURELY_FOREIGN if surely else _FOREIGN)


def _problem(kind: str, masked: Masked, text: str, lexicon: Lexicon) -> tuple[str | None, float]:
    """The type that it is about, and how sure that is; a type that no example bears, where its own
    words stand there."""
    if kind in _ASKS_FOR_NO_WRONG:
        return None, 1.0
    own = find(text, lexicon.keywords)
    if own:
        return min(code for hit in own for code in hit.codes), 1.0
    likely = lexicon.learned.problem.probabilities(masked.text)
    found = {code: likely[code] for code in sorted(lexicon.learned_problems)}
    best = max(found, key=lambda code: found[code], default=NO_PROBLEM)
    if found.get(best, 0.0) <= likely.get(NO_PROBLEM, 0.0):
        return None, likely.get(NO_PROBLEM, 1.0)
    return best, found[best]


def _quotes(text: str, masked: Masked, model: LinearModel, label: str) -> list[str]:
    found = (masked.original(*place) for place in model.speaking_for(label, masked.text))
    return list(dict.fromkeys(text[first:end] for first, end in found if text[first:end].strip()))
