"""Whom a draft accuses: named as such by its writer, or found in the words; and who has decided
before, where a review is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from intake.at_work import AtWork
from intake.draft import Draft
from intake.lexicon import lexicon_of
from intake.rules import reading
from intake.rules.reading import Reading
from intake.rules.words import find
from portal.campaign.book import Book

# From here on a text may be a tip-off, whatever else it looks like more.
_MAY_BE_A_TIP_OFF = 0.15
# The responsible unit would get the words themselves: of what may be a tip-off it is held back at
# the slightest doubt. How these were chosen: docs/decisions/0013.
_SLIGHTEST_DOUBT, _SLIGHT_DOUBT = 0.02, 0.4
# Another unit that is named must be likelier to be meant: taking it for accused may send a case
# past the office.
_DOUBT, _MORE_THAN_DOUBT = 0.2, 0.6
# The office is meant by few who don't name it, and taking it for accused sends a case past it.
_QUITE_SURE = 0.7

_DESKS = {"community": ("社区", "居委会", "村"), "street": ("街道", "街办", "乡", "镇")}


@dataclass(frozen=True)
class Suspects:
    """The units that a draft accuses, and those that decided before and don't look at it again
    (复查, 信访工作条例 35); the people whom it names. `emptied` are units at which nobody works but
    people whom it names. `accusing`: whether the rules for accusations apply."""

    by_reporter: frozenset[str]
    by_words: frozenset[str]
    decided: frozenset[str]
    people_by_reporter: frozenset[int]
    people_by_words: frozenset[int]
    emptied: frozenset[str]
    accusing: bool

    @property
    def accused(self) -> frozenset[str]:
        """All units that are accused, or might as well be."""
        return self.by_reporter | self.by_words | self.emptied

    @property
    def people(self) -> frozenset[int]:
        """All people who are named."""
        return self.people_by_reporter | self.people_by_words

    @property
    def only_by_words(self) -> frozenset[str]:
        """Those that the reporter didn't name as such: it may well be a mere doubt."""
        return self.by_words - self.by_reporter


def suspects_of(
    draft: Draft, book: Book, said: Reading, natural: str | None, staff: AtWork
) -> Suspects:
    """Whom a draft accuses. `natural` is the responsible unit.

    Until the office has looked, whoever the words seem to accuse is taken for accused.
    """
    said_so = draft.accusing or _chose_an_accusation(draft, book)
    by_reporter = _named_in_the_box(draft, book) if said_so else frozenset()
    if draft.keep_from_unit and not by_reporter and natural:
        by_reporter = frozenset({natural})
    # Who chose the kind himself, and named somebody or was free to, has left less to guess.
    sure = bool(by_reporter) or not (said_so or draft.kind_was_read)
    decided = _decided(said, natural) if said.review else frozenset()
    by_words = _named(said, natural, sure=sure) | _responsible(said, natural, sure=sure)
    by_words |= _the_office(said, book, sure=sure)
    if said.tip_off_likely < _MAY_BE_A_TIP_OFF:
        # Not to agree with an answer is no accusation of who gave it.
        by_words -= decided
    accusing = said_so or bool(by_words)
    in_box = staff.named_in(draft.accused)
    in_words = staff.named_in(draft.words) if accusing else frozenset()
    return Suspects(
        by_reporter=by_reporter,
        by_words=by_words,
        decided=decided,
        people_by_reporter=in_box,
        people_by_words=in_words - in_box,
        emptied=staff.emptied_by(in_box | in_words),
        accusing=accusing,
    )


@dataclass(frozen=True)
class Further:
    """What a reporter's further words say: whom they name as doing wrong, and whether they ask for
    another look at what was answered."""

    accused: frozenset[str]
    review: bool


def further_words(text: str, book: Book, handler: str, *, sure: bool) -> Further:
    """Read a reporter's further words. `handler` has the case; `sure` asks for more than a
    doubt."""
    said = reading.read(text, lexicon_of(book))
    accused = _named(said, handler, sure=sure)
    accused |= _responsible(said, handler, sure=sure) & said.named.codes
    return Further(accused, said.review)


def _chose_an_accusation(draft: Draft, book: Book) -> bool:
    chosen = book.problem_types.get(draft.problem)
    return chosen is not None and chosen.accuses


def _named(said: Reading, natural: str | None, *, sure: bool) -> frozenset[str]:
    """The units that the words name as doing wrong, the responsible one left out."""
    maybe = said.tip_off_likely >= _MAY_BE_A_TIP_OFF and not sure
    least = _DOUBT if maybe else _MORE_THAN_DOUBT
    return frozenset(
        unit
        for unit in said.named.codes - {natural}
        if said.suspicion(unit, responsible=False) >= least
    )


def _responsible(said: Reading, natural: str | None, *, sure: bool) -> frozenset[str]:
    """The responsible unit, named or not, where it may be the very one."""
    if natural is None:
        return frozenset()
    least = _SLIGHTEST_DOUBT if said.tip_off_likely >= _MAY_BE_A_TIP_OFF else _SLIGHT_DOUBT
    if sure:
        least = _MORE_THAN_DOUBT
    may_be = said.suspicion(natural, responsible=True) >= least
    return frozenset({natural}) if may_be else frozenset()


def _the_office(said: Reading, book: Book, *, sure: bool) -> frozenset[str]:
    """The office, where nobody names it and it is meant all the same (你们分件的人)."""
    office = book.campaign.office_code
    maybe = said.tip_off_likely >= _MAY_BE_A_TIP_OFF and not sure
    if office in said.units or not maybe:
        return frozenset()
    meant = said.suspicion(office, responsible=False) >= _QUITE_SURE
    return frozenset({office}) if meant else frozenset()


def _decided(said: Reading, natural: str | None) -> frozenset[str]:
    """The responsible unit, and whoever is named as having answered."""
    return said.doers | ({natural} if natural else frozenset())


def _named_in_the_box(draft: Draft, book: Book) -> frozenset[str]:
    """Units named in the box "涉及谁"; "社区" and "街道" alone mean those of the chosen place."""
    hits = find(draft.accused, lexicon_of(book).units)
    found = frozenset[str]().union(*(hit.codes for hit in hits))
    if draft.accused in book.units:
        found |= {draft.accused}
    if found or not draft.accused:
        return found
    around = [book.places[code] for code in book.places_around(draft.place or None)]
    return frozenset(
        place.unit_code
        for place in around
        if any(word in draft.accused for word in _DESKS[place.kind.value])
    )
