"""One thing that a deployment lacks, as the doctor says it."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """One thing that is lacking, and how it is mended, in both languages."""

    english: str
    official: str
