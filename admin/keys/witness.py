"""What the chain of events bears witness to: which key replaced which, and which was destroyed. And
what a pair says itself: its public half follows from its private one.

Whoever can write the database can put an old row of a key back, whose signature is still good, and
wait for everybody to seal to what he has. No key that was replaced or destroyed ever comes again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.event import Event, pending
from intake.vault import sealing
from intake.vault.service_key import ServiceKey
from intake.vault.unit_key import FormerUnitKey, UnitKey, is_swapped

_ROTATED, _RETIRED = "key_rotated", "key_retired"


# What whoever reads a sentence of `contradictions` does next.
PUT_BACK = "Somebody changed the database: stop the sites, keep a copy, restore a backup of before."


class RolledBack(Exception):
    """A key lies in the database where the chain of events, or what is pinned, says otherwise; the
    text names it and says what to do."""


def refuse_rolled_back(session: Session) -> None:
    """Make sure that the keys are those that the chain of events speaks of.

    Raises:
        RolledBack: see there.
    """
    if found := contradictions(session):
        raise RolledBack(" ".join([*found, PUT_BACK]))


def contradictions(session: Session) -> list[str]:
    """A sentence for each key that can't be where it lies; needs the master key."""
    said = _Said.of(session)
    units = session.scalars(select(UnitKey).order_by(UnitKey.unit_code)).all()
    swapped = [swapped_half(one.unit_code) for one in units if is_swapped(session, one)]
    return [*_of_ring(session, said), *_of_units(session, said), *swapped]


def swapped_half(unit_code: str) -> str:
    """The sentence for a unit whose public half isn't that of its private one."""
    return f"unit:{unit_code}: the public half isn't that of the private one."


def newest_told(session: Session, purpose: str) -> str | None:
    """The id of the key that was made last for a purpose; None where the first was never
    replaced."""
    return _Said.of(session).newest.get(purpose)


@dataclass
class _Said:
    """By purpose ("worker", "unit:MZ") which key was made last; which were replaced and which
    destroyed, each with its purpose."""

    newest: dict[str, str] = field(default_factory=dict)
    former: set[tuple[str, str]] = field(default_factory=set)
    retired: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, session: Session) -> _Said:
        """As the chain says, and what this transaction is about to add to it."""
        wanted = select(Event.name, Event.facts).where(Event.name.in_((_ROTATED, _RETIRED)))
        told = [(name, facts) for name, facts in session.execute(wanted.order_by(Event.seq))]
        told += [(one.name, one.facts) for one in pending(session, None)]
        said = cls()
        for name, facts in told:
            if name == _ROTATED:
                said.newest[facts["purpose"]] = facts["key"]
                said.former.add((facts["purpose"], facts["former"]))
            elif name == _RETIRED:
                said.retired.add((facts["purpose"], facts["key"]))
        return said

    def against(self, purpose: str, key_id: str, *, is_newest: bool) -> str | None:
        """Why a key that lies in the database can't be there."""
        place = purpose, key_id
        newest = self.newest.get(purpose, key_id)
        if place in self.retired:
            return f"{purpose}: the key {key_id} was destroyed and is there again."
        if is_newest and (newest != key_id or place in self.former):
            return f"{purpose}: {key_id} stands for the newest key, which is {newest}."
        if not is_newest and place not in self.former:
            return f"{purpose}: nobody ever replaced the key {key_id}."
        return None


def _of_ring(session: Session, said: _Said) -> Iterator[str]:
    live = select(ServiceKey.purpose, ServiceKey.key_id, ServiceKey.replaced_at)
    for purpose, key_id, replaced_at in session.execute(
        live.where(ServiceKey.retired_at.is_(None))
    ):
        sentence = said.against(purpose, key_id, is_newest=replaced_at is None)
        if sentence:
            yield sentence


def _of_units(session: Session, said: _Said) -> Iterator[str]:
    former = select(FormerUnitKey.unit_code, FormerUnitKey.key_id)
    places = [
        (code, sealing.key_id(half).hex(), True)
        for code, half in session.execute(select(UnitKey.unit_code, UnitKey.public_key))
    ]
    places += [
        (code, key_id, False)
        for code, key_id in session.execute(former.where(FormerUnitKey.retired_at.is_(None)))
    ]
    for code, key_id, is_newest in places:
        sentence = said.against(f"unit:{code}", key_id, is_newest=is_newest)
        if sentence:
            yield sentence
