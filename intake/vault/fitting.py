"""Whether the master key on this machine belongs to the data on it.

Data that was restored without its key waits for it: a file says so, by which the right key is
known, so that no start makes a new one beside the data and no wrong one signs anything.
"""

from __future__ import annotations

import json
import os

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.vault import key_files
from intake.vault.key_files import Pins
from intake.vault.master_keys import MasterKeys
from intake.vault.unit_key import UnitKey, UntrustedKey, one_locked_half, public_keys, unit_pair
from intake.vault.vault import DoesNotOpen, Vault, vault_of
from portal.foundation.folders import sync_folder
from portal.foundation.settings import Settings, UnusableSetting

_AWAITS = "awaits-master-key.json"
_NOTHING_PINNED = Pins(verify=b"", recovery=None, worker=None)


class KeyDoesNotFit(Exception):
    """The master key doesn't belong to the data."""


def vault_at_hand(settings: Settings) -> Vault | None:
    """What the master key on this machine opens; None where there is none. It marks nothing, since
    the intake key isn't asked for, and trusts nothing before `check_fit`.

    Raises:
        UnusableSetting: the key can't be read.
    """
    if not settings.master_key_file.exists():
        return None
    return _vault(_masters(settings), _NOTHING_PINNED)


def check_fit(session: Session, settings: Settings) -> None:
    """Open every key of the session's data with its vault; from here on that trusts what the data's
    own keys have signed.

    Raises:
        KeyDoesNotFit: one doesn't open, or another key has signed it.
        UnusableSetting: what is pinned on this machine belongs to other data.
    """
    vault = vault_of(session)
    try:
        pins = vault.ring.pins()
        session.info["vault"] = _vault(vault.masters, pins)
        units = session.scalars(select(UnitKey.unit_code)).all()
        public_keys(session, frozenset(units))
        for unit in units:
            unit_pair(session, unit)
    except (UntrustedKey, DoesNotOpen):
        raise KeyDoesNotFit from None
    if key_files.has_pins(settings) and key_files.read_pins(settings).verify not in pins.checking:
        raise UnusableSetting(
            f"{settings.master_key_file} isn't the key whose public half is pinned in "
            f"{settings.shared_dir}: one of them belongs to another deployment."
        )


def await_key(session: Session, settings: Settings) -> None:
    """Let no start make a master key, nor take another than the one of this data."""
    half = one_locked_half(session)
    if half is None:
        return
    file = settings.data_dir / _AWAITS
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as stream:
        json.dump([one.hex() for one in half], stream)
        stream.flush()
        os.fsync(stream.fileno())
    sync_folder(settings.data_dir)


def stop_awaiting(settings: Settings) -> None:
    """Forget that a key is awaited: its data isn't here after all, or opens by another now."""
    (settings.data_dir / _AWAITS).unlink(missing_ok=True)


def awaited_key_has_come(settings: Settings) -> bool:
    """Whether data that was restored without its key can be held against it now. False where none
    is awaited.

    Raises:
        UnusableSetting: the awaited key hasn't come, or another one lies there.
    """
    file = settings.data_dir / _AWAITS
    if not file.exists():
        return False
    if not settings.master_key_file.exists():
        raise UnusableSetting(
            "Data was restored here without its keys: put the master key to "
            f"{settings.master_key_file} first, and the others to {settings.shared_dir}; or run "
            "`flask --app wsgi keys recover` with the printed recovery key."
        )
    context, half = (bytes.fromhex(one) for one in json.loads(file.read_text()))
    try:
        _masters(settings).unlock(half, context)
    except DoesNotOpen:
        raise UnusableSetting(
            f"{settings.master_key_file} doesn't belong to the data that was restored here."
        ) from None
    return True


def _masters(settings: Settings) -> MasterKeys:
    file = settings.master_key_file
    return MasterKeys(key_files.read_key(file), file)


def _vault(masters: MasterKeys, pins: Pins) -> Vault:
    return Vault(intake_keys=(), pins=pins, master=masters)
