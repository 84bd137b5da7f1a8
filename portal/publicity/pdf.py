"""A sheet as a PDF: real text in an embedded font, to be sent to a printer's shop or kept.

It is set by a child (`pdf_child.py`), one at a time in each process, and kept as long as its words
are the same, so that many requests don't set it again and again.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from portal.publicity.fonts import FAMILY
from portal.publicity.sheet import Sheet
from portal.publicity.sheet_words import SheetWords

_CHECKOUT = Path(__file__).resolve().parents[2]
_START = (
    "import sys; sys.path.append(sys.argv[1]); from portal.publicity.pdf_child import main; main()"
)
# It starts isolated from the environment and the folder; the last word tells where our code is.
_CHILD = (sys.executable, "-I", "-B", "-c", _START, str(_CHECKOUT))
_MOST_SECONDS = 30
# Whoever waits longer for others' sheets comes again later.
_WAITS_SECONDS = 10
# Three sheets of a dozen streets, with room.
_KEPT = 128

_turn = threading.Lock()


class PdfBusy(Exception):
    """Other sheets are being set; it will be possible in a moment."""


class NoPdf(Exception):
    """The child couldn't set it; its own words are the reason."""


def sheet_pdf(sheet: Sheet, words: SheetWords, qr_picture: str, fonts: Path) -> bytes:
    """The sheet as a PDF, set with the font in the folder `fonts`. The same words are always the
    same file.

    Raises:
        PdfBusy: too many others wait.
        NoPdf: the child failed.
    """
    width, height = sheet.size
    content = {
        "sheet": sheet.value,
        "name": sheet.plain,
        "width": width,
        "height": height,
        "qr": qr_picture,
        **asdict(words),
    }
    order = {"sheet": content, "family": FAMILY, "fonts": str(fonts)}
    with _one_at_a_time():
        return _made(json.dumps(order))


@lru_cache(maxsize=_KEPT)
def _made(order: str) -> bytes:
    try:
        child = subprocess.run(  # noqa: S603  # Our own code.
            _CHILD,
            input=order.encode(),
            capture_output=True,
            cwd="/",
            env={},
            timeout=_MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise NoPdf("it took too long") from slow
    if child.returncode != 0 or not child.stdout.startswith(b"%PDF-"):
        raise NoPdf(child.stderr.decode("utf-8", "replace")[-1000:])
    return child.stdout


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if not _turn.acquire(timeout=_WAITS_SECONDS):
        raise PdfBusy
    try:
        yield
    finally:
        _turn.release()
