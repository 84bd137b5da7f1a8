"""The key files of a deployment: made on the first start, readable by those who need them only."""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from intake.vault.sealing import KEY_BYTES, KeyPair, derive, verify_key
from intake.vault.whole_file import write_whole
from portal.foundation.folders import sync_folder
from portal.foundation.settings import Settings, UnusableSetting


@dataclass(frozen=True)
class Pins:
    """Public keys that every process trusts because they lie in a file, not in the database."""

    verify: bytes
    recovery: bytes | None
    worker: bytes | None
    # What checked signatures before; good until everything was signed anew.
    former: tuple[bytes, ...] = ()
    # Keys that sign and check nothing any more, each with the number of the last event that there
    # was when it was destroyed: good for heads that left the machine before, and for nothing else.
    retired: tuple[tuple[bytes, int], ...] = ()
    # What is about to be stored: the database can bring no key that wasn't known here before.
    made: tuple[bytes, ...] = ()
    # Whether nothing was held against them yet: they follow from the master key alone, or the
    # database was restored and brings its own.
    untried: bool = False

    @property
    def known(self) -> frozenset[bytes]:
        """Every key that isn't retired and was pinned here, or is about to be."""
        worker = (self.worker,) if self.worker else ()
        return frozenset((*self.checking, *worker, *self.made))

    # The recovery key of the sealed class, discipline inspection's own; None until it is founded.
    discipline: bytes | None = None

    @property
    def checking(self) -> tuple[bytes, ...]:
        """Every public key whose signature is good."""
        return (self.verify, *self.former)

    def checking_head(self, seq: int) -> tuple[bytes, ...]:
        """Every public key whose signature is good on a head that left the machine after event
        `seq`."""
        return (*self.checking, *(half for half, last in self.retired if seq <= last))


def are_made(settings: Settings) -> bool:
    """Whether every file is there that `prepare` makes."""
    are_there = all(file.exists() for file in (*_keys(settings), pins_file(settings)))
    return are_there and read_pins(settings).worker is not None


def is_being_turned(settings: Settings) -> bool:
    """Whether a new master key lies beside the present one."""
    return next_of(settings.master_key_file).exists()


def prepare(settings: Settings) -> None:
    """Make the key files that are missing, and pin what isn't pinned. Never overwrites a key."""
    folders = (settings.data_dir, settings.database_dir, settings.files_dir, settings.shared_dir)
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for file in _keys(settings):
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(file, secrets.token_bytes(KEY_BYTES).hex())
        _sweep(file)
    if not are_made(settings):
        _pin_own_keys(settings)


def read_key(file: Path) -> bytes:
    """The key in a file.

    Raises:
        UnusableSetting: missing, unreadable, readable by everybody, or not a key.
    """
    keys = read_keys(file)
    if len(keys) > 1:
        raise UnusableSetting(f"The key file {file} holds more than one key.")
    return keys[0]


def read_keys(file: Path) -> tuple[bytes, ...]:
    """The keys in a file, one on each line. Raises UnusableSetting as `read_key`."""
    try:
        if file.stat().st_mode & 0o007:
            raise UnusableSetting(f"{file} may be read by everybody; run: chmod 0400 {file}")
        keys = tuple(map(bytes.fromhex, file.read_text().split()))
    except UnusableSetting:
        raise
    except (OSError, ValueError) as error:
        name = type(error).__name__
        raise UnusableSetting(f"The key file {file} can't be read: {name}.") from error
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise UnusableSetting(f"The key file {file} doesn't hold a key of {KEY_BYTES} bytes.")
    return keys


def master_keys(file: Path) -> list[bytes]:
    """The master key of the file; after it one that is taking its place.

    Raises:
        UnusableSetting: as `read_key`.
    """
    # The one beside first: if it takes the other's place in between, it is read there.
    beside = next_key(file)
    return [read_key(file), *([beside] if beside else [])]


def next_of(file: Path) -> Path:
    """Where a master key lies while it is taking the place of the one in the file."""
    return file.with_name(f"{file.name}.next")


def next_key(file: Path) -> bytes | None:
    """The key that lies beside, about to take the place of the present one; None where none
    does.

    Raises:
        UnusableSetting: one does and can't be read.
    """
    beside = next_of(file)
    try:
        return read_key(beside) if beside.exists() else None
    except UnusableSetting:
        if beside.exists():
            raise
        # It took its place between the two looks.
        return None


def lay_next(file: Path) -> bytes:
    """Lay a new master key beside the present one, on the disk, unless one lies there; returns it.

    Raises:
        OSError: nothing can be written there.
        UnusableSetting: one lies there and can't be read.
    """
    beside = next_of(file)
    if not beside.exists():
        write_whole(beside, secrets.token_bytes(KEY_BYTES).hex())
    return read_key(beside)


