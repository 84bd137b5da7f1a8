"""Sets one sheet as a PDF, in a process of its own that ends with it: setting it takes a hundred
megabytes, which no worker should keep."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

import typst

_LAYOUT = Path(__file__).with_name("sheet.typ")
_SECONDS = 20


def main() -> None:
    """Read what to set from standard input, and write the PDF to standard output."""
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    order = json.load(sys.stdin)
    # The words go in as data: nothing in them is read as the layout's own language.
    made = typst.compile(
        _LAYOUT.read_bytes(),
        font_paths=[order["fonts"]],
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(order["sheet"]), "family": order["family"]},
    )
    sys.stdout.buffer.write(made)
