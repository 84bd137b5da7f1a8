"""Read the words of many cases: what the search goes through.

Rows come by the hundred and as plain tuples, each text with the key of its box: one by one, as
records, they would cost far more than opening them does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from sqlalchemy import String, and_, bindparam, case, literal, select, type_coerce
from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.cases.message import Message, MessageKind
from intake.vault.compartment import Compartment, CompartmentKey
from intake.vault.open_box import DoesNotOpen, OpenBox
from intake.vault.unit_key import UnitPairs


class Text(NamedTuple):
    """One text of a case; None where it doesn't open."""

    case_id: int
    kind: MessageKind
    text: str | None


_BY_NAME = {kind.value: kind for kind in MessageKind}
_KIND = type_coerce(Message.kind, String)
_BOX_OF = case({kind.value: kind.compartment.value for kind in MessageKind}, value=_KIND)

# Put together once: a list of five hundred ids that is part of the statement is looked at one by
# one whenever it is asked.
_TEXTS = (
    select(
        Message.id,
        Message.case_id,
        _KIND,
        Message.sealed,
        Compartment.label,
        Compartment.name,
        Compartment.public_key,
        CompartmentKey.holder,
        CompartmentKey.wrap,
    )
    .join(Case, Case.id == Message.case_id)
    .join(
        Compartment,
        and_(
            Compartment.label == literal("case:").concat(Case.number),
            Compartment.name == _BOX_OF,
        ),
    )
    .join(CompartmentKey, CompartmentKey.compartment_id == Compartment.id)
    .where(
        Message.case_id.in_(bindparam("cases", expanding=True)),
        _KIND.in_(bindparam("kinds", expanding=True)),
        CompartmentKey.holder.in_(bindparam("units", expanding=True)),
    )
    .order_by(Message.case_id, Message.id)
)


def texts_of(
    session: Session,
    cases: Collection[int],
    units: Collection[str],
    kinds: Collection[MessageKind],
) -> Iterator[Text]:
    """The texts of some kinds that some units read of some cases, a case's in the order in which
    they were written. Give a few hundred cases at a time."""
    owners = UnitPairs(session)
    wanted = {"cases": list(cases), "kinds": [kind.value for kind in kinds], "units": list(units)}
    boxes: dict[tuple[str, str], OpenBox] = {}
    read = 0
    for row in session.connection().execute(_TEXTS, wanted).all():
        text_id, case_id, kind, sealed, label, name, public, holder, wrap = row
        if text_id == read:
            # Another of the units holds the same box.
            continue
        box = boxes.get((label, name))
        if box is None:
            try:
                box = OpenBox.of(label, name, public, (holder, owners.of(holder, wrap), wrap))
            except DoesNotOpen:
                continue
            boxes[label, name] = box
        read = text_id
        yield Text(case_id, _BY_NAME[kind], _open(box, sealed, kind))


def _open(box: OpenBox, sealed: bytes, kind: str) -> str | None:
    try:
        return box.open(sealed, kind)
    except DoesNotOpen:
        return None
