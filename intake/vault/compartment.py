"""Compartments: what people typed about one case lies in a few boxes, each with a key pair of its
own.

Whoever may write needs only the public half. Whoever may read has the private half sealed to his
unit, so that re-routing re-seals a few small keys and recusal deletes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from sqlalchemy import (
    ColumnElement,
    Connection,
    ForeignKey,
    LargeBinary,
    String,
    UniqueConstraint,
    bindparam,
    func,
    insert,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column, relationship

from intake.vault import sealing
from intake.vault.class_key import StaysSealed
from intake.vault.holders import REPORTER, SEALED
from intake.vault.sealing import KeyPair
from intake.vault.unit_key import UnitPairs, public_keys, unit_pair
from portal.foundation.database import Base


class NotAHolder(Exception):
    """None of the given units holds the compartment's key."""


def wrap_context(label: str, name: str, holder: str) -> bytes:
    """What binds a wrap to its compartment and holder."""
    return f"wrap|{label}|{name}|{holder}".encode()


def text_context(label: str, name: str, column: str) -> bytes:
    """What binds a text to its compartment and column."""
    return f"text|{label}|{name}|{column}".encode()


class CompartmentKey(Base):
    """The private half of a compartment, sealed to one holder."""

    __tablename__ = "compartment_key"

    compartment_id: Mapped[int] = mapped_column(ForeignKey("compartment.id"), primary_key=True)
    holder: Mapped[str] = mapped_column(String(20), primary_key=True)
    wrap: Mapped[bytes] = mapped_column(LargeBinary)


