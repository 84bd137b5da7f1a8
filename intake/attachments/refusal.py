"""Why a file isn't taken."""

from __future__ import annotations

from enum import StrEnum

from intake.attachments.wordings import REFUSALS


class Refusal(StrEnum):
    """Why a file isn't taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    MACROS = "macros"
    OLD_OFFICE = "old_office"
    HTML = "html"
    SVG = "svg"
    ARCHIVE = "archive"
    PROGRAM = "program"
    UNKNOWN = "unknown"
    DAMAGED = "damaged"
    LOCKED = "locked"
    FORM = "form"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MUCH_INSIDE = "too_much_inside"
    TOO_SLOW = "too_slow"
    BUSY = "busy"
    NO_ROOM = "no_room"
    TOO_MANY = "too_many"
    TOO_MUCH = "too_much"
    GONE = "gone"
    # Of a preview only: the file is fine and has fewer pages.
    NO_PAGE = "no_page"

    @property
    def advice(self) -> str:
        """The sentence for whoever sent the file: why, and what to do instead."""
        return REFUSALS[self]


class NotTaken(Exception):
    """A file turned out, while it was cleaned, to be one that isn't taken."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal)
