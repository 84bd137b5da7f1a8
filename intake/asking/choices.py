"""What the form offers to choose from: policies, problems and places of the campaign.

The long lists are written as HTML once for each revision of the campaign; a request only marks the
choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from portal.campaign.book import Book
from portal.campaign.book import book as book_of
from portal.campaign.kinds import Kind
from portal.campaign.place import Place, PlaceKind
from portal.foundation import clock
from portal.foundation.database import reading

NOT_SURE = "不清楚"
NONE_OF_THESE = "none"
_GROUP_NUMBERS = "一二三四五六"
_YEARS_BACK = 10


class Options:
    """The options of one `<select>`: (group, [(value, text), …]) in their order."""

    def __init__(self, groups: Iterable[tuple[str, Iterable[tuple[str, str]]]]) -> None:
        parts: list[str] = [f'<option value="">{NOT_SURE}</option>']
        self.texts: dict[str, str] = {}
        for name, options in groups:
            rows = list(options)
            self.texts.update(rows)
            inner = "".join(f'<option value="{escape(v)}">{escape(t)}</option>' for v, t in rows)
            parts.append(f'<optgroup label="{escape(name)}">{inner}</optgroup>' if name else inner)
        self._html = "".join(parts)

    def choosing(self, value: str | None) -> Markup:
        """The options with one of them chosen; any other value chooses none."""
        html = self._html
        if value in self.texts:
            plain = f'<option value="{escape(value)}"'
            html = html.replace(f"{plain}>", f"{plain} selected>", 1)
        return Markup(html)  # noqa: S704  # Every text in it was escaped when it was put together.


@dataclass(frozen=True)
class Choices:
    """The choices of one revision. `problem_groups` names the group before its first problem."""

    book: Book
    policies: Options
    places: Options
    problems: Mapping[str, str]
    problem_groups: Mapping[str, str]

    @property
    def years(self) -> Options:
        """The years whose money it may be about, this one first."""
        this_year = clock.today().year
        years = range(this_year, this_year - _YEARS_BACK - 1, -1)
        return Options([("", [(str(year), f"{year}年") for year in years])])


# One assignment publishes the whole, so that no thread sees half of a revision.
_latest: Choices | None = None


def choices_now() -> Choices:
    """The choices of the campaign as it is now.

    Raises:
        NoCampaign: nothing was loaded.
    """
    global _latest
    with reading() as session:
        found = book_of(session)
    kept = _latest
    if kept is None or kept.book is not found:
        kept = _latest = _build(found)
    return kept


def last_choices() -> Choices | None:
    """The choices last shown, for a page that must come though the database is away."""
    return _latest


def needs_reaching(kind: Kind) -> str:
    """Why the law asks for a name and a telephone; empty where it doesn't."""
    return _WHY_NAMED.get(kind, "")


_WHY_NAMED = {
    Kind.PETITION: "法律要求写真名和联系方式（《信访工作条例》第十九条）。",
    Kind.DISCLOSURE_REQUEST: "法律要求写姓名和联系方式（《政府信息公开条例》第二十九条）。",
}


def _build(book: Book) -> Choices:
    types = list(book.problem_types.values())
    return Choices(
        book=book,
        policies=Options(_policies(book)),
        places=Options(_places(book)),
        problems={t.code: t.plain_text for t in types} | {NONE_OF_THESE: "都不是，我自己写"},
        problem_groups=_groups(book),
    )


def _groups(book: Book) -> dict[str, str]:
    found: dict[str, str] = {}
    named: dict[str, None] = {}
    for one in book.problem_types.values():
        if one.group_name not in named:
            found[one.code] = f"{_GROUP_NUMBERS[len(named)]}　{one.group_name}"
            named[one.group_name] = None
    return found | {NONE_OF_THESE: f"{_GROUP_NUMBERS[len(named)]}　其他"}


def _policies(book: Book) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    for unit in book.units.values():
        rows = [(p.code, p.name) for p in book.policies.values() if p.unit_code == unit.code]
        if rows:
            yield unit.name, rows


def _places(book: Book) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    inside: dict[str, list[Place]] = {}
    for place in book.places.values():
        inside.setdefault(place.parent_code or "", []).append(place)
    for street in (p for p in book.places.values() if p.kind is PlaceKind.STREET):
        rows = [(street.code, f"{street.name}（哪个社区不清楚）")]
        yield street.name, rows + [(one.code, one.name) for one in inside.get(street.code, ())]
