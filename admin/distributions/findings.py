"""What somebody has to mend or to answer for in a draft of a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from admin.distributions.list_texts import ListTexts
from admin.distributions.suspicions import Suspicion, suspected
from admin.publishing.draft_texts import Answer
from admin.publishing.inside import own_numbers
from admin.publishing.leak_check import Inside, Leak, find
from portal.campaign.book import Book

# Nobody can know that these may be published: they are mended.
_NEVER = frozenset(
    {
        Suspicion.CHILD,
        Leak.CITIZEN_NUMBER,
        Leak.TELEPHONE,
        Leak.CARD,
        Leak.LONG_NUMBER,
        Leak.EMAIL,
    }
)
LIST, ROWS = "list", "rows"


@dataclass(frozen=True)
class Located:
    """A finding in its text. `key`, and so its answer, stays as long as the passage does."""

    field: str
    what: Leak | Suspicion
    passage: str
    answer: Answer | None

    @property
    def key(self) -> str:
        """What an answer is kept under."""
        return _key(self.field, self.what, self.passage)

    @property
    def where(self) -> str:
        """Which text it stands in, for the drafter."""
        return {LIST: "标准", ROWS: "名单里的标准"}[self.field]

    @property
    def can_be_answered(self) -> bool:
        """Whether a word in writing lets it stay."""
        return self.what not in _NEVER

    @property
    def is_open(self) -> bool:
        """Whether it keeps the list from being released."""
        return self.answer is None or not self.can_be_answered


def findings(texts: ListTexts, book: Book) -> list[Located]:
    """What is found in a draft, each passage once, with the answer that was given."""
    inside = Inside(own_numbers=own_numbers(book))
    found: dict[str, Located] = {}
    for field, text in _texts(texts):
        for what, start, end in _found(text, inside):
            passage = text[start:end]
            key = _key(field, what, passage)
            found.setdefault(key, Located(field, what, passage, texts.answers.get(key)))
    return list(found.values())


def _texts(texts: ListTexts) -> Iterator[tuple[str, str]]:
    """Every text of a list that somebody typed freely; all else is chosen, counted or masked."""
    yield LIST, texts.standard
    for standard in dict.fromkeys(row.standard for row in texts.rows):
        yield ROWS, standard


def _found(text: str, inside: Inside) -> Iterator[tuple[Leak | Suspicion, int, int]]:
    for leak in find(text, inside):
        yield leak.leak, leak.start, leak.end
    for one in suspected(text):
        yield one.suspicion, one.start, one.end


def _key(field: str, what: Leak | Suspicion, passage: str) -> str:
    return f"{field}:{what}:{passage}"
