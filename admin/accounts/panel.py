"""A panel that one room puts onto another room's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Panel:
    """A heading with sentences and links under it, each link as its words and its address."""

    heading: str
    sentences: Sequence[str]
    links: Sequence[tuple[str, str]]
