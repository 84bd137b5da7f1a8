"""The key files of a deployment: made on the first start, readable by those who need them only."""

from __future__ import annotations

import json
import os
import secrets
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from intake.vault.sealing import KEY_BYTES, KeyPair, derive, verify_key
from portal.foundation.settings import Settings, UnusableSetting


@dataclass(frozen=True)
class Pins:
    """Public keys that every process trusts because they lie in a file, not in the database."""

    verify: bytes
    recovery: bytes | None
    worker: bytes | None


def are_made(settings: Settings) -> bool:
    """Whether every file is there that `prepare` makes."""
    are_there = all(file.exists() for file in (*_keys(settings), _pins_file(settings)))
    return are_there and read_pins(settings).worker is not None


def prepare(settings: Settings) -> None:
    """Make the key files that are missing, and pin what isn't pinned. Never overwrites a key."""
    folders = (settings.data_dir, settings.database_dir, settings.files_dir, settings.shared_dir)
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for file in _keys(settings):
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(file, secrets.token_bytes(KEY_BYTES).hex())
    if not are_made(settings):
        _pin_own_keys(settings)


def read_key(file: Path) -> bytes:
    """The key in a file.

    Raises:
        UnusableSetting: missing, unreadable, readable by everybody, or not a key.
    """
    try:
        if file.stat().st_mode & 0o007:
            raise UnusableSetting(f"{file} may be read by everybody; run: chmod 0400 {file}")
        key = bytes.fromhex(file.read_text().strip())
    except (OSError, ValueError) as error:
        raise UnusableSetting(
            f"The key file {file} can't be read: {type(error).__name__}."
        ) from error
    if len(key) != KEY_BYTES:
        raise UnusableSetting(f"The key file {file} doesn't hold a key of {KEY_BYTES} bytes.")
    return key


def read_pins(settings: Settings) -> Pins:
    """The pinned public keys.

    Raises:
        UnusableSetting: the file is missing or damaged.
    """
    try:
        raw = json.loads(_pins_file(settings).read_text())
        return Pins(
            bytes.fromhex(raw["verify"]),
            bytes.fromhex(raw["recovery"]) if raw.get("recovery") else None,
            bytes.fromhex(raw["worker"]) if raw.get("worker") else None,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnusableSetting("The pinned public keys can't be read; run: flask init") from error


def has_pins(settings: Settings) -> bool:
    """Whether public keys are pinned here."""
    return _pins_file(settings).exists()


def pin_recovery(settings: Settings, public: bytes) -> None:
    """Pin the public half of the recovery key."""
    _write_pins(settings, replace(read_pins(settings), recovery=public))


def signing_seed(master: bytes) -> bytes:
    """The seed that signs unit keys and event heads; the public side lacks it."""
    return derive(master, "signing")


def worker_pair(master: bytes) -> KeyPair:
    """What is sealed to the worker alone opens with this; the public side has its public half."""
    return KeyPair.from_seed(derive(master, "worker"))


def _rights_in(folder: Path) -> int:
    """The group reads as well where `deploy/folders` shares the folder with it."""
    shared = stat.S_ISGID | stat.S_IXGRP
    return 0o440 if folder.stat().st_mode & shared == shared else 0o400


def _keys(settings: Settings) -> tuple[Path, ...]:
    return settings.secret_key_file, settings.intake_key_file, settings.master_key_file


def _pins_file(settings: Settings) -> Path:
    return settings.shared_dir / "pins.json"


def _pin_own_keys(settings: Settings) -> None:
    """Pin the public halves that follow from the master key; the recovery key's stays."""
    master = read_key(settings.master_key_file)
    recovery = read_pins(settings).recovery if _pins_file(settings).exists() else None
    worker = worker_pair(master).public
    _write_pins(settings, Pins(verify_key(signing_seed(master)), recovery, worker))


def _write_pins(settings: Settings, pins: Pins) -> None:
    halves = {name: half.hex() if half else None for name, half in vars(pins).items()}
    text = json.dumps(halves)
    _write(_pins_file(settings), text, replace=True)


def _write(file: Path, text: str, *, replace: bool = False) -> None:
    beside = file.with_suffix(".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _rights_in(file.parent))
    with os.fdopen(handle, "w") as stream:
        stream.write(text + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    if replace:
        os.replace(beside, file)
        return
    # A link fails where the file exists by now, so that two first starts can't swap keys under
    # each other.
    try:
        os.link(beside, file)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
