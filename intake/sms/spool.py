"""Texts that came while the database was away or busy: each in a file of its own, sealed to the
worker, and on the disk before its sender is told that we have it.

Providers don't call again after an error; what isn't kept here is lost.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from intake.sms.matter import Inbound, Part
from intake.vault.sealing import head_id
from intake.vault.vault import DoesNotOpen, Vault
from portal.foundation import clock
from portal.foundation.folders import make_folder, sync_folder

_SUFFIX, _UNFINISHED, _DAMAGED = ".text", ".unfinished", ".damaged"
_CONTEXT = b"spooled-text|"
_TOO_LONG_SECONDS = 600


def keep(vault: Vault, folder: Path, inbound: Inbound, *, on: date) -> None:
    """Keep a text that came on this Shanghai day. The same message again is the same file.

    Raises:
        OSError: it couldn't be written; nothing was kept.
        UnusableSetting: this process doesn't know the worker's key.
    """
    name, *others = names_of(vault, inbound.provider_id)
    said = asdict(replace(inbound, received_on=None)) | {"received_on": on.isoformat()}
    sealed = vault.seal_to_worker(json.dumps(said).encode(), _CONTEXT + name.encode())
    make_folder(folder)
    files = [folder / f"{one}{_SUFFIX}" for one in (name, *others)]
    if not any(file.exists() for file in files):
        _write(files[0], sealed)
    # Whoever wrote it may stand between its rename and this.
    sync_folder(folder)


def names_of(vault: Vault, provider_id: str) -> list[str]:
    """What the file of a message may be called, without its ending: by each live key, the newest
    first."""
    data = provider_id.encode()
    return [key.digest("spooled-text", data).hex() for key in vault.intake_keys]


def kept(folder: Path) -> Iterator[Path]:
    """The texts that wait, the oldest first."""
    files = [(file.stat().st_mtime_ns, file) for file in folder.glob(f"*{_SUFFIX}")]
    yield from (file for _, file in sorted(files))


def all_kept(folder: Path) -> Iterator[Path]:
    """The same and those that were put aside, while the worker takes them in: one that is gone by
    then is in the database."""
    aged: list[tuple[int, Path]] = []
    for file in (*folder.glob(f"*{_SUFFIX}"), *folder.glob(f"*{_DAMAGED}")):
        with suppress(FileNotFoundError):
            # A link is as old as it is itself: what it leads to isn't asked.
            aged.append((file.lstat().st_mtime_ns, file))
    yield from (file for _, file in sorted(aged))


def opened(vault: Vault, file: Path) -> Inbound:
    """A text that waits; needs the master key.

    Raises:
        DoesNotOpen: the file is damaged, or was put there by somebody else.
    """
    said = json.loads(vault.open_as_worker(file.read_bytes(), _CONTEXT + file.stem.encode()))
    said["received_on"] = date.fromisoformat(said["received_on"])
    # A file may have been kept by an older version, which knew fewer fields.
    said["pictures"] = tuple(said.get("pictures", ()))
    said["part"] = Part(**said["part"]) if said.get("part") else None
    return Inbound(**said)


def sealed_to(folder: Path, key_id: str) -> bool:
    """Whether a text is sealed to the worker's key of this id that waits or was put aside: that may
    be looked at yet."""
    for file in all_kept(folder):
        with suppress(FileNotFoundError):
            if head_id(file.read_bytes()).hex() == key_id:
                return True
    return False


def state_of_spool(folder: Path) -> str:
    """Whether texts are taken in as they should be: "ok", or what is wrong."""
    if any(folder.glob(f"*{_DAMAGED}")):
        return "a text in the spool doesn't open"
    long_ago = clock.now().timestamp() - _TOO_LONG_SECONDS
    waits = any(file.stat().st_mtime < long_ago for file in folder.glob(f"*{_SUFFIX}"))
    return "texts wait in the spool" if waits else "ok"


def sweep(folder: Path) -> None:
    """Take away what somebody began to keep and was killed over: its sender was told nothing."""
    long_ago = clock.now().timestamp() - _TOO_LONG_SECONDS
    for file in folder.glob(f"*{_UNFINISHED}"):
        if file.stat().st_mtime < long_ago:
            file.unlink(missing_ok=True)


def put_aside(file: Path) -> None:
    """Keep what doesn't open, out of the way of the others."""
    file.rename(file.with_suffix(_DAMAGED))


def _write(file: Path, data: bytes) -> None:
    """Write a file whole or not at all, and onto the disk. Two who write the same write the same
    message."""
    unfinished = file.with_suffix(f".{secrets.token_hex(4)}{_UNFINISHED}")
    try:
        with unfinished.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)


__all__ = [
    "DoesNotOpen",
    "all_kept",
    "keep",
    "kept",
    "names_of",
    "opened",
    "put_aside",
    "sealed_to",
    "state_of_spool",
    "sweep",
]
