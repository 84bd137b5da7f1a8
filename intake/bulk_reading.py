"""Read the words of many cases: what the search goes through.

Rows come by the hundred and as plain tuples: one by one, as records, they would cost far more than
opening them does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from intake.cases.message import Message, MessageKind
from intake.vault.open_boxes import DoesNotOpen, OpenBox, open_boxes


class Text(NamedTuple):
    """One text of a case; None where it doesn't open."""

    case_id: int
    kind: MessageKind
    text: str | None


_BY_NAME = {kind.value: kind for kind in MessageKind}
_BOX_OF = {kind.value: kind.compartment.value for kind in MessageKind}


def texts_of(
    session: Session,
    numbers: Mapping[int, str],
    units: Collection[str],
    kinds: Collection[MessageKind],
) -> Iterator[Text]:
    """The texts of some kinds that some units read of some cases, a case's in the order in which
    they were written. `numbers` maps ids to numbers; give a few hundred at a time."""
    boxes = _boxes(session, numbers, units, kinds)
    wanted = select(Message.case_id, type_coerce(Message.kind, String), Message.sealed).where(
        Message.case_id.in_(numbers), Message.kind.in_(kinds)
    )
    in_order = wanted.order_by(Message.case_id, Message.id)
    for case_id, kind, sealed in session.connection().execute(in_order).all():
        box = boxes.get((numbers[case_id], _BOX_OF[kind]))
        if box is not None:
            yield Text(case_id, _BY_NAME[kind], _open(box, sealed, kind))


def _boxes(
    session: Session,
    numbers: Mapping[int, str],
    units: Collection[str],
    kinds: Collection[MessageKind],
) -> dict[tuple[str, str], OpenBox]:
    labels = [f"case:{number}" for number in numbers.values()]
    names = {kind.compartment.value for kind in kinds}
    found = open_boxes(session, labels, names, units)
    return {(box.label.removeprefix("case:"), box.name): box for box in found}


def _open(box: OpenBox, sealed: bytes, kind: str) -> str | None:
    try:
        return box.open(sealed, kind)
    except DoesNotOpen:
        return None
