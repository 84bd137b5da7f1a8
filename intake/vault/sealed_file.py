"""A file sealed as it streams: a fresh key for each, pieces of 64 KiB that can't be swapped, left
out or cut off (libsodium's secretstream), and a length that says little about what is in it.

Nothing of a file lies anywhere in the clear, and no more than a piece of it in memory.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import BinaryIO

from nacl import bindings
from nacl.exceptions import CryptoError

from intake.vault.sealing import KEY_BYTES, DoesNotOpen

_VERSION = b"\x01\x04"
_PIECE = 64 * 1024
_SEALED_PIECE = _PIECE + bindings.crypto_secretstream_xchacha20poly1305_ABYTES
_SHORTEST = 1024
_HEADER = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_MORE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_LAST = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL


def fresh_key() -> bytes:
    """A key for one file, and for no other."""
    return secrets.token_bytes(KEY_BYTES)


class FileSealer:
    """Seals what is written to it into a stream. `context` ties the file to its name in the
    store."""

    def __init__(self, into: BinaryIO, key: bytes, context: bytes) -> None:
        self._into, self._context = into, context
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        header = bindings.crypto_secretstream_xchacha20poly1305_init_push(self._state, key)
        self._waiting = bytearray()
        self.size = 0
        into.write(_VERSION + header)

    def write(self, data: bytes) -> None:
        """Take some more of the file."""
        self.size += len(data)
        self._take(data)

    def finish(self) -> None:
        """Seal the end, and zeros after it up to one of few lengths."""
        zeros = _padded(self.size) - self.size
        for _ in range(zeros // _PIECE):
            self._take(bytes(_PIECE))
        self._take(bytes(zeros % _PIECE))
        self._push(bytes(self._waiting), _LAST)
        self._waiting.clear()

    def _take(self, data: bytes) -> None:
        self._waiting += data
        while len(self._waiting) > _PIECE:
            self._push(bytes(self._waiting[:_PIECE]), _MORE)
            del self._waiting[:_PIECE]

    def _push(self, piece: bytes, tag: int) -> None:
        self._into.write(
            bindings.crypto_secretstream_xchacha20poly1305_push(
                self._state, piece, self._context, tag
            )
        )


def opened_pieces(stream: BinaryIO, key: bytes, context: bytes, size: int) -> Iterator[bytes]:
    """The first `size` bytes of what was sealed, a piece at a time.

    Raises:
        DoesNotOpen: damaged, cut off, moved, or sealed with another key. Pieces that came before
            are sound.
    """
    if stream.read(len(_VERSION)) != _VERSION:
        raise DoesNotOpen
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    try:
        header = stream.read(_HEADER)
        bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, header, key)
        left, tag = size, _MORE
        while tag != _LAST:
            sealed = stream.read(_SEALED_PIECE)
            piece, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, sealed, context)
            if left:
                yield piece[:left]
                left -= min(left, len(piece))
    except (CryptoError, RuntimeError, ValueError, TypeError) as error:
        raise DoesNotOpen from error
    if left or stream.read(1):
        raise DoesNotOpen


def _padded(size: int) -> int:
    """The next of few lengths (PADMÉ: at most 12 % more), so that a known file isn't known again
    by its size."""
    if size < _SHORTEST:
        return _SHORTEST
    exponent = size.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (size + mask) & ~mask
