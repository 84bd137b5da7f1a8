"""Why there was no backup, or why nothing was restored."""

from __future__ import annotations


class Refused(Exception):
    """Nothing was written that anybody could use; the text is the one line for the operator."""
