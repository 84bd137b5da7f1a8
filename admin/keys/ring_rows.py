"""The rows of the ring: laying the first ones, adding a key, sealing them for recovery, and pinning
the public halves that follow from them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin.keys.mark_heads import put_heads
from admin.keys.witness import RolledBack, refuse_rolled_back
from intake.vault import key_files, sealing
from intake.vault.intake_key import read_intake_keys
from intake.vault.master_keys import is_under, lock_under
from intake.vault.ring import forget_ring
from intake.vault.sealing import KEY_BYTES
from intake.vault.service_key import FOLLOWING, Purpose, ServiceKey, context_of, id_of
from intake.vault.unit_key import UnitKey, live_former_keys
from intake.vault.unit_key import context_of as context_of_unit
from intake.vault.vault import vault_of
from portal.foundation import clock
from portal.foundation.database import Database
from portal.foundation.settings import Settings

# The number of the lock on PostgreSQL by which whoever changes keys waits for whoever does.
_KEYS_CHANGE = 0x68756D696E


class WrongMaster(Exception):
    """The master key of this machine isn't the one under which this database's keys are locked."""


def lay_ring(session: Session, settings: Settings) -> None:
    """Lay the rows that are missing, with the keys that were in use without them.

    Raises:
        WrongMaster: see there; nothing is laid.
    """
    hold_ring(session)
    check_master(session)
    masters = vault_of(session).masters
    have = set(session.scalars(select(ServiceKey.purpose)))
    for purpose in FOLLOWING:
        if purpose not in have:
            first = key_files.following(masters.present, purpose)
            add_key(session, purpose, first, follows_master=True)
    if Purpose.INTAKE not in have:
        # Where another database of this machine had its key turned, the first one is the last.
        first_intake = read_intake_keys(settings.intake_key_file)[-1]
        add_key(session, Purpose.INTAKE, first_intake.secret)
        put_heads(session, first_intake)
    _lock_units_as_today(session)


def check_master(session: Session) -> None:
    """Make sure that the keys of this database are locked under the master key of this machine, and
    that nobody has put an old one back.

    Raises:
        WrongMaster, RolledBack: see there.
    """
    masters = vault_of(session).masters
    locked = [key.under_master or b"" for key in live_keys(session)]
    locked.extend(session.scalars(select(UnitKey.private_under_master)))
    if not all(map(masters.opens, locked)):
        raise WrongMaster
    refuse_rolled_back(session)


def add_key(
    session: Session, purpose: Purpose, secret: bytes, *, follows_master: bool = False
) -> ServiceKey:
    """Add a key to the ring, in the place of the newest one where there is one."""
    vault, key_id, now = vault_of(session), id_of(purpose, secret), clock.now()
    context = context_of(purpose, key_id)
    for former in live_keys(session, purpose):
        former.replaced_at = former.replaced_at or now
    key = ServiceKey(
        purpose=purpose,
        key_id=key_id,
        under_master=vault.masters.lock(secret, context, like=vault.ring.like),
        for_recovery=_for_recovery(session, secret, context),
        follows_master=follows_master,
        made_at=now,
    )
    session.add(key)
    session.flush()
    forget_ring(session)
    return key


def fresh_secret() -> bytes:
    """A random key."""
    return secrets.token_bytes(KEY_BYTES)


def live_keys(session: Session, purpose: Purpose | None = None) -> Sequence[ServiceKey]:
    """The keys that aren't retired, of one purpose or of all."""
    live = select(ServiceKey).where(ServiceKey.retired_at.is_(None))
    if purpose is not None:
        live = live.where(ServiceKey.purpose == purpose)
    return session.scalars(live.order_by(ServiceKey.purpose, ServiceKey.key_id)).all()


def newest_id(session: Session, purpose: Purpose) -> str:
    """The id of the newest key of a purpose."""
    return id_of(purpose, vault_of(session).ring.newest(purpose))


def hold_ring(session: Session) -> None:
    """Let nobody else change any key, of the product or of a unit, until this transaction ends. To
    be asked before the first look at a key: what was read before may be gone by then.

    On SQLite a turn at writing is the same; on PostgreSQL several write at once, and rows alone
    don't tell of one that is just being added.
    """
    if session.connection().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_KEYS_CHANGE)))
    forget_ring(session)


def secret_of(session: Session, key: ServiceKey) -> bytes:
    """A key of the ring, opened. Raises DoesNotOpen."""
    return vault_of(session).masters.unlock(key.under_master or b"", key.context)


def seal_ring_for_recovery(session: Session, recovery: bytes) -> None:
    """Seal every key of the ring to a recovery key."""
    for key in live_keys(session):
        key.for_recovery = sealing.seal(recovery, secret_of(session, key), key.context)


def pin_ring(session: Session, settings: Settings, *, recovery: bytes | None = None) -> None:
    """Pin the public halves of the ring's keys: after a turn that was killed, they follow here.
    Only `recovery`, which has opened all of them, brings other keys than were known here.

    Raises:
        RolledBack: the chain of events says otherwise, or such a key wasn't known here.
    """
    refuse_rolled_back(session)
    known = key_files.read_pins(settings)
    found = vault_of(session).ring.pins(recovery or known.recovery, known.discipline)
    if not (recovery or known.untried or found.known <= known.known):
        raise RolledBack(
            f"The database brings a public key that was never pinned in {settings.shared_dir}. "
            "Where pins.json is an old copy, put today's in its place; where there is none any "
            "more, remove it, run `flask --app wsgi init`, and make a new recovery key. If neither "
            "is so, somebody changed the database: stop the sites, restore a backup of before."
        )
    key_files.pin(settings, replace(found, retired=known.retired))


def pin_in_turn(database: Database, settings: Settings) -> None:
    """Pin them while nobody changes a key: from an older look at the rows the pins of a turn that
    is just being stored would be put back."""
    with database.writing() as session:
        hold_ring(session)
        pin_ring(session, settings)


def lock_all(session: Session, master: bytes) -> None:
    """Lock every key under a certain master key: those of the ring, and the units' halves."""
    masters = vault_of(session).masters
    for key in live_keys(session):
        key.under_master = lock_under(master, secret_of(session, key), key.context)
    # What batches of another turn sign just now they hold.
    newest = session.scalars(select(UnitKey).order_by(UnitKey.unit_code).with_for_update())
    for unit in (*newest, *live_former_keys(session)):
        context = context_of_unit(unit.unit_code)
        private = masters.unlock(unit.private_under_master or b"", context)
        unit.private_under_master = lock_under(master, private, context)
    session.flush()
    forget_ring(session)


def are_under(session: Session, master: bytes) -> bool:
    """Whether all keys, of the ring and of units, are locked under a certain master key."""
    locked = [key.under_master or b"" for key in live_keys(session)]
    locked.extend(session.scalars(select(UnitKey.private_under_master)))
    return bool(locked) and all(is_under(master, blob) for blob in locked)


def _lock_units_as_today(session: Session) -> None:
    """Before the ring had rows, units' halves were locked with the key for storage itself."""
    masters = vault_of(session).masters
    for unit in session.scalars(select(UnitKey)):
        if not is_under(masters.present, unit.private_under_master):
            context = context_of_unit(unit.unit_code)
            private = masters.unlock(unit.private_under_master, context)
            unit.private_under_master = masters.lock(private, context)


def _for_recovery(session: Session, secret: bytes, context: bytes) -> bytes | None:
    recovery = vault_of(session).pins.recovery
    return sealing.seal(recovery, secret, context) if recovery else None
