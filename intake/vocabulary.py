"""How people write, whatever their district: `vocabulary.toml`, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_suffix(".toml")


@cache
def vocabulary() -> dict[str, Any]:
    """The lists of `vocabulary.toml`, by their names there."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
