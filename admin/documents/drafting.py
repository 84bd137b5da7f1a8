"""What officials do with a formal document: draft it, write it anew, issue it, note its delivery.

Each act takes the version of the case that its writer saw, as every act on a case does. The writers
of a document never issue it (审签).
"""

from __future__ import annotations

import secrets
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin.desk.hand import (
    Hand,
    NeedsSecondPerson,
    NeedsText,
    actors_of,
    check_version,
    settle,
    write,
)
from admin.documents.papers import paper_of
from admin.documents.templates import in_force
from intake import correspondence
from intake.cases.case import Case
from intake.cases.event import Event, record
from intake.cases.formal_document import Delivery, DocumentState, FormalDocument
from intake.cases.message import MessageKind
from intake.document_text import DocumentText, texts_in
from intake.rules.formal_documents import PARTS, DocumentKind, Number, fitting
from intake.rules.lifecycle import Actor, MoveNotAllowed
from portal.campaign.unit import Unit
from portal.foundation import clock

_KEY_BYTES = 4
DRAFTERS = frozenset({Actor.OFFICER, Actor.HEAD, Actor.OFFICE})
ISSUERS = frozenset({Actor.HEAD, Actor.OFFICE})


class NoSuchDocument(LookupError):
    """The case has no such document."""


class BadDay(ValueError):
    """Nothing was delivered before it was issued, nor on a day that is still to come."""


def documents_of(session: Session, case: Case) -> list[FormalDocument]:
    """The documents of a case, the newest first."""
    wanted = select(FormalDocument).where(FormalDocument.case_id == case.id)
    return list(session.scalars(wanted.order_by(FormalDocument.id.desc())))


def find_document(session: Session, case: Case, key: str) -> FormalDocument:
    """A document of a case that was found before. Raises NoSuchDocument."""
    wanted = select(FormalDocument).where(
        FormalDocument.case_id == case.id, FormalDocument.key == key
    )
    found = session.scalars(wanted).first()
    if found is None:
        raise NoSuchDocument(key)
    return found


def writers_of(session: Session, document: FormalDocument) -> frozenset[int]:
    """Everybody who wrote at a document, by the chain of events."""
    drafted = select(Event.staff_id, Event.facts).where(
        Event.case_id == document.case_id, Event.name == "document_drafted"
    )
    found = {row.staff_id for row in session.execute(drafted) if _is_of(row.facts, document)}
    return frozenset({document.drafted_by} | {one for one in found if one})


def may_draft(session: Session, case: Case, hand: Hand, kind: DocumentKind) -> bool:
    """Whether somebody may begin a document of this kind now."""
    actors = actors_of(session, case, hand.access, hand.book)
    return case.state.is_open and kind in fitting(case.kind) and bool(actors & DRAFTERS)


def may_change(session: Session, case: Case, hand: Hand, document: FormalDocument) -> bool:
    """Whether somebody may write at a draft now. What another unit drafted isn't this one's."""
    is_draft = document.state is DocumentState.DRAFT and document.unit_code == case.unit_code
    return is_draft and may_draft(session, case, hand, document.kind)


def may_issue(session: Session, case: Case, hand: Hand, document: FormalDocument) -> bool:
    """Whether somebody may issue a draft as far as his office goes; its writers never may."""
    actors = actors_of(session, case, hand.access, hand.book)
    return may_change(session, case, hand, document) and bool(actors & ISSUERS)


def may_deliver(session: Session, case: Case, hand: Hand, document: FormalDocument) -> bool:
    """Whether somebody may note the day of delivery. The paper may arrive after the case ended."""
    actors = actors_of(session, case, hand.access, hand.book)
    waits = document.state is DocumentState.ISSUED and document.delivered_on is None
    return waits and bool(actors & DRAFTERS)


def draft(
    session: Session, case: Case, hand: Hand, kind: DocumentKind, text: DocumentText
) -> FormalDocument:
    """Draft a document (起草); the reporter reads nothing of it yet.

    Raises:
        SomebodyWasFaster, NeedsText, MoveNotAllowed: see there.
    """
    check_version(case, hand)
    _check(may_draft(session, case, hand, kind), "draft_document")
    document = FormalDocument(
        key=f"WS{secrets.token_hex(_KEY_BYTES).upper()}",
        case_id=case.id,
        kind=kind,
        state=DocumentState.DRAFT,
        unit_code=case.unit_code,
        drafted_by=hand.access.staff_id,
        drafted_at=clock.now(),
    )
    session.add(document)
    session.flush()
    _keep(session, case, hand, document, text)
    return document


