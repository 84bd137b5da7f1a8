"""A unit's key pair. The public half is signed, since whoever can write the database must not be
able to swap it; the private half lies locked under the master key, and sealed to the recovery key
once there is one.

When a pair is turned, whatever is sealed from then on is sealed to the new one; the former one
opens what bears its id until nothing does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake.vault import sealing
from intake.vault.class_key import ClassKeyUntrusted, class_pair, class_public
from intake.vault.holders import SEALED
from intake.vault.sealing import DoesNotOpen, KeyPair
from intake.vault.vault import vault_of
from portal.campaign.unit import Unit
from portal.foundation import clock
from portal.foundation.database import Base, UtcMoment

# Under this name a session keeps the pairs that were opened in it.
_PAIRS = "unit pairs"


class UntrustedKey(Exception):
    """A unit's public key isn't signed by the pinned key: somebody has changed the database."""


class UnitKey(Base):
    """The key pair of one unit."""

    __tablename__ = "unit_key"

    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"), primary_key=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    private_under_master: Mapped[bytes] = mapped_column(LargeBinary)
    private_for_recovery: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcMoment)


class FormerUnitKey(Base):
    """A pair that a newer one has replaced. Once it is retired nobody has its private half."""

    __tablename__ = "former_unit_key"

    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"), primary_key=True)
    key_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    private_under_master: Mapped[bytes | None] = mapped_column(LargeBinary)
    private_for_recovery: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcMoment)
    replaced_at: Mapped[datetime] = mapped_column(UtcMoment)
    retired_at: Mapped[datetime | None] = mapped_column(UtcMoment)


class UnitPairs:
    """Opened pairs of units, found by the id that stands at the head of a blob; needs the master
    key."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._newest: dict[str, tuple[bytes, KeyPair]] = {}
        self._former: dict[tuple[str, bytes], KeyPair] = {}

    def of(self, unit_code: str, blob: bytes) -> KeyPair:
        """The pair of a unit to which a blob is sealed; its newest where none of its own is.

        Raises:
            NoMasterKey: this process holds none.
            DoesNotOpen: the stored half is damaged or belongs to another master key.
        """
        if unit_code not in self._newest:
            pair = unit_pair(self._session, unit_code)
            self._newest[unit_code] = sealing.key_id(pair.public), pair
        newest_id, newest = self._newest[unit_code]
        named = sealing.head_id(blob)
        if named == newest_id:
            return newest
        if (unit_code, named) not in self._former:
            former = former_pair(self._session, unit_code, named)
            self._former[unit_code, named] = former or newest
        return self._former[unit_code, named]


# Put together once: every report asks it.
_PUBLIC_HALVES = select(UnitKey.unit_code, UnitKey.public_key, UnitKey.signature).where(
    UnitKey.unit_code.in_(bindparam("codes", expanding=True))
)
# The record itself would cost twice as much, and every act on a case asks for each unit's.
_BOTH_HALVES = select(UnitKey.public_key, UnitKey.private_under_master).where(
    UnitKey.unit_code == bindparam("code")
)


def give_key(session: Session, unit_code: str) -> None:
    """Make a unit's key pair, unless it has one."""
    if session.get(UnitKey, unit_code) is None:
        session.add(fresh_key(session, unit_code))


def fresh_key(session: Session, unit_code: str) -> UnitKey:
    """A new pair of a unit, not stored yet."""
    vault, pair = vault_of(session), KeyPair.fresh()
    context = context_of(unit_code)
    return UnitKey(
        unit_code=unit_code,
        public_key=pair.public,
        signature=vault.sign(signed_part(unit_code, pair.public)),
        private_under_master=vault.masters.lock(pair.private, context, like=vault.ring.like),
        private_for_recovery=_for_recovery(session, unit_code, pair.private),
        made_at=clock.now(),
    )


def seal_all_for_recovery(session: Session, recovery: bytes) -> int:
    """Seal every unit's private half to a recovery key; returns of how many units."""
    masters, keys = vault_of(session).masters, list(session.scalars(select(UnitKey)))
    pairs: list[UnitKey | FormerUnitKey] = [*keys, *live_former_keys(session)]
    for key in pairs:
        context = context_of(key.unit_code)
        private = masters.unlock(key.private_under_master or b"", context)
        key.private_for_recovery = sealing.seal(recovery, private, context)
    return len(keys)


def is_swapped(session: Session, key: UnitKey) -> bool:
    """Whether a unit's public half isn't that of its private one, whoever signed it; needs the
    master key. What that doesn't open at all is no answer."""
    masters, context = vault_of(session).masters, context_of(key.unit_code)
    if not masters.opens(key.private_under_master):
        return False
    try:
        private = masters.unlock(key.private_under_master, context)
        return KeyPair.from_seed(private).public != key.public_key
    except (DoesNotOpen, ValueError):
        return True


