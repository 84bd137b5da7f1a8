"""Turning the key pair of one unit."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from admin.keys.bearers import of_unit_pairs
from admin.keys.renewing import renew
from admin.keys.ring_rows import hold_ring
from intake.cases.event import record
from intake.vault import sealing
from intake.vault.unit_key import FormerUnitKey, UnitKey, fresh_key, live_former_keys
from portal.foundation import clock
from portal.foundation.database import Database


class NoSuchUnit(LookupError):
    """No unit of this code has a key."""


def rotate_unit(database: Database, unit_code: str) -> Iterator[str]:
    """Give a unit a new pair and seal to it what is sealed to its former ones; or, where something
    is left of an earlier turn, only that. Steps as of `rotate_service`.

    Raises:
        NoSuchUnit: see there.
    """
    finished = False
    for step in _go_on(database, unit_code):
        finished = True
        yield step
    if finished:
        yield f"{unit_code}: finished what was begun before"
        return
    with database.writing() as session:
        hold_ring(session)
        key_id, former = _turn(session, unit_code)
        yield f"{unit_code}: a new pair"
    yield f"{unit_code}: new pair {key_id} instead of {former}"
    yield from _go_on(database, unit_code)


def _turn(session: Session, unit_code: str) -> tuple[str, str]:
    """The ids of the new pair and of the one that it replaces."""
    key = session.get(UnitKey, unit_code, with_for_update=True)
    if key is None:
        raise NoSuchUnit(unit_code)
    former = FormerUnitKey(
        unit_code=unit_code,
        key_id=sealing.key_id(key.public_key).hex(),
        private_under_master=key.private_under_master,
        private_for_recovery=key.private_for_recovery,
        made_at=key.made_at,
        replaced_at=clock.now(),
    )
    fresh = fresh_key(session, unit_code)
    session.add(former)
    session.merge(fresh)
    key_id = sealing.key_id(fresh.public_key).hex()
    purpose = f"unit:{unit_code}"
    record(session, "key_rotated", purpose=purpose, key=key_id, former=former.key_id)
    session.flush()
    return key_id, former.key_id


def _go_on(database: Database, unit_code: str) -> Iterator[str]:
    with database.reading() as session:
        former = [x.key_id for x in live_former_keys(session) if x.unit_code == unit_code]
    for table, number in renew(database, of_unit_pairs(), former):
        yield f"{unit_code}: {number} of {table} sealed anew"
