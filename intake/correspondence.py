"""Write words into a case and read them back: everything goes through the case's compartments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, lazyload

from intake.assisting import assisting_units
from intake.attachments.stored_file import StoredFile
from intake.cases.attachment import Attachment, sealed_column
from intake.cases.bar import Bar
from intake.cases.case import Case
from intake.cases.message import Message, MessageKind
from intake.chain import chain_of
from intake.enclosing import ENCLOSING, Enclosed, files_of
from intake.fresh_boxes import (
    fold_in,
    interim_box,
    is_taken_over,
    reporters_key,
    texts_about,
    texts_in,
)
from intake.opened import tell_opened
from intake.referred import bodies_of, reader_of, referrals_of
from intake.rules import recusal
from intake.sealing_off import kept_from, sealed_to
from intake.vault.class_key import may_leave
from intake.vault.compartment import (
    Compartment,
    CompartmentKey,
    make_quick,
    new_compartment,
    open_as_reporter,
    open_compartment,
    opens_dearly,
)
from intake.vault.fresh_box import hold_afresh
from intake.vault.holders import REPORTER, CompartmentName, Handling, holders
from intake.vault.sealing import DoesNotOpen, KeyPair, head_id, key_id
from intake.verifying import close_to
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.database import remembered

_CONVERSATION = CompartmentName.CONVERSATION
# The search goes through these; who wrote, and what the office decided by, is never searched.
SEARCHED = frozenset(
    {
        CompartmentName.ORIGINAL,
        CompartmentName.EXTRACT,
        CompartmentName.CONVERSATION,
        CompartmentName.NOTES,
    }
)
# Put together once: every act asks these, some of them several times.
_BARRED = select(Bar.unit_code).where(
    Bar.case_id == bindparam("case_id"), Bar.unit_code.is_not(None)
)
_SLOW_MESSAGES = select(Message).where(
    Message.case_id == bindparam("case_id"),
    Message.kind.in_([one for one in MessageKind if one.compartment in SEARCHED]),
    opens_dearly(Message.sealed),
)
_SLOW_WRAPS = (
    select(CompartmentKey.compartment_id)
    .join(Compartment, Compartment.id == CompartmentKey.compartment_id)
    .where(
        Compartment.label == bindparam("label"),
        Compartment.name.in_(SEARCHED),
        CompartmentKey.holder != REPORTER,
        opens_dearly(CompartmentKey.wrap),
    )
    .limit(1)
)


@dataclass(frozen=True)
class Letter:
    """An opened message, `id` being its row's, with the files that came with it."""

    id: int
    kind: MessageKind
    text: str
    staff_id: int | None
    written_at: datetime
    files: tuple[Enclosed, ...] = ()


def handling_of(session: Session, case: Case, book: Book) -> Handling:
    """Who handles a case now, as the holders' function wants to know it."""
    barred = barred_in(session, case, book)
    bodies = remembered(session, ("bodies", case.id), lambda: bodies_of(session, case))
    return Handling(
        unit=case.unit_code,
        decider=recusal.decider(barred, chain_of(book)),
        barred=barred,
        is_tip_off=case.is_tip_off,
        withheld=case.withheld,
        assisting=remembered(
            session, ("assisting", case.id), lambda: assisting_units(session, case)
        ),
        referred=bodies.readers,
        referred_contact=bodies.with_contact,
        sealed_to=sealed_to(session, book) if case.sealed else "",
    )


def barred_in(session: Session, case: Case, book: Book) -> frozenset[str]:
    """The units that a case bars; of a sealed one every unit but discipline inspection."""
    return kept_from(book) if case.sealed else accused_in(session, case)


def accused_in(session: Session, case: Case) -> frozenset[str]:
    """The units that a case accuses, with those below them."""
    found = remembered(
        session, ("barred", case.id), lambda: session.scalars(_BARRED, {"case_id": case.id}).all()
    )
    return frozenset(code for code in found if code)


def open_box(
    session: Session, case: Case, name: CompartmentName, handling: Handling
) -> Compartment:
    """The case's compartment of that name, made for its present holders where it isn't there
    yet. What a reporter writes into a case that was just sealed goes into one apart."""
    wanted = select(Compartment).where(Compartment.label == case.label, Compartment.name == name)
    # To write takes its public key alone.
    found = session.scalars(wanted.options(lazyload(Compartment.keys))).first()
    if found and is_taken_over(session, found, handling):
        return interim_box(session, case)
    return found or new_compartment(
        session, label=case.label, name=name, holders=holders(name, handling)
    )


def write(
    session: Session,
    case: Case,
    kind: MessageKind,
    text: str,
    *,
    box: Compartment,
    staff_id: int | None = None,
) -> Message:
    """Seal a text into a case. Nobody needs a private key to write."""
    message = Message(
        case_id=case.id,
        kind=kind,
        sealed=box.seal(text, kind),
        staff_id=staff_id,
        written_at=clock.now(),
    )
    session.add(message)
    return message


