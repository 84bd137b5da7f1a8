"""Where else a page of the campaign's own data stands. What is recorded of that is a few rows; they
are read once for all pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portal.foundation.cached_pages import kept_with_pages
from portal.foundation.database import reading
from portal.published.appearance import Appearance, appearances_by_path


def elsewhere(path: str) -> Sequence[Appearance]:
    """Where the page under a path stood, the earliest first."""
    return kept_with_pages("appearances", _by_path).get(path, ())


def _by_path() -> Mapping[str, Sequence[Appearance]]:
    with reading() as session:
        return appearances_by_path(session)
