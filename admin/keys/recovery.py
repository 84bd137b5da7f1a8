"""What the printed recovery key is for: opening everything on a machine that has the database and
no master key, and trying from time to time whether it would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin.keys.intake_file import put_file_right
from admin.keys.ring_rows import (
    hold_ring,
    lay_ring,
    live_keys,
    newest_id,
    pin_ring,
    seal_ring_for_recovery,
    secret_of,
)
from admin.keys.witness import PUT_BACK, RolledBack, newest_told, refuse_rolled_back
from intake.cases.event import Event, record
from intake.vault import sealing
from intake.vault.passphrase import pair_as_printed
from intake.vault.sealing import KEY_BYTES, DoesNotOpen, KeyPair, verify_key
from intake.vault.service_key import Purpose, ServiceKey, id_of
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


@dataclass(frozen=True)
class Recovered:
    """Of how many units the keys open again, and whether the product's own did as well: where a
    backup is older than those, what hung on them is lost. The id of the key that signed the units'
    halves, and of the one that the chain of events names as the last one made."""

    units: int
    whole: bool
    signing: str
    told: str | None


def recover(session: Session, settings: Settings, pair: KeyPair) -> Recovered:
    """Lock every key under the master key of this machine, opened by the recovery key for this.

    Raises:
        WrongRecoveryKey: see there; nothing was changed.
        RolledBack: what opens isn't what the database says it is: anybody can seal to the recovery
            key; nothing was changed.
    """
    hold_ring(session)
    refuse_rolled_back(session)
    ring = {key: _opened_of_ring(pair, key) for key in live_keys(session)}
    units = {unit: _opened_of_unit(pair, unit) for unit in _units(session)}
    _refuse_unsigned(session, ring, units)
    masters = vault_of(session).masters
    for key, secret in ring.items():
        key.under_master = masters.lock(secret, key.context)
    for unit, private in units.items():
        unit.private_under_master = masters.lock(private, context_of(unit.unit_code))
    session.flush()
    lay_ring(session, settings)
    seal_ring_for_recovery(session, pair.public)
    _sign_units(session)
    record(session, "keys_recovered", units=len(units))
    signing = newest_id(session, Purpose.SIGNING)
    return Recovered(len(units), bool(ring), signing, newest_told(session, Purpose.SIGNING))


def put_files_back(session: Session, settings: Settings, pair: KeyPair) -> None:
    """The key files that follow from what was recovered: the pinned public keys, the intake
    keys."""
    hold_ring(session)
    pin_ring(session, settings, recovery=pair.public)
    put_file_right(session, settings)


def drill(session: Session, pair: KeyPair) -> int:
    """Try whether the printed key opens everything that the master key does, and note the day.
    Returns of how many units.

    Raises:
        WrongRecoveryKey: something doesn't open by it, or opens to something else.
    """
    masters, units = vault_of(session).masters, _units(session)
    if vault_of(session).pins.recovery != pair.public:
        raise WrongRecoveryKey
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


def not_for_recovery(session: Session, recovery: bytes) -> int:
    """How many keys aren't sealed to the recovery key that is pinned: a turn of it was killed, or
    somebody changed the pins or the database."""
    sealed = [key.for_recovery for key in live_keys(session)]
    sealed += [unit.private_for_recovery for unit in _units(session)]
    pinned = sealing.key_id(recovery)
    return sum(sealing.head_id(blob or b"") != pinned for blob in sealed)


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


def _opened_of_ring(pair: KeyPair, key: ServiceKey) -> bytes:
    secret = _opened(pair, key.for_recovery, key.context)
    if len(secret) != KEY_BYTES or id_of(key.purpose, secret) != key.key_id:
        raise _forged(f"{key.purpose}: what was sealed for recovery isn't the key {key.key_id}.")
    return secret


def _opened_of_unit(pair: KeyPair, unit: _UnitRow) -> bytes:
    private = _opened(pair, unit.private_for_recovery, context_of(unit.unit_code))
    if len(private) != KEY_BYTES or not _is_half_of(unit, KeyPair.from_seed(private).public):
        raise _forged(
            f"unit:{unit.unit_code}: what was sealed for recovery isn't its private half."
        )
    return private


def _is_half_of(unit: _UnitRow, public: bytes) -> bool:
    if isinstance(unit, UnitKey):
        return unit.public_key == public
    return unit.key_id == sealing.key_id(public).hex()


def _refuse_unsigned(
    session: Session, ring: Mapping[ServiceKey, bytes], units: Iterable[_UnitRow]
) -> None:
    """Every unit's half has to be signed by a key of the ring. A database from before the ring has
    none of its keys, and nothing to check by; one that lacks some of them isn't such a one."""
    lacking = set(Purpose) - {key.purpose for key in ring}
    if lacking and (ring or any(newest_told(session, one) for one in Purpose)):
        raise _forged(f"{', '.join(sorted(lacking))}: the key's row is gone.")
    signing = [verify_key(secret) for key, secret in ring.items() if key.purpose == Purpose.SIGNING]
    for unit in units:
        if not ring or isinstance(unit, FormerUnitKey):
            continue
        part = signed_part(unit.unit_code, unit.public_key)
        if not any(sealing.is_signed(one, part, unit.signature) for one in signing):
            raise _forged(f"unit:{unit.unit_code}: the public half isn't signed.")


def _forged(sentence: str) -> RolledBack:
    return RolledBack(f"{sentence} {PUT_BACK}")


def _sign_units(session: Session) -> None:
    """Sign every public half anew, as it follows from the private one: what this machine pinned
    when it was set up signed none of them."""
    vault = vault_of(session)
    for key in session.scalars(select(UnitKey)):
        private = vault.masters.unlock(key.private_under_master, context_of(key.unit_code))
        key.public_key = KeyPair.from_seed(private).public
        key.signature = vault.sign(signed_part(key.unit_code, key.public_key))
