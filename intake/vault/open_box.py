"""An opened compartment without its record, for whoever scans the words of many cases."""

from __future__ import annotations

from typing import NamedTuple

from intake.vault import sealing
from intake.vault.compartment import text_context, wrap_context
from intake.vault.sealing import DoesNotOpen, KeyPair


class OpenBox(NamedTuple):
    """An opened compartment. Its stored public half isn't counted anew: if it doesn't fit, nothing
    opens."""

    label: str
    name: str
    pair: KeyPair

    @classmethod
    def of(cls, label: str, name: str, public: bytes, wrap: tuple[str, KeyPair, bytes]) -> OpenBox:
        """Open a compartment with one holder's `wrap`: who holds it, his pair, and the private
        half as it is sealed to him. Raises DoesNotOpen."""
        holder, owner, sealed = wrap
        private = _open(owner, sealed, wrap_context(label, name, holder))
        return cls(label, name, KeyPair(private, public))

    def open(self, blob: bytes, column: str) -> str:
        """Open one of its texts. Raises DoesNotOpen."""
        return _open(self.pair, blob, text_context(self.label, self.name, column)).decode()


def _open(pair: KeyPair, blob: bytes, context: bytes) -> bytes:
    if sealing.is_to_public_key(blob):
        return sealing.open_sealed(pair, blob, context)
    return sealing.open_own(pair.private, blob, context)


__all__ = ["DoesNotOpen", "OpenBox"]
