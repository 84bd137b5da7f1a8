"""Many compartments at once, for whoever scans the words of many cases: keys are loaded by the
hundred, and no record is made of any of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.vault import sealing
from intake.vault.compartment import Compartment, CompartmentKey, text_context, wrap_context
from intake.vault.sealing import DoesNotOpen, KeyPair
from intake.vault.unit_key import unit_pair


class OpenBox(NamedTuple):
    """An opened compartment. Its stored public half isn't counted anew: if it doesn't fit, nothing
    opens."""

    label: str
    name: str
    public: bytes
    private: bytes

    def open(self, blob: bytes, column: str) -> str:
        """Open one of its texts. Raises DoesNotOpen."""
        context = text_context(self.label, self.name, column)
        return _open(self.private, self.public, blob, context).decode()


def open_boxes(
    session: Session, labels: Collection[str], names: Collection[str], units: Collection[str]
) -> Iterator[OpenBox]:
    """The compartments of these labels and names that one of some units holds; what doesn't open
    is left out."""
    owners = {unit: unit_pair(session, unit) for unit in units}
    held = (
        select(
            Compartment.label,
            Compartment.name,
            Compartment.public_key,
            CompartmentKey.holder,
            CompartmentKey.wrap,
        )
        .join(CompartmentKey, CompartmentKey.compartment_id == Compartment.id)
        .where(
            Compartment.label.in_(labels),
            Compartment.name.in_(names),
            CompartmentKey.holder.in_(owners),
        )
    )
    for label, name, public, holder, wrap in session.connection().execute(held).all():
        owner, context = owners[holder], wrap_context(label, name, holder)
        try:
            yield OpenBox(label, name, public, _open(owner.private, owner.public, wrap, context))
        except DoesNotOpen:
            continue


def _open(private: bytes, public: bytes, blob: bytes, context: bytes) -> bytes:
    if sealing.is_to_public_key(blob):
        return sealing.open_sealed(KeyPair(private, public), blob, context)
    return sealing.open_own(private, blob, context)


__all__ = ["DoesNotOpen", "OpenBox", "open_boxes"]
