"""The words of a campaign, made ready for reading free text; built once for each book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from intake.rules.accusation import Blame
from intake.rules.kind_reading import KindWords
from intake.rules.phrases import Phrases, phrases
from intake.rules.reading import Lexicon
from intake.rules.words import Words
from intake.sounds import sound
from intake.vocabulary import vocabulary
from portal.campaign.book import Book

# A shorter word stands in too many texts to name anything; by sound even two characters do.
_SHORTEST = 2
_SHORTEST_BY_SOUND = 3

# One assignment publishes book and lexicon together, so that no thread pairs one with the other's.
_latest: tuple[Book, Lexicon] | None = None


def lexicon_of(book: Book) -> Lexicon:
    """The lexicon of a book."""
    global _latest
    kept = _latest
    if kept is None or kept[0] is not book:
        kept = _latest = (book, _build(book))
    return kept[1]


def _build(book: Book) -> Lexicon:
    said, own = vocabulary(), book.campaign.routing
    names = [(p.code, [p.name, *p.aliases]) for p in book.policies.values()]
    return Lexicon(
        policies=_index(names),
        policies_by_sound=_index(
            (code, [sound(word) for word in words if len(word) >= _SHORTEST_BY_SOUND])
            for code, words in names
        ),
        hints=_index(own.get("hints", {}).items()),
        problems=_index((p.code, p.keywords) for p in book.problem_types.values()),
        problem_phrases={c: phrases(found) for c, found in own.get("problems", {}).items()},
        accusing_problems=frozenset(p.code for p in book.problem_types.values() if p.accuses),
        units=_index((u.code, [u.name, u.short_name, *u.aliases]) for u in book.units.values()),
        places=_index((p.code, [p.name, *p.aliases]) for p in book.places.values()),
        banks=phrases(said["banks"]["words"]),
        desks=phrases(said["desks"]["words"]),
        kinds=_kind_words(said),
        blame=_blame(said),
        roles=_roles(book),
        elsewhere=_elsewhere(own.get("elsewhere", ())),
        doors=_doors(said["doors"], book),
        sound=sound,
    )


def _kind_words(said: Mapping[str, Any]) -> KindWords:
    kinds = said["kinds"]
    return KindWords(
        denials=phrases(said["denied"]),
        review=phrases(said["review"]["words"]),
        retracted=phrases(said["retracted"]),
        misuse=phrases(said["misuse"]["words"]),
        suspicion=phrases([*said["misuse"]["words"], *said["suspicion"]["words"]]),
        taking=phrases(said["taking"]["words"]),
        officials=phrases(said["officials"]["words"]),
        disclosure=phrases(kinds["disclosure_request"]["words"]),
        own_grievance=phrases(kinds["disclosure_request"]["grievance"]),
        petition=phrases(kinds["petition"]["words"]),
        complaint=phrases(kinds["complaint"]["words"]),
        consultation=phrases(kinds["consultation"]["words"]),
        plain_question=phrases(kinds["consultation"]["plain"]),
        advertising=phrases(kinds["other"]["advertising"]),
        thanks=phrases(kinds["other"]["thanks"]),
        only_thanks=phrases(kinds["other"]["only_thanks"]),
        but=phrases(kinds["other"]["but"]),
        chatter=phrases(kinds["other"]["chatter"]),
    )


def _blame(said: Mapping[str, Any]) -> Blame:
    mentioned = said["mentioned"]
    return Blame(
        before_mention=phrases(f"(?:{one})$" for one in mentioned["before"]),
        after_mention=phrases(mentioned["after"]),
        distrust=phrases(mentioned["distrust"]),
        persons=phrases(mentioned["persons"]),
        leaders=phrases(mentioned["leaders"]),
    )


def _roles(book: Book) -> Phrases:
    """Whoever handles a policy (管低保的那位), where no street or community is named before."""
    names = sorted({word for p in book.policies.values() for word in (p.name, *p.aliases)})
    return phrases([f"(?<![村区街道])(?:管|办|经办|负责)(?:{'|'.join(names)})的"])


def _elsewhere(names: Iterable[str]) -> Phrases:
    """Other districts, where the text says that its matter lies there."""
    any_of = "|".join(names)
    if not any_of:
        return phrases(())
    return phrases(
        [
            f"(?:我是|我在|我们是?|住在?|户口.{{0,4}}|家在|迁到|搬到)(?:{any_of})",
            f"(?:{any_of})区?[^，。]{{0,10}}(?:的(?:低保|补贴|居民|残疾人)|归你们|能领|那边的)",
        ]
    )


def _doors(doors: Iterable[Mapping[str, Any]], book: Book) -> dict[str, Phrases]:
    """Whose telephone answers for a matter that isn't ours: anywhere, and by this plan's scope."""
    found: dict[str, list[str]] = {}
    for door in doors:
        found.setdefault(door["telephone"], []).extend(door["words"])
    for fund in book.campaign.scope["excluded"]:
        found.setdefault(fund["door"], []).extend(fund["words"])
    return {telephone: phrases(words) for telephone, words in found.items()}


def _index(entries: Iterable[tuple[str, Iterable[str]]]) -> Words:
    found: dict[str, set[str]] = {}
    for code, words in entries:
        for word in words:
            if len(word) >= _SHORTEST:
                found.setdefault(word, set()).add(code)
    return Words({word: frozenset(codes) for word, codes in found.items()})
