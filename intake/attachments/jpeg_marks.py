"""What a camera writes into a JPEG beside the picture, taken out without touching the picture."""

from __future__ import annotations

_START, _PICTURE, _END = b"\xff\xd8", 0xDA, 0xD9
_ADOBE = 0xEE
_APPLICATIONS, _COMMENT = range(0xE1, 0xF0), 0xFE


def without(photograph: bytes) -> bytes:
    """The JPEG without places, times, profiles, comments, and without what follows its end.

    Adobe's mark stays, since it says how the colours are to be read.

    Raises:
        ValueError: it isn't a JPEG up to its picture.
    """
    if not photograph.startswith(_START):
        raise ValueError("no JPEG")
    kept, at = [_START], len(_START)
    while True:
        while photograph[at : at + 2] == b"\xff\xff":
            at += 1  # Marks may be padded.
        mark, size = _mark(photograph, at)
        if mark == _PICTURE:
            end = photograph.rfind(bytes((0xFF, _END)))
            return b"".join((*kept, photograph[at : end + 2 if end > at else None]))
        if (mark not in _APPLICATIONS or mark == _ADOBE) and mark != _COMMENT:
            kept.append(photograph[at : at + 2 + size])
        at += 2 + size


def _mark(photograph: bytes, at: int) -> tuple[int, int]:
    """Which mark stands here, and how long it is without its own two bytes."""
    head = photograph[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF:
        raise ValueError("no mark")
    return head[1], int.from_bytes(head[2:4])
