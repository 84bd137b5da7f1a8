"""What bears a mark by the intake key: where it lies, how what a former key marked is marked anew,
and what is let go because nobody can name it any more.

A mark of a telephone is made anew from the number, which lies sealed in the case's boxes or beside
the opt-out; that it is the marked one is proven by the former key. A provider's message id and a
slip's code are nowhere: those marks stay, and their key with them, until a provider can't name the
message any more, or the assessment is over.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, and_, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from admin.retention.wiping import PROVIDER_REMEMBERS
from intake.assessing.assessment import Assessment, AssessmentState
from intake.assessing.slip import Slip
from intake.bulk_reading import texts_of
from intake.cases.case import Case
from intake.cases.inbound_text import TEXT_SENDER, InboundText, TextOptOut
from intake.cases.message import MessageKind
from intake.cases.receipt import CONTACT_PHONE, RECEIPT_PHONE, Receipt
from intake.outbox.addressing import as_texted
from intake.outbox.opt_outs import CONTEXT, mark_anew, meet_again
from intake.vault.compartment import Compartment, CompartmentKey
from intake.vault.holders import REPORTER, SEALED, CompartmentName
from intake.vault.vault import DoesNotOpen, vault_of
from portal.foundation import clock

_Mark = InstrumentedAttribute[bytes] | InstrumentedAttribute[bytes | None]
_MARK_BYTES = 32
# Where slips are still answered, and their codes still printed again.
_RUNS = frozenset({AssessmentState.PREPARING, AssessmentState.DRAWN})


def by_keys(column: _Mark, ids: Collection[str]) -> ColumnElement[bool]:
    """Whether a mark says that a key of these ids made it, asked in the database."""
    return func.substr(column, 3, 8, type_=LargeBinary()).in_(map(bytes.fromhex, ids))


@dataclass(frozen=True)
class MarkedReceipts:
    """The marks of telephones by which cases of one person are found, and by which he is known
    until he has a code of his own."""

    record: Any = Receipt

    def bearing(self, session: Session, ids: Collection[str]) -> Sequence[Any]:
        """Those that a former key marked."""
        former = or_(by_keys(Receipt.phone_mark, ids), by_keys(Receipt.contact_mark, ids))
        return session.execute(select(Receipt.case_id).where(former)).all()

    def renew(self, session: Session, row: Receipt) -> None:
        """Mark the number anew that lies in the case. Raises DoesNotOpen: none there has made
        the mark."""
        lines = lines_left(session, session.get_one(Case, row.case_id))
        phone = _anew(session, RECEIPT_PHONE, row.phone_mark, lines)
        contact = _anew(session, CONTACT_PHONE, row.contact_mark, lines)
        row.phone_mark, row.contact_mark = phone, contact
        for number in senders_of(lines):
            mark_anew(session, number)


@dataclass(frozen=True)
class MarkedTexts:
    """The marks of messages and of their senders."""

    record: Any = InboundText

    def bearing(self, session: Session, ids: Collection[str]) -> Sequence[Any]:
        """Those whose sender may be marked anew, and those that no provider names any more."""
        sender = by_keys(InboundText.sender_mark, ids)
        either = or_(sender, by_keys(InboundText.message_mark, ids))
        is_old = InboundText.received_at < _nobody_names_before()
        wanted = or_(and_(sender, InboundText.case_id.is_not(None)), and_(either, is_old))
        return session.execute(select(InboundText.id).where(wanted)).all()

    def renew(self, session: Session, row: InboundText) -> None:
        """Mark the sender anew, and let the message's mark go once it is old; what became no case
        goes whole then. Raises DoesNotOpen: it is young, and no number is at hand."""
        is_old = row.received_at < _nobody_names_before()
        if row.case_id is None:
            if is_old:
                session.delete(row)
            return
        numbers = senders_of(lines_left(session, session.get_one(Case, row.case_id)))
        try:
            row.sender_mark = _anew(session, TEXT_SENDER, row.sender_mark, numbers) or b""
        except DoesNotOpen:
            if not is_old:
                raise
            row.sender_mark = nobodys()
        if is_old:
            row.message_mark = nobodys()
        for number in numbers:
            mark_anew(session, number)


@dataclass(frozen=True)
class MarkedOptOuts:
    """Who wants no more notices."""

    record: Any = TextOptOut

    def bearing(self, session: Session, ids: Collection[str]) -> Sequence[Any]:
        """Those whose number is kept."""
        kept = TextOptOut.number_sealed.is_not(None)
        former = by_keys(TextOptOut.sender_mark, ids)
        return session.execute(select(TextOptOut.sender_mark).where(former, kept)).all()

    def renew(self, session: Session, row: TextOptOut) -> None:
        """Mark the number anew. Raises DoesNotOpen: another one's was sealed there."""
        vault = vault_of(session)
        number = vault.open_as_worker(row.number_sealed or b"", CONTEXT).decode()
        if row.sender_mark not in vault.marks(TEXT_SENDER, number):
            raise DoesNotOpen
        meet_again(session, number)