def read_as_unit(
    session: Session, case: Case, units: frozenset[str], kinds: Iterable[MessageKind]
) -> list[Letter]:
    """Open the messages of some kinds as one of some units; what none of them holds is left out."""
    tell_opened(session, case.id)
    held = [box for box in _boxes(session, case) if any(box.wrapped_for(unit) for unit in units)]
    opened = [(box, open_compartment(session, box, units)) for box in held]
    return _open(session, case, opened, kinds)


def read_as_reporter(
    session: Session, case: Case, reporter: KeyPair, kinds: Iterable[MessageKind]
) -> list[Letter]:
    """Open the messages of some kinds with the key that the query code gives."""
    his = [box for box in _boxes(session, case) if box.wrapped_for(REPORTER)]
    opened = [(box, open_as_reporter(box, reporter)) for box in his]
    return _open(session, case, opened, kinds)


def rewrap(session: Session, case: Case, book: Book) -> None:
    """Give every compartment's key to exactly those who hold it now, and end what those who are
    barred were asked to check; needs the master key. What the sealed class takes over gets a fresh
    key first.

    Raises:
        StaysSealed: the sealed class holds it, and by no act of a reader it left that.
    """
    session.flush()
    handling = handling_of(session, case, book)
    leaves = may_leave(session, case.label)
    boxes = _boxes(session, case)
    for box in boxes:
        hold_afresh(
            session,
            box,
            holders(CompartmentName(box.name), handling),
            texts_in(session, case, key_id(box.public_key)),
            reporter=reporters_key(session, case) if case.sealed else None,
            leaves_class=leaves,
        )
    fold_in(session, case, boxes)
    for referral in referrals_of(session, case):
        reader = replace(handling, referred=reader_of(session, case, referral))
        for box in _labelled(session, referral.label):
            held_by = holders(CompartmentName.REFERRAL, reader)
            texts = texts_about(session, referral)
            hold_afresh(session, box, held_by, texts, leaves_class=leaves)
    close_to(session, case, handling.barred)


def hasten(session: Session, case: Case) -> None:
    """Seal anew what is searched, so that the search opens it at a tenth of the cost: the staff
    side holds the keys anyway, the public side never can. The identity stays as it is.

    Needs the master key.
    """
    session.flush()
    slow = session.scalars(_SLOW_MESSAGES, {"case_id": case.id}).all()
    if not slow and session.scalars(_SLOW_WRAPS, {"label": case.label}).first() is None:
        return
    for box in _boxes(session, case):
        if box.name in SEARCHED:
            make_quick(session, box)
            own = key_id(box.public_key)
            _hasten_texts(session, box, [m for m in slow if head_id(m.sealed) == own])
    session.flush()


def _hasten_texts(session: Session, box: Compartment, slow: Sequence[Message]) -> None:
    held = frozenset(key.holder for key in box.keys) - {REPORTER}
    if not slow or not held:
        return
    with suppress(DoesNotOpen):
        pair = open_compartment(session, box, held)
        for message in slow:
            text = box.open(pair, message.sealed, message.kind)
            message.sealed = box.seal_to_holders(pair, text, message.kind)


def holds(session: Session, case: Case, unit_code: str) -> bool:
    """Whether a unit holds a key of this case now."""
    return any(box.wrapped_for(unit_code) for box in _boxes(session, case))


def _boxes(session: Session, case: Case) -> list[Compartment]:
    return _labelled(session, case.label)


def _labelled(session: Session, label: str) -> list[Compartment]:
    return list(session.scalars(select(Compartment).where(Compartment.label == label)))


def _open(
    session: Session,
    case: Case,
    opened: Sequence[tuple[Compartment, KeyPair]],
    kinds: Iterable[MessageKind],
) -> list[Letter]:
    by_id = {key_id(one[0].public_key): one for one in opened}
    by_name = {one[0].name: one for one in opened}
    there = by_name.keys() | ({_CONVERSATION} if CompartmentName.INTERIM in by_name else set())
    readable = [kind for kind in kinds if kind.compartment in there]
    messages = session.scalars(
        select(Message)
        .where(Message.case_id == case.id, Message.kind.in_(readable))
        .order_by(Message.id)
    )
    enclosed = files_of(session, case) if ENCLOSING & set(readable) else {}
    letters = []
    for message in messages:
        found = by_id.get(head_id(message.sealed)) or by_name.get(message.kind.compartment)
        if found is None:
            # Its box is a unit's still, until the worker has come by.
            continue
        box, pair = found
        text = box.open(pair, message.sealed, message.kind)
        # What came at once came with the first words.
        first = enclosed.get(None, []) if message.kind is MessageKind.WORDS else []
        files = [_opened_file(one, box, pair) for one in (*first, *enclosed.get(message.id, []))]
        by, at = message.staff_id, message.written_at
        letters.append(Letter(message.id, message.kind, text, by, at, tuple(files)))
    return letters


def _opened_file(one: Attachment, box: Compartment, pair: KeyPair) -> Enclosed:
    text = box.open(pair, one.sealed, sealed_column(one.stored))
    return Enclosed(StoredFile.from_text(text))
