"""Giving a box another pair as the sealed class (密件) takes it over: whoever held the former one,
or has a copy of its wraps, opens nothing that is sealed in it from then on."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from intake.vault import sealing
from intake.vault.compartment import Compartment, CompartmentKey, hold_by, open_compartment
from intake.vault.holders import REPORTER, SEALED
from intake.vault.sealing import DoesNotOpen, KeyPair
from intake.vault.unit_key import public_keys


class Sealed(NamedTuple):
    """Where a sealed text stands: its row, that row's attribute, and the column it is bound to."""

    row: Any
    attribute: str
    column: str


@dataclass(frozen=True)
class Move:
    """From which box, opened with its pair, to which other texts are moved; or from the former pair
    of one box to its new one."""

    source: Compartment
    former: KeyPair
    target: Compartment
    fresh: KeyPair

    def move(self, texts: Iterable[Sealed]) -> None:
        """Seal texts anew. One that doesn't open stays as it is: it opened for nobody before."""
        for row, attribute, column in texts:
            blob = getattr(row, attribute)
            if not blob:
                continue
            with suppress(DoesNotOpen):
                text = self.source.open(self.former, blob, column)
                anew = self.target.seal_to_holders(self.fresh, text, column)
                setattr(row, attribute, anew)


def units_hold(box: Compartment) -> bool:
    """Whether anybody holds a box besides the sealed class and its reporter."""
    return bool(_units_of(box))


def held_by_units(label: ColumnElement[str]) -> Select[str]:
    """Who besides the sealed class and its reporter holds a box of that label, for a query of what
    the class has still to take over."""
    return (
        select(CompartmentKey.holder)
        .join(Compartment, Compartment.id == CompartmentKey.compartment_id)
        .where(Compartment.label == label, CompartmentKey.holder.not_in((SEALED, REPORTER)))
    )


def hold_afresh(
    session: Session,
    box: Compartment,
    holders: frozenset[str],
    texts: Iterable[Sealed],
    *,
    reporter: bytes | None = None,
    leaves_class: bool = False,
) -> None:
    """Make exactly these hold a box, as `hold_by` does. What the sealed class takes over from units
    gets a fresh pair, to which all that lies in it is sealed anew.

    `reporter` is the public key of his; a box that is his by its `holders` keeps its pair where
    none is given, or another than he holds it by, since sealing it to a wrong one would give it to
    a stranger. From what the class holds, wraps that the public process may have added are taken
    away: a reporter's where the box isn't his, and units' that don't open to the box's pair.

    Raises:
        StaysSealed: as `hold_by`.
        DoesNotOpen: no unit's wrap opens to its pair, and the class doesn't hold it yet.
    """
    if SEALED in holders and units_hold(box):
        _take_foreign(session, box, holders)
    if SEALED not in holders or not units_hold(box) or not _is_by(box, reporter):
        hold_by(session, box, holders, leaves_class=leaves_class)
        return
    former, fresh = open_compartment(session, box, _units_of(box)), KeyPair.fresh()
    move = Move(box, former, box, fresh)
    move.move(texts)
    _turn(session, box, fresh, reporter)


def _units_of(box: Compartment) -> frozenset[str]:
    return frozenset(key.holder for key in box.keys) - {SEALED, REPORTER}


def _take_foreign(session: Session, box: Compartment, holders: frozenset[str]) -> None:
    foreign = {REPORTER} - holders
    if box.wrapped_for(SEALED):
        try:
            open_compartment(session, box, _units_of(box))
        except DoesNotOpen:
            foreign |= _units_of(box)
    box.keys = [key for key in box.keys if key.holder not in foreign]


def _is_by(box: Compartment, reporter: bytes | None) -> bool:
    """Whether the reporter, if the box is his at all, holds it by that key."""
    own = box.wrapped_for(REPORTER)
    if own is None:
        return True
    return reporter is not None and sealing.head_id(own) == sealing.key_id(reporter)


def _turn(session: Session, box: Compartment, fresh: KeyPair, reporter: bytes | None) -> None:
    """Let the class hold the box by its new pair, and its reporter, where it is his."""
    publics = public_keys(session, frozenset({SEALED}))
    if reporter is not None:
        publics[REPORTER] = reporter
    box.public_key = fresh.public
    kept = {key.holder: key for key in box.keys if key.holder in publics}
    kept.setdefault(SEALED, CompartmentKey(holder=SEALED))
    for holder, key in kept.items():
        key.wrap = sealing.seal(publics[holder], fresh.private, box.wrap_context(holder))
    box.keys = list(kept.values())
