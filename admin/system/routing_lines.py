"""Files of labelled texts: one JSON object a line, as `docs/office-guide.md` and the sets of the
tests have them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from intake.cases.case import Channel
from portal.campaign.unit import Unit, UnitKind
from portal.foundation.refusal import Problem, Refusal

OUT_OF_SCOPE = "OUT_OF_SCOPE"
_CHANNELS = {"sms": Channel.TEXT, "text": Channel.TEXT, "web": Channel.WEB}
# In a list of barred units these words stand for any unit of their kind.
_ANY = {"街道办事处": UnitKind.STREET, "社区": UnitKind.COMMUNITY}
_NEEDED = ("text", "kind", "problem", "unit", "acceptable_units", "must_not_units")


def lines_of(file: Path) -> Iterator[Mapping[str, Any]]:
    """The labelled texts of a file.

    Raises:
        Refusal: the file can't be read, a line is no JSON object, or lacks a label.
    """
    try:
        rows = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(
            [Problem(file.name, None, f"can't be read: {type(error).__name__}")]
        ) from None
    for number, row in enumerate(rows, start=1):
        if row.strip():
            yield _line(row, file.name, number)


def channel_of(line: Mapping[str, Any]) -> Channel:
    """The door by which a labelled text came; without one, a text message."""
    return channel_named(line.get("channel", "sms"))


def channel_named(name: str) -> Channel:
    """The door of that name.

    Raises:
        Refusal: there is none.
    """
    if name not in _CHANNELS:
        known = ", ".join(sorted(_CHANNELS))
        raise Refusal([Problem("--channel", None, f"“{name}” is none of {known}")])
    return _CHANNELS[name]


def is_among(unit: Unit, names: Collection[str]) -> bool:
    """Whether a list of labels means a unit: by its name, or as any of its kind."""
    return unit.name in names or any(_ANY.get(word) is unit.kind for word in names)


def _line(row: str, name: str, number: int) -> Mapping[str, Any]:
    try:
        line = json.loads(row)
    except json.JSONDecodeError as error:
        raise Refusal([Problem(name, number, f"no JSON: {error.msg}")]) from None
    lacking = [key for key in _NEEDED if not isinstance(line, dict) or key not in line]
    if lacking:
        raise Refusal([Problem(name, number, f"lacks {', '.join(lacking)}")])
    found: Mapping[str, Any] = line
    return found
