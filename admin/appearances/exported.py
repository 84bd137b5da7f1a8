"""An item of the export: what the editors of another portal get of one thing that is published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

# How a page is made of what stands in it, by the name of its template.
Page = Callable[..., str]


@dataclass(frozen=True, kw_only=True)
class Exported:
    """One published thing under its title and its path on this site, and the Shanghai day since
    which it reads as it does. `files` go by their names in the archive, the page itself first."""

    title: str
    path: str
    published_on: date
    files: Mapping[str, str | bytes]

    @property
    def name(self) -> str:
        """The name of its page in the archive."""
        return next(iter(self.files))