class Compartment(Base):
    """One box. `label` ties it to its case or problem and goes into everything sealed in it."""

    __tablename__ = "compartment"
    __table_args__ = (UniqueConstraint("label", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(20))
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    keys: Mapped[list[CompartmentKey]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    def seal(self, text: str, column: str) -> bytes:
        """Seal a text for everybody who holds this compartment, now or later."""
        return sealing.seal(self.public_key, text.encode(), self._context(column))

    def open(self, pair: KeyPair, blob: bytes, column: str) -> str:
        """Open a text with this compartment's own pair. Raises DoesNotOpen."""
        return sealing.open_sealed(pair, blob, self._context(column)).decode()

    def seal_to_holders(self, pair: KeyPair, text: str, column: str) -> bytes:
        """The same, by somebody who has the compartment's own pair: cheaper to open."""
        return sealing.seal_to_oneself(pair, text.encode(), self._context(column))

    def wrapped_for(self, holder: str) -> bytes | None:
        """The private half as it is sealed to one holder."""
        return next((key.wrap for key in self.keys if key.holder == holder), None)

    def wrap_context(self, holder: str) -> bytes:
        """What binds a wrap to its compartment and holder."""
        return wrap_context(self.label, self.name, holder)

    def _context(self, column: str) -> bytes:
        return text_context(self.label, self.name, column)


def opens_dearly(column: InstrumentedAttribute[bytes]) -> ColumnElement[bool]:
    """Whether what is stored there was sealed with a public half alone, asked in the database."""
    mark = sealing.TO_PUBLIC_KEY
    return func.substr(column, 1, len(mark), type_=LargeBinary) == mark


# Put together once: every report asks it.
_NAMES_OF_LABEL = select(Compartment.name, Compartment.id).where(
    Compartment.label == bindparam("label")
)


def sealed_compartments(
    session: Session,
    *,
    label: str,
    holders: Mapping[str, frozenset[str]],
    reporter: bytes | None = None,
) -> dict[str, Compartment]:
    """Make compartments, not stored yet, and seal the private half of each to its holders.
    `holders` maps a compartment's name to who holds it; `reporter` is the reporter's public key.

    Raises:
        UntrustedKey: a unit's public key isn't signed by the pinned key.
    """
    units = frozenset[str]().union(*holders.values()) - {REPORTER}
    publics = public_keys(session, units)
    if reporter:
        publics[REPORTER] = reporter
    made = {}
    for name, those in holders.items():
        pair = KeyPair.fresh()
        keys = [
            CompartmentKey(
                holder=holder,
                wrap=sealing.seal(publics[holder], pair.private, wrap_context(label, name, holder)),
            )
            for holder in sorted(those & publics.keys())
        ]
        made[name] = Compartment(label=label, name=name, public_key=pair.public, keys=keys)
    return made


def store_compartments(connection: Connection, made: Sequence[Compartment]) -> None:
    """Store new compartments of one label and their keys. On SQLite, what returns ids in order
    would be a statement for each row."""
    rows = [{"label": c.label, "name": c.name, "public_key": c.public_key} for c in made]
    connection.execute(insert(Compartment), rows)
    stored = connection.execute(_NAMES_OF_LABEL, {"label": made[0].label})
    ids = {row.name: row.id for row in stored}
    keys = [
        {"compartment_id": ids[compartment.name], "holder": key.holder, "wrap": key.wrap}
        for compartment in made
        for key in compartment.keys
    ]
    connection.execute(insert(CompartmentKey), keys)


def new_compartment(
    session: Session, *, label: str, name: str, holders: frozenset[str]
) -> Compartment:
    """Make one compartment for some units.

    Raises:
        UntrustedKey: a unit's public key isn't signed by the pinned key.
    """
    made = sealed_compartments(session, label=label, holders={name: holders})[name]
    session.add(made)
    return made


def hold_by(
    session: Session,
    compartment: Compartment,
    holders: frozenset[str],
    *,
    leaves_class: bool = False,
) -> None:
    """Make exactly these units hold the compartment; the reporter's own wrap stays as it is.

    It is the process that opens it for this, as whichever unit holds it now; nobody reads anything.
    What the sealed class holds goes to a unit only where it `leaves_class` by a reader's own act on
    the case, whatever its rows ask for.

    Raises:
        StaysSealed: see there.
    """
    units = holders - {REPORTER}
    have = {key.holder for key in compartment.keys} - {REPORTER}
    if units == have:
        return
    if SEALED in have and units - {SEALED} and not leaves_class:
        raise StaysSealed(compartment.name)
    pair = open_compartment(session, compartment, frozenset(have))
    for holder, public in public_keys(session, units - have).items():
        wrap = sealing.seal(public, pair.private, compartment.wrap_context(holder))
        compartment.keys.append(CompartmentKey(holder=holder, wrap=wrap))
    compartment.keys = [k for k in compartment.keys if k.holder in units | {REPORTER}]


def open_compartment(session: Session, compartment: Compartment, units: frozenset[str]) -> KeyPair:
    """The compartment's pair, opened as one of some units.

    Raises:
        NotAHolder: none of them holds it.
    """
    return open_compartments(session, [compartment], units)[0]


def open_compartments(
    session: Session, compartments: Iterable[Compartment], units: frozenset[str]
) -> list[KeyPair]:
    """The pairs of several compartments in their order; a unit's own pair is fetched once.

    Raises:
        NotAHolder, DoesNotOpen: none of the units holds one of them; by a wrap of its own pair.
    """
    own, pairs = UnitPairs(session), []
    for box in compartments:
        wraps = [(unit, wrap) for unit in sorted(units) if (wrap := box.wrapped_for(unit))]
        if not wraps:
            raise NotAHolder(box.label, box.name)
        pairs.append(_own_pair(own, box, wraps))
    return pairs


def _own_pair(own: UnitPairs, box: Compartment, wraps: Iterable[tuple[str, bytes]]) -> KeyPair:
    # The public process may add wraps: one of another pair takes nothing from who holds the box.
    failed = sealing.DoesNotOpen()
    for unit, wrap in wraps:
        try:
            private = sealing.open_sealed(own.of(unit, wrap), wrap, box.wrap_context(unit))
            if (pair := KeyPair.from_seed(private)).public == box.public_key:
                return pair
        except (sealing.DoesNotOpen, TypeError, ValueError) as error:
            failed = error if isinstance(error, sealing.DoesNotOpen) else failed
    raise failed


def make_quick(session: Session, compartment: Compartment) -> None:
    """Replace the wraps of units by ones that are cheap to open, each still its own unit's and
    gone with it; the reporter's stays, since only he has his key. What doesn't open stays too.

    It is the process that opens them for this, as each unit its own; nobody reads anything.
    """
    pairs = UnitPairs(session)
    for key in compartment.keys:
        if key.holder == REPORTER or not sealing.is_to_public_key(key.wrap):
            continue
        with suppress(sealing.DoesNotOpen):
            wrap_anew(session, compartment, key, pairs)


def wrap_anew(
    session: Session, compartment: Compartment, key: CompartmentKey, pairs: UnitPairs
) -> None:
    """Replace a unit's wrap by one of its newest pair.

    Raises:
        DoesNotOpen: it is damaged, was moved, or is sealed to nobody's pair.
    """
    context = compartment.wrap_context(key.holder)
    private = sealing.open_sealed(pairs.of(key.holder, key.wrap), key.wrap, context)
    key.wrap = sealing.seal_to_oneself(unit_pair(session, key.holder), private, context)


def open_as_reporter(compartment: Compartment, reporter: KeyPair) -> KeyPair:
    """The compartment's pair, opened with the reporter's own key.

    Raises:
        NotAHolder: it isn't the reporter's to read.
    """
    wrap = compartment.wrapped_for(REPORTER)
    if wrap is None:
        raise NotAHolder(compartment.label, compartment.name)
    context = compartment.wrap_context(REPORTER)
    return KeyPair.from_seed(sealing.open_sealed(reporter, wrap, context))


def hand_to_reporter(compartment: Compartment, reporter: KeyPair, public_key: bytes) -> None:
    """Seal the compartment's private half to another key of its reporter, in place of the one by
    which he holds it now; nothing where it isn't his.

    Raises:
        DoesNotOpen: the key isn't the one by which he holds it.
    """
    for key in compartment.keys:
        if key.holder == REPORTER:
            pair = open_as_reporter(compartment, reporter)
            context = compartment.wrap_context(REPORTER)
            key.wrap = sealing.seal(public_key, pair.private, context)


def give_reporter(
    session: Session, compartment: Compartment, units: frozenset[str], public_key: bytes
) -> None:
    """Seal the compartment's private half to a new key of its reporter, opened for this as one of
    some units; nothing where it isn't his.

    Raises:
        NotAHolder: none of them holds it.
    """
    for key in compartment.keys:
        if key.holder == REPORTER:
            pair = open_compartment(session, compartment, units)
            key.wrap = sealing.seal(public_key, pair.private, compartment.wrap_context(REPORTER))
