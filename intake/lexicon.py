"""The words of a campaign, made ready for reading free text; built once for each book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from intake.learned import learned
from intake.rules.accusation import Sort, Standing
from intake.rules.mention import MentionWords
from intake.rules.phrases import Phrases, phrases
from intake.rules.reading import Learned, Lexicon
from intake.rules.short_names import ShortNames
from intake.rules.words import Words
from intake.sounds import sound
from intake.vocabulary import vocabulary
from portal.campaign.book import Book
from portal.campaign.place import PlaceKind
from portal.campaign.unit import Unit, UnitKind

# A shorter word stands in too many texts to name anything; by sound even two characters do.
_SHORTEST = 2
_SHORTEST_BY_SOUND = 3

_COMMISSIONS = ("纪工委", "纪委", "监察办", "的纪工委", "的纪委", "的监察办")
_SORTS = {
    UnitKind.STREET: Sort.GRASS_ROOTS,
    UnitKind.COMMUNITY: Sort.GRASS_ROOTS,
    UnitKind.DISCIPLINE: Sort.DISCIPLINE,
    UnitKind.SUPERIOR: Sort.DISCIPLINE,
    UnitKind.OFFICE: Sort.OFFICE,
    UnitKind.LEAD: Sort.OFFICE,
}

# One assignment publishes book and lexicon together, so that no thread pairs one with the other's.
_latest: tuple[Book, Lexicon] | None = None


def lexicon_of(book: Book) -> Lexicon:
    """The lexicon of a book."""
    global _latest
    kept = _latest
    if kept is None or kept[0] is not book:
        kept = _latest = (book, build(book, learned()))
    return kept[1]


def build(book: Book, models: Learned) -> Lexicon:
    """The lexicon of a book, reading by some models."""
    said, own = vocabulary(), book.campaign.routing
    policies = [(p.code, [p.name, *p.aliases]) for p in book.policies.values()]
    units = [(u.code, [u.name, u.short_name, *u.aliases]) for u in book.units.values()]
    units.append((book.campaign.discipline_code, list(_lower_levels(book))))
    types = book.problem_types.values()
    learned_types = {p.code for p in types if (p.code, p.plan_text) in models.problem_types}
    return Lexicon(
        policies=_index(policies),
        policies_by_sound=_by_sound(policies),
        hints=_index(own.get("hints", {}).items()),
        keywords=_index((p.code, p.keywords) for p in types if p.code not in learned_types),
        learned_problems=frozenset(learned_types),
        units=_index(units),
        units_by_sound=_by_sound((u.code, [u.name, u.short_name]) for u in _bodies(book)),
        short_names=ShortNames({u.code: u.name.removeprefix("区") for u in _bodies(book)}, sound),
        standings={u.code: _standing(u.code, book) for u in book.units.values()},
        places=_index((p.code, [p.name, *p.aliases]) for p in book.places.values()),
        banks=phrases(said["banks"]),
        desks=phrases(said["desks"]),
        mentions=_mentions(said["mentioned"]),
        review=phrases(said["review"]),
        disclosure=phrases(said["disclosure"]),
        elsewhere=_index([("elsewhere", own.get("elsewhere", ()))]),
        doors=_doors(said["doors"], book),
        learned=models,
        campaign=book.campaign.code,
        sound=sound,
    )


def _lower_levels(book: Book) -> Iterator[str]:
    """What a street's own discipline inspection is called: a lower level of the district's body,
    and no part of the street whose name it bears."""
    for place in book.places.values():
        if place.kind is PlaceKind.STREET:
            for name in (place.name, *place.aliases):
                yield from (f"{name}{commission}" for commission in _COMMISSIONS)


def _standing(code: str, book: Book) -> Standing:
    above = frozenset(unit.code for unit in book.above(code))
    return Standing(_SORTS.get(book.units[code].kind, Sort.OTHER), above)


def _bodies(book: Book) -> list[Unit]:
    """What isn't a street or community, which are named after places, nor the office, whose short
    name sounds like much else (代办公司)."""
    others = {UnitKind.STREET, UnitKind.COMMUNITY, UnitKind.OFFICE}
    return [unit for unit in book.units.values() if unit.kind not in others]


def _mentions(mentioned: Mapping[str, Any]) -> MentionWords:
    before = phrases(f"(?:{one})$" for one in mentioned["before"])
    return MentionWords(before, phrases(mentioned["after"]))


def _doors(doors: Iterable[Mapping[str, Any]], book: Book) -> dict[str, Phrases]:
    """Whose telephone answers for a matter that isn't ours: anywhere, and by this plan's scope."""
    found: dict[str, list[str]] = {}
    for door in doors:
        found.setdefault(door["telephone"], []).extend(door["words"])
    for fund in book.campaign.scope["excluded"]:
        found.setdefault(fund["door"], []).extend(fund["words"])
    return {telephone: phrases(words) for telephone, words in found.items()}


def _by_sound(entries: Iterable[tuple[str, Iterable[str]]]) -> Words:
    return _index(
        (code, [sound(word) for word in words if len(word) >= _SHORTEST_BY_SOUND])
        for code, words in entries
    )


def _index(entries: Iterable[tuple[str, Iterable[str]]]) -> Words:
    found: dict[str, set[str]] = {}
    for code, words in entries:
        for word in words:
            if len(word) >= _SHORTEST:
                found.setdefault(word, set()).add(code)
    return Words({word: frozenset(codes) for word, codes in found.items()})
