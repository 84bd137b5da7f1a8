"""Text that staff publish: Markdown in, harmless HTML out. bleach and nh3 are met here only."""

from __future__ import annotations

import re
from typing import Any

import bleach
import mistune
import nh3
from markupsafe import Markup

LONGEST = 50_000

_TAGS = frozenset(
    {"a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p"}
    | {"caption", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"}
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "caption": {"class"},
    "ol": {"start"},
    "td": {"class"},
    "th": {"class", "scope"},
}
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


# A heading of an official text: 一、总体要求.
_PART = re.compile(r"<h([2-6])>([一二三四五六七八九十]+、.*?)</h\1>")

# What mistune puts in the place of an address that runs something.
_UNSAFE = "#harmful-link"


class TextTooLong(ValueError):
    """The text is longer than anything the portal publishes."""


class _Renderer(mistune.HTMLRenderer):
    """The page itself has the only h1, so headings in a text begin one level down. A table is named
    by the heading that it stands under, for whoever hears the page and doesn't see it."""

    def __init__(self) -> None:
        super().__init__(escape=True)
        self._heading = "表格"

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        self._heading = text
        return super().heading(text, min(level + 1, 6), **attrs)

    def table(self, text: str) -> str:
        """A table with its name, which isn't shown a second time."""
        return f'<table>\n<caption class="hidden">{self._heading}</caption>\n{text}</table>\n'

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        """A cell; a column of figures, which Markdown aligns to the right, is set as ours are."""
        tag, scope = ("th", ' scope="col"') if head else ("td", "")
        figures = ' class="number"' if align == "right" else ""
        return f"<{tag}{scope}{figures}>{text}</{tag}>\n"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """A link that may not be followed is its words alone."""
        unsafe = self.sanitize_url(url) == _UNSAFE
        return text if unsafe else super().link(text, url, title)


def published_html(markdown: str) -> str:
    """The HTML of a Markdown text with tables: no styles, scripts, pictures or markup of its own.

    Two cleaners follow each other, since either may have a gap some day.

    Raises:
        TextTooLong: there are more than `LONGEST` characters.
    """
    if len(markdown) > LONGEST:
        raise TextTooLong(f"{len(markdown)} characters; {LONGEST} are the most")
    render = mistune.create_markdown(renderer=_Renderer(), plugins=["table"])
    rendered = str(render(markdown))
    once = bleach.clean(
        rendered,
        tags=_TAGS,
        attributes={tag: sorted(names) for tag, names in _ATTRIBUTES.items()},
        protocols=_SCHEMES,
        strip=True,
    )
    return nh3.clean(
        once,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes=set(_SCHEMES),
        link_rel=None,
    )


def with_parts(html: str) -> tuple[Markup, list[tuple[str, str]]]:
    """The same as `as_stored`, with an id for each heading that counts 一、二、三、; and these ids
    with the headings' words, for links into a long text."""
    parts: list[tuple[str, str]] = []

    def named(heading: re.Match[str]) -> str:
        level, words = heading.groups()
        parts.append((f"part-{len(parts) + 1}", words))
        return f'<h{level} id="{parts[-1][0]}">{words}</h{level}>'

    marked = _PART.sub(named, html)
    return as_stored(marked), [(one, as_stored(words).striptags()) for one, words in parts]


def as_stored(html: str) -> Markup:
    """HTML that `published_html` made when it was stored, for a template."""
    return Markup(html)  # noqa: S704  # It was cleaned before it was stored.
