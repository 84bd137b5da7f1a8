"""How the cleaning child and whoever started it talk: a sign, a length, and so many bytes."""

from __future__ import annotations

import struct

from intake.attachments.refusal import Refusal

_HEAD = struct.Struct(">cQ")
HEAD_BYTES = _HEAD.size
_FILE, _REFUSAL = b"+", b"-"


def framed(content: bytes | Refusal) -> bytes:
    """What goes through the pipe: a file, or the reason why there is none."""
    is_refusal = isinstance(content, Refusal)
    body = content.encode() if isinstance(content, Refusal) else content
    return _HEAD.pack(_REFUSAL if is_refusal else _FILE, len(body)) + body


def length(head: bytes) -> int:
    """How much follows a head."""
    return int(_HEAD.unpack(head)[1])


def is_whole(received: bytes | bytearray) -> bool:
    """Whether all that was announced has come."""
    if len(received) < HEAD_BYTES:
        return False
    return len(received) - HEAD_BYTES >= length(bytes(received[:HEAD_BYTES]))


def unframed(received: bytes | bytearray) -> bytes | Refusal | None:
    """What came through the pipe, or None where that isn't what was announced."""
    if not is_whole(received):
        return None
    sign, announced = _HEAD.unpack_from(received)
    body = bytes(memoryview(received)[HEAD_BYTES:])
    if len(body) != announced:
        return None
    if sign == _FILE:
        return body
    name = body.decode("ascii", "replace")
    return Refusal(name) if sign == _REFUSAL and name in set(Refusal) else None
