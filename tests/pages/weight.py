"""What a page weighs: its own bytes, and those of the sheets and pictures that it names."""

import re
from html import unescape
from pathlib import Path

MOST_BYTES = 60_000
_STATIC = Path(__file__).parents[2] / "portal" / "static"
_NAMED = re.compile(r'(?:href|src)="/static/([^"?]+)')


def weight(html: str) -> int:
    """Return how many bytes a browser loads for a page that it opens for the first time."""
    named = {unescape(name) for name in _NAMED.findall(html)}
    return len(html.encode()) + sum((_STATIC / name).stat().st_size for name in named)