@dataclass(frozen=True)
class MarkedSlips:
    """Slips whose assessment is over: nothing asks for their codes any more."""

    record: Any = Slip

    def bearing(self, session: Session, ids: Collection[str]) -> Sequence[Any]:
        """Those of assessments that don't run."""
        over = Assessment.state.not_in(_RUNS)
        wanted = select(Slip.id).join(Assessment, Assessment.id == Slip.assessment_id)
        return session.execute(wanted.where(by_keys(Slip.code_mark, ids), over)).all()

    def renew(self, session: Session, row: Slip) -> None:
        """Let the mark go; the slip is counted still."""
        row.code_mark = nobodys()


MARKED = (MarkedReceipts(), MarkedTexts(), MarkedOptOuts(), MarkedSlips())


def kept_for(session: Session, key_id: str, replaced_at: datetime) -> str:
    """What is known by a replaced key alone, so that it can't be destroyed; empty where nothing
    is."""
    until = replaced_at + PROVIDER_REMEMBERS
    if clock.now() < until:
        return f"texts and forms from before may come again until {clock.day_of(until)}"
    texts = or_(
        by_keys(InboundText.message_mark, [key_id]), by_keys(InboundText.sender_mark, [key_id])
    )
    counted = {
        "texts": _count(session, InboundText, texts),
        "telephones that asked for no more texts, until one of them writes again": _count(
            session, TextOptOut, by_keys(TextOptOut.sender_mark, [key_id])
        ),
        "slips of an assessment that runs": _count(
            session, Slip, by_keys(Slip.code_mark, [key_id])
        ),
    }
    found = [f"{number} {what}" for what, number in counted.items() if number]
    return f"{', '.join(found)} are known by it alone" if found else ""


def let_go(session: Session, key_id: str) -> None:
    """Forget the marks of receipts that no number in their case has made, so that nothing bears the
    key that is about to be destroyed."""
    for column in (Receipt.phone_mark, Receipt.contact_mark):
        those = update(Receipt).where(by_keys(column, [key_id]))
        session.execute(those.values({column.key: None}))


def lines_left(session: Session, case: Case) -> list[str]:
    """The lines that a reporter left to be reached by, opened for no one to read. What the sealed
    class holds isn't opened; it bears no mark of a telephone."""
    holders = (
        select(CompartmentKey.holder)
        .join(Compartment, Compartment.id == CompartmentKey.compartment_id)
        .where(
            Compartment.label == case.label,
            Compartment.name == CompartmentName.IDENTITY,
            CompartmentKey.holder.not_in([REPORTER, SEALED]),
        )
    )
    units = session.scalars(holders).all()
    texts = texts_of(session, [case.id], units, [MessageKind.CONTACT])
    return [line for text in texts for line in (text.text or "").splitlines()]


def senders_of(lines: Iterable[str]) -> list[str]:
    """As whom somebody may have written by text who left these lines."""
    either = (one for line in lines for one in (as_texted(line), line))
    return list(dict.fromkeys(one for one in either if one))


def nobodys() -> bytes:
    """A mark of nothing, by no key."""
    return secrets.token_bytes(_MARK_BYTES)


def _anew(
    session: Session, purpose: str, mark: bytes | None, values: Iterable[str]
) -> bytes | None:
    """A mark by the newest key of whichever value has this one. Raises DoesNotOpen: none has."""
    vault = vault_of(session)
    if mark is None or mark.startswith(vault.intake_keys[0].head):
        return mark
    for value in values:
        newest, *former = vault.marks(purpose, value)
        if mark in former:
            return newest
    raise DoesNotOpen


def _nobody_names_before() -> datetime:
    return clock.now() - PROVIDER_REMEMBERS


def _count(session: Session, record: Any, condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(record).where(condition)) or 0
