"""The words of a campaign, made ready for reading free text; built once for each book."""

from __future__ import annotations

from collections.abc import Iterable

from intake.rules.reading import Lexicon, Words
from portal.campaign.book import Book

# A shorter word stands in too many texts to name anything.
_SHORTEST = 2

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
    routing = book.campaign.routing
    return Lexicon(
        policies=_index((p.code, [p.name, *p.aliases]) for p in book.policies.values()),
        problems=_index((p.code, p.keywords) for p in book.problem_types.values()),
        units=_index((u.code, [u.name, u.short_name, *u.aliases]) for u in book.units.values()),
        places=_index((p.code, [p.name, *p.aliases]) for p in book.places.values()),
        cues=[(cue["kind"], frozenset(cue["words"])) for cue in routing["cues"]],
        wrongdoing=frozenset(routing["wrongdoing"]["words"]),
        banks=frozenset(routing["banks"]["words"]),
    )


def _index(entries: Iterable[tuple[str, Iterable[str]]]) -> Words:
    found: dict[str, set[str]] = {}
    for code, words in entries:
        for word in words:
            if len(word) >= _SHORTEST:
                found.setdefault(word, set()).add(code)
    return Words({word: frozenset(codes) for word, codes in found.items()})
