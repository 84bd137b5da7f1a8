"""Sample staff and cases."""

from __future__ import annotations

from portal.foundation.database import Database


def prepare(database: Database) -> list[str]:
    """Add them."""
    return []
