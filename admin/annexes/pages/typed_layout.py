"""A template as the office types it: which columns, in which order, how wide, in text as it came,
so that nothing is lost while something is wrong."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from admin.annexes.columns import COLUMNS, Annex, Column
from admin.annexes.layout import Layout, Shown
from admin.annexes.templates import BadLayout, Template


@dataclass(frozen=True)
class TypedColumn:
    """One line of the form."""

    column: Column
    is_shown: bool
    order: str
    heading: str
    width: str


@dataclass(frozen=True)
class TypedLayout:
    """The whole form; `seen` is the revision that its writer saw, -1 where none was sent."""

    annex: Annex
    title: str
    foot: str
    columns: tuple[TypedColumn, ...]
    seen: int

    @classmethod
    def of(cls, annex: Annex, template: Template) -> TypedLayout:
        """The form as it stands: the shown columns in their order, then the others."""
        layout, offered = template.layout, COLUMNS[annex]
        shown = [
            TypedColumn(offered[one.key], True, str(place), one.heading, str(one.width))
            for place, one in enumerate(layout.columns, start=1)
        ]
        taken = {one.key for one in layout.columns}
        others = [
            TypedColumn(one, False, "", one.heading, str(one.width))
            for one in offered.values()
            if one.key not in taken
        ]
        return cls(annex, layout.title, layout.foot, (*shown, *others), template.revision)

    @classmethod
    def sent(cls, annex: Annex, form: Mapping[str, str]) -> TypedLayout:
        """What was typed, its lines in the form's own order."""
        offered = COLUMNS[annex]
        columns = [
            TypedColumn(
                column=offered[key],
                is_shown=f"show-{key}" in form,
                order=form.get(f"order-{key}", "").strip(),
                heading=form.get(f"heading-{key}", "").strip(),
                width=form.get(f"width-{key}", "").strip(),
            )
            for key in _sent_order(annex, form)
        ]
        title = form.get("title", "").strip()
        foot = form.get("foot", "").replace("\r\n", "\n").strip()
        return cls(annex, title, foot, tuple(columns), _whole(form.get("seen", "")))

    @property
    def layout(self) -> Layout:
        """What was typed, as a layout.

        Raises:
            BadLayout: it is none; with every fault at once.
        """
        shown = [one for one in self.columns if one.is_shown]
        faults = list(_wrong_order(shown))
        shown.sort(key=lambda one: _whole(one.order))
        columns = (Shown(one.column.key, one.heading, _whole(one.width)) for one in shown)
        layout = Layout(self.title, self.foot, tuple(columns))
        faults += layout.faults(self.annex)
        if faults:
            raise BadLayout(faults)
        return layout


def _sent_order(annex: Annex, form: Mapping[str, str]) -> Iterator[str]:
    """The columns in the order in which a browser sent them; what it left out comes last."""
    sent = [name.removeprefix("order-") for name in form if name.startswith("order-")]
    yield from (key for key in sent if key in COLUMNS[annex])
    yield from (key for key in COLUMNS[annex] if key not in sent)


def _wrong_order(shown: list[TypedColumn]) -> Iterator[str]:
    for one in shown:
        if _whole(one.order) < 1:
            yield f"“{one.column.heading}”排第几要写1以上的整数"
    times = Counter(_whole(one.order) for one in shown)
    for order, count in times.items():
        if count > 1 and order > 0:
            same = "、".join(x.column.heading for x in shown if _whole(x.order) == order)
            yield f"{same}都排第{order}，要分出先后"


def _whole(text: str) -> int:
    """A whole number as people type it; -1 where it is none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 6 else -1
