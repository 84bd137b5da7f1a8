"""What somebody has to mend or to answer for in a draft of a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from admin.distributions.list_texts import LIST, ROWS, ListTexts
from admin.distributions.suspicions import Suspicion, suspected
from admin.publishing.echoes import Echoes
from admin.publishing.inside import beside_cases
from admin.publishing.leak_check import NEVER, Inside, Leak, find
from admin.publishing.located import Answer
from portal.campaign.book import Book

# Nobody can know that these may be published: they are mended.
_NEVER = NEVER | {Suspicion.CHILD, Leak.TELEPHONE, Leak.LONG_NUMBER, Leak.EMAIL, Leak.CHAT}


@dataclass(frozen=True)
class Located:
    """Findings of one sort in one text, the `passages`. The answer stays as long as the whole text
    does: 病 is one thing in 重病加发 and another in 肝病."""

    field: str
    what: Leak | Suspicion
    text: str
    passages: tuple[str, ...]
    answer: Answer | None

    @property
    def key(self) -> str:
        """What an answer is kept under."""
        return _key(self.field, self.what, self.text)

    @property
    def where(self) -> str:
        """Which text it stands in, for the drafter."""
        return {LIST: "标准", ROWS: "名单里的标准"}[self.field]

    @property
    def said(self) -> str:
        """What it is, with its words."""
        passages = f"（{'、'.join(self.passages)}）" if self.passages else ""
        return f"{self.where}“{self.text}”：{self.what.plain}{passages}"

    @property
    def can_be_answered(self) -> bool:
        """Whether a word in writing lets it stay."""
        return self.what not in _NEVER

    @property
    def is_open(self) -> bool:
        """Whether it keeps the list from being released."""
        return self.answer is None or not self.can_be_answered


def findings(texts: ListTexts, book: Book) -> list[Located]:
    """What is found in a draft, with the answers that were given."""
    inside = beside_cases(book)
    found: dict[tuple[str, str, Leak | Suspicion], list[str]] = {}
    for field, text in texts.to_check:
        for what, start, end in _found(text, inside, texts.echoes):
            passages = found.setdefault((field, text, what), [])
            if text[start:end] not in passages:
                passages.append(text[start:end])
    return [
        Located(field, what, text, tuple(passages), texts.answers.get(_key(field, what, text)))
        for (field, text, what), passages in found.items()
    ]


def answered_in(texts: ListTexts) -> list[Located]:
    """What was found in a list that is released, as its answers tell it."""
    sorts: dict[str, Leak | Suspicion] = {one.value: one for one in (*Leak, *Suspicion)}
    return [
        Located(field, sorts[what], text, (), answer)
        for key, answer in texts.answers.items()
        for field, what, text in [key.split(":", 2)]
        if what in sorts
    ]


def _found(
    text: str, inside: Inside, echoes: Echoes
) -> Iterator[tuple[Leak | Suspicion, int, int]]:
    for leak in find(text, inside):
        yield leak.leak, leak.start, leak.end
    for one in suspected(text):
        yield one.suspicion, one.start, one.end
    for passage in dict.fromkeys(passage for _, passage in echoes):
        start = text.find(passage)
        if start >= 0:
            yield Leak.INSIDE_WORDS, start, start + len(passage)


def _key(field: str, what: Leak | Suspicion, text: str) -> str:
    return f"{field}:{what}:{text}"