def redraft(
    session: Session, case: Case, hand: Hand, document: FormalDocument, text: DocumentText
) -> None:
    """Write a draft anew.

    Raises:
        SomebodyWasFaster, NeedsText, MoveNotAllowed: see there.
    """
    check_version(case, hand)
    _check(may_change(session, case, hand, document), "draft_document")
    _keep(session, case, hand, document, text)


def issue(session: Session, case: Case, hand: Hand, document: FormalDocument) -> None:
    """Issue a draft (签发): it gets its number, and the reporter reads it from now on.

    Numbers are counted by unit, kind and year (Shanghai). They tell how many documents there are
    and nothing of tip-offs, which get none.

    Raises:
        SomebodyWasFaster, MoveNotAllowed: see there.
        NeedsSecondPerson: the same person wrote at it.
    """
    check_version(case, hand)
    _check(may_issue(session, case, hand, document), "issue_document")
    if hand.access.staff_id in writers_of(session, document):
        raise NeedsSecondPerson
    letters = correspondence.read_as_unit(
        session, case, hand.access.openers, [MessageKind.DOCUMENT_DRAFT]
    )
    text = texts_in(letters).get(document.key)
    if text is None:
        raise MoveNotAllowed("issue_document")
    document.state = DocumentState.ISSUED
    document.issued_by, document.issued_at = hand.access.staff_id, clock.now()
    document.template_revision = in_force(session, paper_of(document.kind)).revision
    _number(session, hand, document)
    write(session, case, hand, MessageKind.DOCUMENT, text.sealed_as(document.key))
    record(
        session,
        "document_issued",
        case_id=case.id,
        by=hand.access.staff_id,
        document=document.key,
        kind=document.kind,
        unit=document.unit_code,
    )
    settle(session, case, hand)


def deliver(
    session: Session, case: Case, hand: Hand, document: FormalDocument, *, on: date, how: Delivery
) -> None:
    """Note on which Shanghai day a document reached the reporter (送达), and how.

    Raises:
        SomebodyWasFaster, MoveNotAllowed: see there.
        BadDay: see there.
    """
    check_version(case, hand)
    _check(may_deliver(session, case, hand, document), "deliver_document")
    issued_on = clock.day_of(document.issued_at) if document.issued_at else clock.today()
    if not issued_on <= on <= clock.today():
        raise BadDay(on)
    document.delivered_on, document.delivered_how = on, how
    record(
        session,
        "delivered",
        case_id=case.id,
        by=hand.access.staff_id,
        document=document.key,
        kind=document.kind,
        on=on.isoformat(),
    )
    settle(session, case, hand)


def _keep(
    session: Session, case: Case, hand: Hand, document: FormalDocument, text: DocumentText
) -> None:
    """Seal what a draft says now, with the event that says who wrote."""
    if not all(text.value(document.kind, part).strip() for part in PARTS[document.kind]):
        raise NeedsText
    write(session, case, hand, MessageKind.DOCUMENT_DRAFT, text.sealed_as(document.key))
    by = hand.access.staff_id
    record(session, "document_drafted", case_id=case.id, by=by, document=document.key)
    settle(session, case, hand)


def _number(session: Session, hand: Hand, document: FormalDocument) -> None:
    """Give a document the next number of its unit, kind and year. The unit's row is held, so that
    two who issue at once don't get the same one."""
    unit = hand.book.units[document.unit_code]
    held = select(Unit.code).where(Unit.code == unit.code)
    session.execute(held.with_for_update(key_share=True))
    year = clock.today().year
    last = session.scalar(
        select(func.max(FormalDocument.serial)).where(
            FormalDocument.unit_code == unit.code,
            FormalDocument.kind == document.kind,
            FormalDocument.year == year,
        )
    )
    document.year, document.serial = year, (last or 0) + 1
    number = Number(unit.short_name, document.kind, year, document.serial)
    document.number = number.written(hand.book.campaign.document_number)


def _is_of(facts: dict[str, object], document: FormalDocument) -> bool:
    return facts.get("document") == document.key


def _check(allowed: bool, act: str) -> None:
    if not allowed:
        raise MoveNotAllowed(act)