def live_former_keys(session: Session) -> Sequence[FormerUnitKey]:
    """The replaced pairs that still open something, as far as is known."""
    live = select(FormerUnitKey).where(FormerUnitKey.retired_at.is_(None))
    return session.scalars(live.order_by(FormerUnitKey.unit_code, FormerUnitKey.key_id)).all()


def public_keys(session: Session, unit_codes: frozenset[str]) -> dict[str, bytes]:
    """The checked public halves of some units, and of the sealed class.

    Raises:
        UntrustedKey: a half isn't signed by the pinned key, or a unit has none.
    """
    if SEALED in unit_codes:
        others = public_keys(session, unit_codes - {SEALED})
        return others | {SEALED: _class_public(session)}
    if not unit_codes:
        return {}
    vault = vault_of(session)
    rows = session.connection().execute(_PUBLIC_HALVES, {"codes": sorted(unit_codes)}).all()
    for code, public, signature in rows:
        part = signed_part(code, public)
        if vault.trusted_units.get(part) == signature:
            continue
        if not vault.is_signed(part, signature):
            raise UntrustedKey(code)
        vault.trusted_units[part] = signature
    found = {code: public for code, public, _signature in rows}
    if found.keys() != unit_codes:
        raise UntrustedKey(", ".join(sorted(unit_codes - found.keys())))
    return found


def one_locked_half(session: Session) -> tuple[bytes, bytes] | None:
    """What some unit's private half is bound to and how it lies locked, by which the master key is
    known again; None where no unit has a key."""
    key = session.scalars(select(UnitKey).order_by(UnitKey.unit_code).limit(1)).first()
    return (context_of(key.unit_code), key.private_under_master) if key else None


def units_without_key(session: Session) -> Sequence[str]:
    """The codes of units that were never given a key."""
    with_key = select(UnitKey.unit_code)
    return session.scalars(select(Unit.code).where(Unit.code.not_in(with_key))).all()


def state_of_keys(session: Session) -> str:
    """Whether every unit has a key that the pinned key signed: "ok", or what is wrong."""
    try:
        public_keys(session, frozenset(session.scalars(select(Unit.code))))
    except UntrustedKey:
        return "a unit's key isn't signed"
    return "ok"


def unit_pair(session: Session, unit_code: str) -> KeyPair:
    """A unit's opened newest key pair; needs the master key.

    Raises:
        NoMasterKey: this process holds none.
        DoesNotOpen: the stored half is damaged or belongs to another master key, or there is no
            such unit; or it is the sealed class, and nobody has unlocked that here.
    """
    if unit_code == SEALED:
        return class_pair(session)
    # Within a session a unit keeps its pair, whoever asks how often.
    pairs: dict[str, KeyPair] = session.info.setdefault(_PAIRS, {})
    if unit_code not in pairs:
        pairs[unit_code] = _opened(session, unit_code)
    return pairs[unit_code]


def _class_public(session: Session) -> bytes:
    try:
        return class_public(session)
    except ClassKeyUntrusted:
        raise UntrustedKey(SEALED) from None


def _opened(session: Session, unit_code: str) -> KeyPair:
    vault = vault_of(session)
    key = session.connection().execute(_BOTH_HALVES, {"code": unit_code}).first()
    if key is None:
        raise DoesNotOpen
    pair = vault.opened_units.get(key.public_key)
    if pair is None:
        private = vault.masters.unlock(key.private_under_master, context_of(unit_code))
        pair = vault.opened_units[key.public_key] = KeyPair.from_seed(private)
    return pair


def former_pair(session: Session, unit_code: str, key_id: bytes) -> KeyPair | None:
    """A replaced pair of a unit; None where it never had that one, or it is retired.

    Raises:
        NoMasterKey, DoesNotOpen: as `unit_pair`.
    """
    key = session.get(FormerUnitKey, (unit_code, key_id.hex()))
    if key is None or key.private_under_master is None:
        return None
    masters = vault_of(session).masters
    return KeyPair.from_seed(masters.unlock(key.private_under_master, context_of(unit_code)))


def signed_part(unit_code: str, public: bytes) -> bytes:
    """What is signed of a unit's key."""
    return b"unit-key|" + unit_code.encode() + b"|" + public


def context_of(unit_code: str) -> bytes:
    """What binds a locked private half to its unit."""
    return b"unit-key|" + unit_code.encode()


def _for_recovery(session: Session, unit_code: str, private: bytes) -> bytes | None:
    recovery = vault_of(session).pins.recovery
    return sealing.seal(recovery, private, context_of(unit_code)) if recovery else None
