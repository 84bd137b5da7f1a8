"""What a backup says of itself. Nobody signed it: it shows a damage, not a forgery."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields

from admin.backup.refused import Refused

FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """One backup. `taken_at` is the moment (UTC, ISO 8601) up to which every receipt is in it,
    `head` the hexadecimal digest of its last event, `lacking` the number of files that the database
    refers to and the store no longer had, `unreferenced` of those that nothing referred to yet."""

    format: int = FORMAT
    database: str
    schema: str
    campaign: str
    taken_at: str
    events: int
    head: str
    files: int
    texts: int
    lacking: int
    unreferenced: int
    members: int
    members_sha256: str

    @property
    def sha256(self) -> str:
        """The digest over all: it covers the list of members, which covers each."""
        return hashlib.sha256(self.to_bytes()).hexdigest()

    def to_bytes(self) -> bytes:
        """As the backup holds it."""
        return json.dumps(asdict(self), indent=1).encode() + b"\n"

    @classmethod
    def from_bytes(cls, raw: bytes) -> Manifest:
        """From what `to_bytes` gave.

        Raises:
            Refused: it isn't a manifest, or one of a format that this version doesn't know.
        """
        try:
            said = json.loads(raw)
            version = said["format"]
        except (ValueError, KeyError, TypeError):
            raise Refused("manifest.json isn't a manifest.") from None
        if version != FORMAT:
            raise Refused(f"The backup has format {version}; this version knows {FORMAT}.")
        wanted = {field.name: int if field.type == "int" else str for field in fields(cls)}
        if said.keys() != wanted.keys() or any(
            type(said[name]) is not kind for name, kind in wanted.items()
        ):
            raise Refused("manifest.json lacks something.")
        manifest = cls(**said)
        if manifest.to_bytes() != raw:
            raise Refused("manifest.json isn't written as we write it.")
        return manifest
