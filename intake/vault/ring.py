"""The ring: the opened keys of the product itself, the newest first, as one session finds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.vault.key_files import Pins, following
from intake.vault.master_keys import MasterKeys
from intake.vault.sealing import KeyPair, verify_key
from intake.vault.service_key import FOLLOWING, Purpose, ServiceKey, context_of, id_of

# The newest of each purpose first. Asked once in every session of the staff side that opens or
# stamps anything.
LIVE_KEYS = (
    select(ServiceKey.purpose, ServiceKey.key_id, ServiceKey.under_master)
    .where(ServiceKey.retired_at.is_(None))
    .order_by(ServiceKey.replaced_at.is_not(None), ServiceKey.replaced_at.desc())
)
_KEPT = "ring"
# How a key lay locked, and what that opened to, by its purpose and id.
Opened = dict[tuple[Purpose, str], tuple[bytes, bytes]]


@dataclass(frozen=True)
class Ring:
    """The live keys of each purpose by their ids, the newest first. `like` was locked under the
    present master key, where anything was."""

    keys: Mapping[Purpose, Mapping[str, bytes]]
    like: bytes | None

    def newest(self, purpose: Purpose) -> bytes:
        """The key for whatever is made from now on."""
        return next(iter(self.keys[purpose].values()))

    def all(self, purpose: Purpose) -> tuple[bytes, ...]:
        """Every live key, the newest first."""
        return tuple(self.keys[purpose].values())

    def pins(self, recovery: bytes | None = None, discipline: bytes | None = None) -> Pins:
        """The public halves that every process is to trust; those of recovery keys are given."""
        verify, *former = map(verify_key, self.all(Purpose.SIGNING))
        worker = KeyPair.from_seed(self.newest(Purpose.WORKER)).public
        return Pins(verify, recovery, worker, tuple(former), discipline=discipline)


def ring_of(session: Session, masters: MasterKeys, opened: Opened) -> Ring:
    """The ring as the session finds it, read once; `opened` keeps what was opened for as long as
    the process lives.

    Raises:
        DoesNotOpen: a row is damaged, or no master key that is known here has locked it.
    """
    found: Ring | None = session.info.get(_KEPT)
    if found is None:
        found = session.info[_KEPT] = _read(session, masters, opened)
    return found


def forget_ring(session: Session) -> None:
    """Read the ring anew: this session has changed it."""
    session.info.pop(_KEPT, None)


def _read(session: Session, masters: MasterKeys, opened: Opened) -> Ring:
    keys: dict[Purpose, dict[str, bytes]] = {purpose: {} for purpose in Purpose}
    like = None
    for purpose, key_id, blob in session.connection().execute(LIVE_KEYS).all():
        like = blob
        place, locked = (purpose, key_id), blob or b""
        # A key that was destroyed isn't there again because its row says so.
        if place not in opened or opened[place][0] != locked:
            opened[place] = locked, masters.unlock(locked, context_of(purpose, key_id))
        keys[purpose][key_id] = opened[place][1]
    for purpose in FOLLOWING:
        if not keys[purpose]:
            # Before `flask init` has written the rows of an older deployment.
            secret = following(masters.present, purpose)
            keys[purpose] = {id_of(purpose, secret): secret}
    return Ring(keys, like)
