"""What the printed recovery key is for: opening everything on a machine that has the database and
no master key, and trying from time to time whether it would."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin.keys.ring_rows import lay_ring, live_keys, pin_ring, secret_of
from intake.cases.event import Event, record
from intake.vault import key_files, sealing
from intake.vault.passphrase import pair_as_printed
from intake.vault.ring import forget_ring
from intake.vault.sealing import DoesNotOpen, KeyPair
from intake.vault.service_key import Purpose
from intake.vault.unit_key import FormerUnitKey, UnitKey, context_of, live_former_keys, signed_part
from intake.vault.vault import vault_of
from portal.foundation.settings import Settings

_UnitRow = UnitKey | FormerUnitKey


class WrongRecoveryKey(Exception):
    """What was typed isn't the recovery key of this database."""


def read_printed(typed: str) -> KeyPair:
    """The recovery key as it was printed; spaces, case, hyphens and full width are forgiven.

    Raises:
        WrongRecoveryKey: it has other than 64 hexadecimal digits.
    """
    try:
        return pair_as_printed(typed)
    except ValueError:
        raise WrongRecoveryKey from None


def recover(session: Session, settings: Settings, pair: KeyPair) -> tuple[int, bool]:
    """Lock every key under the master key of this machine, opened by the recovery key for this.
    Returns of how many units, and whether the product's own keys were sealed to it as well; where a
    backup is older than that, what hung on them is lost.

    Raises:
        WrongRecoveryKey: see there; nothing was changed.
    """
    masters, ring = vault_of(session).masters, live_keys(session)
    for key in ring:
        secret = _opened(pair, key.for_recovery, key.context)
        key.under_master = masters.lock(secret, key.context)
    units = _units(session)
    for unit in units:
        context = context_of(unit.unit_code)
        private = _opened(pair, unit.private_for_recovery, context)
        unit.private_under_master = masters.lock(private, context)
    session.flush()
    forget_ring(session)
    lay_ring(session, settings)
    _sign_units(session)
    record(session, "keys_recovered", units=len(units))
    return len(units), bool(ring)


def put_files_back(session: Session, settings: Settings, pair: KeyPair) -> None:
    """The key files that follow from what was recovered: the pinned public keys, the intake key."""
    pin_ring(session, settings, recovery=pair.public)
    intake = vault_of(session).ring.newest(Purpose.INTAKE)
    if key_files.read_key(settings.intake_key_file) != intake:
        key_files.write_whole(settings.intake_key_file, intake.hex(), replace=True)


def drill(session: Session, pair: KeyPair) -> int:
    """Try whether the printed key opens everything that the master key does, and note the day.
    Returns of how many units.

    Raises:
        WrongRecoveryKey: something doesn't open by it, or opens to something else.
    """
    masters, units = vault_of(session).masters, _units(session)
    for key in live_keys(session):
        if _opened(pair, key.for_recovery, key.context) != secret_of(session, key):
            raise WrongRecoveryKey
    for unit in units:
        context = context_of(unit.unit_code)
        held = masters.unlock(unit.private_under_master or b"", context)
        if _opened(pair, unit.private_for_recovery, context) != held:
            raise WrongRecoveryKey
    record(session, "recovery_drilled", units=len(units))
    return len(units)


def last_drill(session: Session) -> datetime | None:
    """When the present recovery key was tried last; None where it never was."""
    pinned = select(func.max(Event.seq)).where(Event.name == "recovery_pinned").scalar_subquery()
    tried = select(func.max(Event.happened_at)).where(
        Event.name == "recovery_drilled", Event.seq > func.coalesce(pinned, 0)
    )
    return session.scalar(tried)


def _units(session: Session) -> Sequence[_UnitRow]:
    return [*session.scalars(select(UnitKey)), *live_former_keys(session)]


def _opened(pair: KeyPair, blob: bytes | None, context: bytes) -> bytes:
    try:
        return sealing.open_sealed(pair, blob or b"", context)
    except DoesNotOpen:
        raise WrongRecoveryKey from None


def _sign_units(session: Session) -> None:
    """Sign every public half anew, as it follows from the private one: what this machine pinned
    when it was set up signed none of them."""
    vault = vault_of(session)
    for key in session.scalars(select(UnitKey)):
        private = vault.masters.unlock(key.private_under_master, context_of(key.unit_code))
        key.public_key = KeyPair.from_seed(private).public
        key.signature = vault.sign(signed_part(key.unit_code, key.public_key))
