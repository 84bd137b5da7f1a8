"""A message in the clear, for as long as it takes to hand it over; or why nobody gets it any
more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.former_mail import former_address
from admin.accounts.staff_mail import StaffMail
from admin.accounts.work_mail import mail_of
from admin.outbox.provider import OpenText
from intake.cases.case import Case
from intake.outbox.addressing import address_of, forget_address
from intake.outbox.mail_notices import (
    STAFF_ACCOUNT,
    STAFF_MAIL_MOVED,
    STAFF_NEWS,
    subject_of,
    worded_mail,
)
from intake.outbox.notice_address import NoticeAddress
from intake.outbox.notices import OWED
from intake.outbox.opt_outs import has_opted_out
from intake.outbox.outbound_text import OutboundText
from intake.outbox.queue_notice import words_of
from intake.outbox.reporting import take_report
from intake.rules.sending import Medium, TextState
from intake.vault.vault import DoesNotOpen
from portal.foundation.staff import Staff


def open_message(
    session: Session, text: OutboundText, now: datetime, *, site: str
) -> OpenText | None:
    """The message in the clear; None where nobody may or can be told any more."""
    try:
        if text.staff_id is not None:
            return _to_staff(session, text, text.staff_id, now)
        return _to_reporter(session, text, now, site)
    except DoesNotOpen:
        take_report(session, text, TextState.DEAD, code="does_not_open")
        return None


def _to_reporter(session: Session, text: OutboundText, now: datetime, site: str) -> OpenText | None:
    case = session.get_one(Case, text.case_id)
    address = session.get(NoticeAddress, (case.id, text.medium))
    if address is None:
        take_report(session, text, TextState.STOPPED)
        return None
    to = address_of(session, case, address.sealed, text.medium)
    body = words_of(session, case, text, site=site)
    if text.medium is Medium.MAIL:
        subject = subject_of(text.template)
        return OpenText(text.reference, to, body, text.first_tried_at or now, subject=subject)
    if text.template not in OWED and has_opted_out(session, to):
        forget_address(session, case, Medium.TEXT)
        take_report(session, text, TextState.STOPPED)
        return None
    others = select(OutboundText.provider_id).where(
        OutboundText.case_id == case.id, OutboundText.id != text.id
    )
    known = frozenset(one for one in session.scalars(others) if one)
    return OpenText(text.reference, to, body, text.first_tried_at or now, known)


def _to_staff(
    session: Session, text: OutboundText, staff_id: int, now: datetime
) -> OpenText | None:
    """A mail to somebody who works here, and hasn't been here since it was queued; that others
    changed his account he is told in any case."""
    left = session.get(StaffMail, staff_id)
    moved = text.template == STAFF_MAIL_MOVED
    if (left is None and not moved) or not session.get_one(Staff, staff_id).active:
        take_report(session, text, TextState.STOPPED)
        return None
    if left is None or moved:
        return _worded(text, former_address(session, text), STAFF_MAIL_MOVED, now)
    # Whatever name stands in the row: to staff's own address there are two wordings.
    template = STAFF_ACCOUNT if text.template == STAFF_ACCOUNT else STAFF_NEWS
    if template == STAFF_NEWS and left.seen_at > text.queued_at:
        take_report(session, text, TextState.LET_GO)
        return None
    return _worded(text, mail_of(session, left), template, now)


def _worded(text: OutboundText, to: str, template: str, now: datetime) -> OpenText:
    body, subject = worded_mail(template, {}), subject_of(template)
    return OpenText(text.reference, to, body, text.first_tried_at or now, subject=subject)
