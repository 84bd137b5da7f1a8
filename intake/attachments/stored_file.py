"""A file that lies sealed in the store, with what opens it: as it is sealed into a case, and as a
form carries it until then."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from intake.attachments.file_type import FileType, Refusal
from intake.vault import sealing
from intake.vault.sealing import DoesNotOpen

_PURPOSE = "staged-file"
_LONGEST_NAME = 120
# What leads elsewhere in a path, or writes a name backwards.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\:]")


@dataclass(frozen=True)
class StoredFile:
    """One file. `name` is what its writer's device called it, `size` its length in bytes as it is
    stored, `digest` of what was sent, before it was cleaned, `stored` its name in the store."""

    name: str = field(repr=False)
    file_type: FileType
    size: int
    digest: str = field(repr=False)
    stored: str
    key: bytes = field(repr=False)

    @property
    def content(self) -> list[str]:
        """By what the same file is known when it is sent again."""
        return [self.name, self.digest]

    @property
    def file_name(self) -> str:
        """A name to save it under: what it was called, with the ending of what it is."""
        stem = _UNPRINTABLE.sub("_", self.name.rpartition(".")[0] or self.name) or "文件"
        return f"{stem[:_LONGEST_NAME]}{self.file_type.suffix}"

    def called(self, stem: str) -> StoredFile:
        """The same file under another name, with nothing left of what it was before it came."""
        return replace(self, name=f"{stem}{self.file_type.suffix}", digest="")

    def to_text(self) -> str:
        """As it is sealed into a compartment."""
        return json.dumps(
            [self.name, self.file_type, self.size, self.digest, self.stored, self.key.hex()],
            ensure_ascii=False,
        )

    @classmethod
    def from_text(cls, text: str) -> StoredFile:
        """From what `to_text` gave."""
        name, file_type, size, digest, stored, key = json.loads(text)
        return cls(name, FileType(file_type), size, digest, stored, bytes.fromhex(key))

    def to_token(self, secret: bytes, submission: str) -> str:
        """As the form of that submission carries it: nobody but this site reads it, and in another
        form it is worth nothing."""
        locked = sealing.lock(_key(secret), self.to_text().encode(), submission.encode())
        return urlsafe_b64encode(locked).decode()

    @classmethod
    def from_token(cls, token: str, secret: bytes, submission: str) -> StoredFile | None:
        """From what `to_token` gave; None for anything else."""
        try:
            locked = urlsafe_b64decode(token.encode())
            text = sealing.unlock(_key(secret), locked, submission.encode())
        except (DoesNotOpen, ValueError):
            return None
        return cls.from_text(text.decode())


@dataclass(frozen=True)
class LeftOut:
    """A file that wasn't taken, and why."""

    name: str = field(repr=False)
    why: Refusal


def same_files(ours: Sequence[StoredFile], theirs: Sequence[StoredFile]) -> bool:
    """Whether the same files were sent, in whatever order."""
    return sorted(one.content for one in ours) == sorted(one.content for one in theirs)


def _key(secret: bytes) -> bytes:
    return sealing.derive(sealing.digest_of("secret", secret), _PURPOSE)
