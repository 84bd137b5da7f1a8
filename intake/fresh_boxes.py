"""Fresh boxes for a case that is sealed later (密件): whoever held its boxes before, or has an
earlier copy of them with the master key, opens nothing of what comes after.

A process that opens units' keys gives each box another pair. The public one, which opens nothing,
lays what a reporter writes meanwhile into a box of its own; nobody else writes there, since whoever
made a box can open it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from sqlalchemy import ColumnElement, LargeBinary, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from intake.cases.attachment import Attachment, sealed_column
from intake.cases.case import Case
from intake.cases.message import Message
from intake.cases.receipt import Receipt
from intake.cases.referral import Referral
from intake.cases.referral_text import ReferralText
from intake.vault.class_key import ClassIsLocked
from intake.vault.compartment import Compartment, open_compartment, sealed_compartments
from intake.vault.fresh_box import Move, Sealed, units_hold
from intake.vault.holders import REPORTER, SEALED, CompartmentName, Handling
from intake.vault.sealing import key_id
from intake.vault.vault import vault_of


def is_taken_over(session: Session, box: Compartment, handling: Handling) -> bool:
    """Whether units still hold a box of a sealed case, and this process can't take it from them."""
    return handling.sealed_to == SEALED and units_hold(box) and not vault_of(session).opens


def interim_box(session: Session, case: Case) -> Compartment:
    """The box for what a sealed case's reporter writes until the worker has come by, made where it
    isn't there yet.

    Raises:
        UntrustedKey: the class's public half isn't signed by the pinned key.
    """
    name = CompartmentName.INTERIM
    wanted = select(Compartment).where(Compartment.label == case.label, Compartment.name == name)
    found = session.scalars(wanted).first()
    if found is None:
        receipt = _receipt(session, case)
        found = sealed_compartments(
            session,
            label=case.label,
            holders={name: frozenset({SEALED, REPORTER})},
            reporter=receipt.public_key if receipt else None,
        )[name]
        session.add(found)
    return found


def reporters_key(session: Session, case: Case) -> bytes | None:
    """The public key of a case's reporter, where nobody but him can ever have set it: the public
    process may change the one that goes with a code which a member of staff saw."""
    receipt = _receipt(session, case)
    return receipt.public_key if receipt and receipt.first_digest is None else None


def texts_in(session: Session, case: Case, box_id: bytes) -> Iterator[Sealed]:
    """What is sealed to the pair of one of a case's boxes, as its id says."""
    messages = select(Message).where(Message.case_id == case.id, _bears(Message.sealed, box_id))
    for message in session.scalars(messages):
        yield Sealed(message, "sealed", message.kind)
    files = select(Attachment).where(
        Attachment.case_id == case.id, _bears(Attachment.sealed, box_id)
    )
    for file in session.scalars(files):
        yield Sealed(file, "sealed", sealed_column(file.stored))


def texts_about(session: Session, referral: Referral) -> Iterator[Sealed]:
    """What is sealed in the box of a referral."""
    wanted = select(ReferralText).where(ReferralText.referral_id == referral.id)
    for text in session.scalars(wanted):
        yield Sealed(text, "sealed", text.kind)


def fold_in(session: Session, case: Case, boxes: Sequence[Compartment]) -> None:
    """Move what came into the box of the meantime to where it would have come, if this process can;
    else it stays there, and is read there."""
    named = {box.name: box for box in boxes}
    meantime, target = (
        named.get(CompartmentName.INTERIM),
        named.get(CompartmentName.CONVERSATION),
    )
    if meantime is None or target is None:
        return
    with suppress(ClassIsLocked):
        former, fresh = (
            open_compartment(session, box, frozenset(key.holder for key in box.keys) - {REPORTER})
            for box in (meantime, target)
        )
        Move(meantime, former, target, fresh).move(
            texts_in(session, case, key_id(meantime.public_key))
        )
        session.delete(meantime)


def _receipt(session: Session, case: Case) -> Receipt | None:
    return session.get(Receipt, case.part_of_id or case.id)


def _bears(column: InstrumentedAttribute[bytes], box_id: bytes) -> ColumnElement[bool]:
    return func.substr(column, 3, len(box_id), type_=LargeBinary()) == box_id
