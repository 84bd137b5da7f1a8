"""Where else a page of the campaign's own data stands; pages that read the database anyway ask
there."""

from __future__ import annotations

from collections.abc import Sequence

from portal.foundation.database import reading
from portal.published.appearance import Appearance, appearances_of


def elsewhere(path: str) -> Sequence[Appearance]:
    """Where the page under a path stood, the earliest first."""
    with reading() as session:
        return appearances_of(session, path)
