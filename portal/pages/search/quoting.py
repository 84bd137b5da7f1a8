"""The sentence of a text in which words stand, cut to what is read at a glance. Pure."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from portal.pages.typed_words import plain

# About two lines on a telephone.
_LONGEST = 32
_ENDS = re.compile(r"(?<=[。！？；])|\n")
# What stays in its line, while all else begins a new one; where line ends are somebody's own; and
# what nobody reads.
_IN_LINE = frozenset({"a", "abbr", "b", "code", "em", "i", "span", "strong", "time", "wbr"})
_AS_TYPED = frozenset({"pre", "textarea"})
_SILENT = frozenset({"nav", "script", "style", "select", "svg"})


def sentence_with(words: list[str], text: str) -> str:
    """The sentence that has the most of these comparable words, the first of several; empty where
    none has any."""
    sentences = [tidy for one in _ENDS.split(text) if (tidy := " ".join(one.split()))]
    best = max(sentences, key=lambda one: _how_many(words, one), default="")
    first = next((word for word in words if word in plain(best)), None)
    return cut(best.rstrip("；"), _place(first, best)) if first else ""


def cut(sentence: str, around: int = 0) -> str:
    """A sentence, or what stands around a place in it."""
    if len(sentence) <= _LONGEST:
        return sentence
    first = max(0, min(around - _LONGEST // 3, len(sentence) - _LONGEST))
    last = first + _LONGEST
    return ("…" if first else "") + sentence[first:last] + ("…" if last < len(sentence) else "")


def text_of(html: str) -> str:
    """What a reader reads of HTML, a line for each block."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.text)


def _how_many(words: list[str], sentence: str) -> int:
    told = plain(sentence)
    return sum(word in told for word in words)


def _place(word: str, sentence: str) -> int:
    """Where a comparable word begins in a sentence as it is written."""
    letters = [(at, letter) for at, sign in enumerate(sentence) for letter in plain(sign)]
    found = "".join(letter for _, letter in letters).find(word)
    return letters[found][0] if found >= 0 else 0


class _Reader(HTMLParser):
    """Collects the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._silent = 0
        self._as_typed = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or what isn't read."""
        self._silent += tag in _SILENT
        self._as_typed += tag in _AS_TYPED
        if tag not in _IN_LINE:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        self._silent -= tag in _SILENT
        self._as_typed -= tag in _AS_TYPED
        if tag not in _IN_LINE:
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        """Add a piece. Where a line ends in the source, none ends for a reader, unless somebody
        typed it so."""
        if not self._silent:
            self.text.append(data if self._as_typed else data.replace("\n", " "))
