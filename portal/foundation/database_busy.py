"""What is raised where the database is there and somebody else writes; it becomes a page as a
database that is away does."""

from __future__ import annotations


class DatabaseBusy(Exception):
    """Somebody else wrote for as long as this one could wait."""
