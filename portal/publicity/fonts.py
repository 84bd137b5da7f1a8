"""The Chinese font that a PDF needs: the machine's own, which Debian calls fonts-noto-cjk."""

from __future__ import annotations

from pathlib import Path

# The package, as a page and `doctor` name it.
PACKAGE = "fonts-noto-cjk"
FAMILY = "Noto Sans CJK SC"
# The first is Debian's and most others'; the second is of those who ship the scripts apart.
_FILES = ("NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf")


def font_folder(fonts_dir: Path) -> Path | None:
    """The folder in which the font lies, somewhere below `fonts_dir`; None where there is none."""
    for name in _FILES:
        for file in fonts_dir.rglob(name):
            return file.parent
    return None
