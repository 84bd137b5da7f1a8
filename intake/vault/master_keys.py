"""The master key as one process knows it: the one of its file, one that is about to take its place,
and those that it has read before."""

from __future__ import annotations

from pathlib import Path

from intake.vault import key_files, sealing
from intake.vault.sealing import DoesNotOpen


class MasterKeys:
    """Locks and unlocks under the master key. What was locked under another one than is known makes
    it read the file again: somebody has turned the key while this process was running."""

    def __init__(self, master: bytes, file: Path | None = None) -> None:
        self._file = file
        self._known = [master]

    @property
    def present(self) -> bytes:
        """The key of the file, as it was read last."""
        return self._known[0]

    def lock(self, data: bytes, context: bytes, *, like: bytes | None = None) -> bytes:
        """Lock under the same key as `like`, which others have locked; without it under the key of
        the file.

        Raises:
            DoesNotOpen: nobody here has the key of `like`.
        """
        return sealing.lock(_wrapping(self._master_of(like)), data, context)

    def unlock(self, blob: bytes, context: bytes) -> bytes:
        """Open what was locked under the master key. Raises DoesNotOpen."""
        master = self._master_of(blob)
        secret = next(one for one in _secrets(master) if sealing.is_under(one, blob))
        return sealing.unlock(secret, blob, context)

    def opens(self, blob: bytes) -> bool:
        """Whether a key that is known here has locked it."""
        try:
            self._master_of(blob)
        except DoesNotOpen:
            return False
        return True

    def _master_of(self, blob: bytes | None) -> bytes:
        if blob is None:
            return self.present
        found = self._find(blob)
        if found is None:
            self._read_again()
            found = self._find(blob)
        if found is None:
            raise DoesNotOpen
        return found

    def _find(self, blob: bytes) -> bytes | None:
        for master in self._known:
            if any(sealing.is_under(secret, blob) for secret in _secrets(master)):
                return master
        return None

    def _read_again(self) -> None:
        """A key that was known stays: a transaction that began before it was turned may need it."""
        if self._file is not None:
            read = key_files.master_keys(self._file)
            self._known = [*read, *(one for one in self._known if one not in read)]


def is_under(master: bytes, blob: bytes) -> bool:
    """Whether a master key has locked it as keys are locked today."""
    return sealing.is_under(_wrapping(master), blob)


def master_id(master: bytes) -> str:
    """The id at the head of what a master key has locked, in hexadecimal digits."""
    return sealing.lock_id(_wrapping(master)).hex()


def lock_under(master: bytes, data: bytes, context: bytes) -> bytes:
    """Lock a key under a certain master key."""
    return sealing.lock(_wrapping(master), data, context)


def _secrets(master: bytes) -> tuple[bytes, bytes]:
    """The second is for units' halves from before keys of the product had rows."""
    return _wrapping(master), key_files.following(master, "storage")


def _wrapping(master: bytes) -> bytes:
    return sealing.derive(master, "wrapping")
