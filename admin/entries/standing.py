"""Whether an entry still stands as somebody saw it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class SomebodyWasFaster(Exception):
    """The entry changed since the page was opened."""


class AlreadyWithdrawn(Exception):
    """The entry was withdrawn; it is neither corrected nor withdrawn again."""


class NeedsReason(Exception):
    """A correction and a withdrawal say why."""


class Entry(Protocol):
    """An entry of any room: its version counts on with each correction."""

    @property
    def id(self) -> int:
        """By what it is told apart."""

    @property
    def version(self) -> int:
        """How often it was written."""

    @property
    def withdrawn_at(self) -> datetime | None:
        """When it was withdrawn, in UTC; None while it stands."""


def hold(entry: Entry, version: int) -> None:
    """Refuse to change an entry that isn't the one that its writer saw.

    Raises:
        AlreadyWithdrawn, SomebodyWasFaster: see there.
    """
    if entry.withdrawn_at is not None:
        raise AlreadyWithdrawn(entry.id)
    if entry.version != version:
        raise SomebodyWasFaster(entry.id)


def check_reason(reason: str) -> str:
    """The reason without the space around it.

    Raises:
        NeedsReason: there is none.
    """
    if not reason.strip():
        raise NeedsReason
    return reason.strip()
