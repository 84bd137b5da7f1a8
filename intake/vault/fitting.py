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
from intake.vault.sealing import verify_key
from intake.vault.unit_key import UnitKey, UntrustedKey, one_signed_half, public_keys, unit_pair
from intake.vault.vault import DoesNotOpen, Vault
from portal.foundation.folders import sync_folder
from portal.foundation.settings import Settings, UnusableSetting

_AWAITS = "awaits-master-key.json"


class KeyDoesNotFit(Exception):
    """The master key doesn't belong to the data."""


def vault_at_hand(settings: Settings) -> Vault | None:
    """What the master key on this machine opens and checks; None where there is none. It marks
    nothing, since the intake key isn't asked for.

    Raises:
        UnusableSetting: the key can't be read, or isn't the one whose public half is pinned.
    """
    if not settings.master_key_file.exists():
        return None
    master = key_files.read_key(settings.master_key_file)
    verify = verify_key(key_files.signing_seed(master))
    worker = key_files.worker_pair(master).public
    if key_files.has_pins(settings) and key_files.read_pins(settings).verify != verify:
        raise UnusableSetting(
            f"{settings.master_key_file} isn't the key whose public half is pinned in "
            f"{settings.shared_dir}: one of them belongs to another deployment."
        )
    return Vault(intake_key=b"", pins=key_files.Pins(verify, None, worker), master=master)


def check_fit(session: Session) -> None:
    """Open every unit's key with the session's vault.

    Raises:
        KeyDoesNotFit: one doesn't open, or another key has signed it.
    """
    units = session.scalars(select(UnitKey.unit_code)).all()
    try:
        public_keys(session, frozenset(units))
        for unit in units:
            unit_pair(session, unit)
    except (UntrustedKey, DoesNotOpen):
        raise KeyDoesNotFit from None


def await_key(session: Session, settings: Settings) -> None:
    """Let no start make a master key, nor take another than the one of this data."""
    half = one_signed_half(session)
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
    """Forget that a key is awaited: its data isn't here after all."""
    (settings.data_dir / _AWAITS).unlink(missing_ok=True)


def refuse_while_awaited(settings: Settings) -> None:
    """Take note that the awaited key has come.

    Raises:
        UnusableSetting: it hasn't, or another one lies there.
    """
    file = settings.data_dir / _AWAITS
    if not file.exists():
        return
    vault = vault_at_hand(settings)
    if vault is None:
        raise UnusableSetting(
            "Data was restored here without its keys: put the master key to "
            f"{settings.master_key_file} first, and the others to {settings.shared_dir}."
        )
    part, signature = (bytes.fromhex(one) for one in json.loads(file.read_text()))
    if not vault.is_signed(part, signature):
        raise UnusableSetting(
            f"{settings.master_key_file} doesn't belong to the data that was restored here."
        )
    file.unlink()