def adopt_next(file: Path) -> None:
    """Let the key that lies beside take the place of the present one, which is gone then."""
    os.replace(next_of(file), file)
    _sweep(file)
    sync_folder(file.parent)


def left_over(file: Path) -> list[Path]:
    """What somebody left beside a key file who was killed while he wrote one."""
    return sorted(file.parent.glob(f"{file.name}.*.new"))


def _sweep(file: Path) -> None:
    """Take away the second names of a key file, which nobody who writes needs any more: killed
    before he had taken such a name away, he would leave a copy of the key."""
    for name in left_over(file):
        # The doctor names what can't be taken away.
        with suppress(OSError):
            if name.samefile(file):
                name.unlink()


def read_pins(settings: Settings) -> Pins:
    """The pinned public keys.

    Raises:
        UnusableSetting: the file is missing or damaged.
    """
    try:
        raw = json.loads(pins_file(settings).read_text())
        return Pins(
            bytes.fromhex(raw["verify"]),
            bytes.fromhex(raw["recovery"]) if raw.get("recovery") else None,
            bytes.fromhex(raw["worker"]) if raw.get("worker") else None,
            tuple(bytes.fromhex(half) for half in raw.get("former", ())),
            tuple((bytes.fromhex(half), int(last)) for half, last in raw.get("retired", ())),
            tuple(bytes.fromhex(half) for half in raw.get("made", ())),
            bool(raw.get("untried")),
            bytes.fromhex(raw["discipline"]) if raw.get("discipline") else None,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnusableSetting("The pinned public keys can't be read; run: flask init") from error


def has_pins(settings: Settings) -> bool:
    """Whether public keys are pinned here."""
    return pins_file(settings).exists()


def pin(settings: Settings, pins: Pins) -> None:
    """Pin these public keys; nothing where they are pinned already."""
    if read_pins(settings) != pins:
        _write_pins(settings, pins)


def pin_recovery(settings: Settings, public: bytes) -> None:
    """Pin the public half of the recovery key."""
    pin(settings, replace(read_pins(settings), recovery=public))


def pin_made(settings: Settings, half: bytes) -> None:
    """Note the public half of a key before the key is stored: `known` has it from then on."""
    pin(settings, replace(read_pins(settings), made=(half,)))


def pin_anew(settings: Settings) -> None:
    """Let the next look take whatever keys the database brings: it was restored, and its keys were
    held against the master key and their signatures."""
    if has_pins(settings):
        pin(settings, replace(read_pins(settings), untried=True))


def pin_retired(settings: Settings, half: bytes, last: int) -> None:
    """Pin the public half of a key for signing that is about to be destroyed, for the heads up to
    the event `last` that left the machine. Nobody could make it anew."""
    pins = read_pins(settings)
    others = ((other, seq) for other, seq in pins.retired if other != half)
    pin(settings, replace(pins, retired=(*others, (half, last))))


def pin_discipline(settings: Settings, public: bytes) -> None:
    """Pin the public half of the sealed class's own recovery key."""
    pin(settings, replace(read_pins(settings), discipline=public))


def pins_file(settings: Settings) -> Path:
    """Where the public keys are pinned."""
    return settings.shared_dir / "pins.json"


def following(master: bytes, purpose: str) -> bytes:
    """The first key of a purpose, which follows from the first master key; later ones are
    random."""
    return derive(master, purpose)


def _keys(settings: Settings) -> tuple[Path, ...]:
    return settings.secret_key_file, settings.intake_key_file, settings.master_key_file


def _pin_own_keys(settings: Settings) -> None:
    """Pin the public halves that follow from the master key; those of recovery keys stay."""
    master = read_key(settings.master_key_file)
    worker = KeyPair.from_seed(following(master, "worker")).public
    own = Pins(verify_key(following(master, "signing")), None, worker, untried=True)
    if has_pins(settings):
        before = read_pins(settings)
        own = replace(before, verify=own.verify, worker=worker)
    _write_pins(settings, own)


def _write_pins(settings: Settings, pins: Pins) -> None:
    halves = {
        "verify": pins.verify.hex(),
        "recovery": pins.recovery.hex() if pins.recovery else None,
        "worker": pins.worker.hex() if pins.worker else None,
        "former": [half.hex() for half in pins.former],
        "retired": [[half.hex(), last] for half, last in pins.retired],
        "made": [half.hex() for half in pins.made],
        "untried": pins.untried,
        "discipline": pins.discipline.hex() if pins.discipline else None,
    }
    write_whole(pins_file(settings), json.dumps(halves), replace=True)
