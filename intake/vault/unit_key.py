"""A unit's key pair. The public half is signed, since whoever can write the database must not be
able to swap it; the private half lies sealed under the master key, and to the recovery key once
there is one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake.vault import sealing
from intake.vault.sealing import KeyPair
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
    if session.get(UnitKey, unit_code) is not None:
        return
    vault, pair = vault_of(session), KeyPair.fresh()
    session.add(
        UnitKey(
            unit_code=unit_code,
            public_key=pair.public,
            signature=vault.sign(_signed_part(unit_code, pair.public)),
            private_under_master=vault.seal_under_master(pair.private, _context(unit_code)),
            private_for_recovery=_for_recovery(session, unit_code, pair),
            made_at=clock.now(),
        )
    )


def seal_all_for_recovery(session: Session) -> int:
    """Seal every unit's private half to the pinned recovery key; returns how many."""
    keys = list(session.scalars(select(UnitKey)))
    for key in keys:
        pair = unit_pair(session, key.unit_code)
        key.private_for_recovery = _for_recovery(session, key.unit_code, pair)
    return len(keys)


def public_keys(session: Session, unit_codes: frozenset[str]) -> dict[str, bytes]:
    """The checked public halves of some units.

    Raises:
        UntrustedKey: a half isn't signed by the pinned key, or a unit has none.
    """
    vault = vault_of(session)
    rows = session.connection().execute(_PUBLIC_HALVES, {"codes": sorted(unit_codes)}).all()
    for code, public, signature in rows:
        part = _signed_part(code, public)
        if vault.trusted_units.get(part) == signature:
            continue
        if not vault.is_signed(part, signature):
            raise UntrustedKey(code)
        vault.trusted_units[part] = signature
    found = {code: public for code, public, _signature in rows}
    if found.keys() != unit_codes:
        raise UntrustedKey(", ".join(sorted(unit_codes - found.keys())))
    return found


def one_signed_half(session: Session) -> tuple[bytes, bytes] | None:
    """What the pinned key signed of some unit, and its signature, by which the key is known again;
    None where no unit has a key."""
    key = session.scalars(select(UnitKey).order_by(UnitKey.unit_code).limit(1)).first()
    return (_signed_part(key.unit_code, key.public_key), key.signature) if key else None


def state_of_keys(session: Session) -> str:
    """Whether every unit has a key that the pinned key signed: "ok", or what is wrong."""
    try:
        public_keys(session, frozenset(session.scalars(select(Unit.code))))
    except UntrustedKey:
        return "a unit's key isn't signed"
    return "ok"


def unit_pair(session: Session, unit_code: str) -> KeyPair:
    """A unit's opened key pair; needs the master key.

    Raises:
        NoMasterKey: this process holds none.
        DoesNotOpen: the stored half is damaged or belongs to another master key.
    """
    # Within a session a unit keeps its pair, whoever asks how often.
    pairs: dict[str, KeyPair] = session.info.setdefault(_PAIRS, {})
    if unit_code not in pairs:
        pairs[unit_code] = _opened(session, unit_code)
    return pairs[unit_code]


def _opened(session: Session, unit_code: str) -> KeyPair:
    vault = vault_of(session)
    key = session.connection().execute(_BOTH_HALVES, {"code": unit_code}).one()
    pair = vault.opened_units.get(key.public_key)
    if pair is None:
        private = vault.open_under_master(key.private_under_master, _context(unit_code))
        pair = vault.opened_units[key.public_key] = KeyPair.from_seed(private)
    return pair


def _signed_part(unit_code: str, public: bytes) -> bytes:
    return b"unit-key|" + unit_code.encode() + b"|" + public


def _context(unit_code: str) -> bytes:
    return b"unit-key|" + unit_code.encode()


def _for_recovery(session: Session, unit_code: str, pair: KeyPair) -> bytes | None:
    recovery = vault_of(session).pins.recovery
    return sealing.seal(recovery, pair.private, _context(unit_code)) if recovery else None
