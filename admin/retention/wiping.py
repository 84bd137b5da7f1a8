"""What lies sealed about a case, table by table, and how it is wiped.

A row that something else counts or points to stays with its codes and days, and loses what was
sealed in it; the others go.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from admin.desk.own_note import OwnNote
from admin.desk.proposal import Proposal
from admin.hand_over.package import Package
from admin.retention.destruction_notice import DestructionNotice
from admin.retention.wiping_beside import (
    WIPED_BESIDE,
    boxes,
    take_keys,
    wipe_carried_into,
    wipe_request,
)
from admin.supervision.entry import SupervisionEntry
from admin.supervision.suggestion import Suggestion
from intake.cases.attachment import Attachment
from intake.cases.awaited_pictures import AwaitedPictures
from intake.cases.case import Case
from intake.cases.former_number import FormerNumber
from intake.cases.inbound_text import InboundText
from intake.cases.message import TELLS_WHO_HE_IS, Message
from intake.cases.order import Order
from intake.cases.receipt import Receipt
from intake.cases.referral import Referral
from intake.cases.referral_text import ReferralText
from intake.cases.rights_request import RightsRequest
from intake.cases.verification import Verification
from intake.order_number import DESTROYED
from intake.outbox.addressing import forget_address
from intake.outbox.outbound_text import OutboundText
from intake.rules.retention import What
from intake.vault.compartment import Compartment
from intake.vault.holders import CompartmentName
from portal.foundation import clock

# So long a provider may still name a text of ours or hand one over again; the reconciler looks
# back three days.
PROVIDER_REMEMBERS = timedelta(days=30)
_MARK_BYTES = 32
# The tables out of which something is wiped: a database that keeps old rows is made to forget them.
WIPED = (
    "compartment_key",
    "compartment",
    "message",
    "attachment",
    "awaited_pictures",
    "own_note",
    "referral_text",
    "verification",
    "receipt",
    "notice_address",
    "outbound_text",
    "inbound_text",
    "order",
    "order_former_number",
    "package",
    *WIPED_BESIDE,
)
_NOTHING = b""


def wipe_contact(session: Session, case: Case) -> None:
    """How the reporter can be reached: what he left, addresses of notices, marks of telephones."""
    take_keys(session, boxes(case.label).where(Compartment.name == CompartmentName.IDENTITY))
    _delete_messages(session, case, only_identity=True)
    forget_address(session, case)
    asked = update(RightsRequest).where(RightsRequest.case_id == case.id)
    session.execute(asked.values(sealed_contact=None))
    _forget_texts(session, case)
    session.execute(
        update(Receipt).where(Receipt.case_id == case.id).values(phone_mark=None, contact_mark=None)
    )


def wipe_words(session: Session, case: Case) -> None:
    """Everything else that was typed: keys, texts, what opens its files, notes, numbers."""
    referrals = session.scalars(select(Referral).where(Referral.case_id == case.id)).all()
    asked = session.scalars(select(Verification).where(Verification.case_id == case.id)).all()
    labels = [case.label, *(one.label for one in referrals), *(one.label for one in asked)]
    take_keys(session, boxes(*labels))
    _delete_referral_texts(session, [one.id for one in referrals])
    for one in asked:
        one.sealed_question, one.sealed_answer = _NOTHING, None
    session.flush()
    _delete_of_case(session, case)
    _delete_messages(session, case)
    _blank_receipt_and_order(session, case)
    of_case = select(RightsRequest).where(RightsRequest.case_id == case.id)
    for request in session.scalars(of_case).all():
        wipe_request(session, request)
    wipe_carried_into(session, case)


def forget_notices(session: Session, case: Case) -> None:
    """Take off the list what isn't to be destroyed any more, because it was."""
    gone = [What.CONTACT] if case.destroyed_on is None else list(What)
    session.execute(
        delete(DestructionNotice).where(
            DestructionNotice.case_id == case.id, DestructionNotice.what.in_(gone)
        )
    )


def _delete_referral_texts(session: Session, referrals: Sequence[int]) -> None:
    session.execute(delete(ReferralText).where(ReferralText.referral_id.in_(referrals)))


def _delete_of_case(session: Session, case: Case) -> None:
    """The rows that are nothing without their words."""
    for record in (Attachment, AwaitedPictures, OwnNote):
        session.execute(delete(record).where(record.case_id == case.id))
    session.execute(update(Package).where(Package.case_id == case.id).values(passphrase=None))


def _delete_messages(session: Session, case: Case, *, only_identity: bool = False) -> None:
    """The texts of a case. A proposal is counted and points to its reason, of which the row stays
    without its words."""
    of_case = Message.case_id == case.id
    if only_identity:
        telling = Message.kind.in_(TELLS_WHO_HE_IS)
        session.execute(delete(Message).where(of_case, telling))
        return
    texts = select(Message.id).where(of_case)
    session.execute(delete(SupervisionEntry).where(SupervisionEntry.message_id.in_(texts)))
    session.execute(update(Suggestion).where(Suggestion.case_id == case.id).values(message_id=None))
    reasons = select(Proposal.message_id).where(Proposal.case_id == case.id)
    session.execute(update(Message).where(of_case, Message.id.in_(reasons)).values(sealed=_NOTHING))
    session.execute(delete(Message).where(of_case, Message.id.not_in(reasons)))


def _forget_texts(session: Session, case: Case) -> None:
    """Texts in and out. A young one's row stays without its telephone, or its provider would hand
    the text over once more, and a report of it would find nothing."""
    young = clock.now() - PROVIDER_REMEMBERS
    of_case = InboundText.case_id == case.id
    session.execute(delete(InboundText).where(of_case, InboundText.received_at < young))
    for one in session.scalars(select(InboundText).where(of_case)):
        one.sender_mark = secrets.token_bytes(_MARK_BYTES)
    sent = OutboundText.case_id == case.id
    over = or_(OutboundText.queued_at < young, OutboundText.tries == 0)
    session.execute(delete(OutboundText).where(sent, over))
    session.execute(update(OutboundText).where(sent).values(sealed=None))


def _blank_receipt_and_order(session: Session, case: Case) -> None:
    """The code still finds the case, and nothing is sealed to it any more. An order isn't known
    again by its sender's number."""
    session.execute(delete(FormerNumber).where(FormerNumber.case_id == case.id))
    for receipt in session.scalars(select(Receipt).where(Receipt.case_id == case.id)):
        receipt.public_key = _NOTHING
    for order in session.scalars(select(Order).where(Order.case_id == case.id)):
        order.number_sealed = DESTROYED
        order.number_stamp = f"destroyed:{case.number}"
    session.flush()
