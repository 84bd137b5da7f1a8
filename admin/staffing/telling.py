"""Telling somebody that others changed his account: at once, by mail, if he left an address."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.work_mail import has_left_mail
from intake.outbox.mail_notices import STAFF_ACCOUNT
from intake.outbox.outbound_text import OutboundText
from intake.outbox.queue_notice import fresh_reference
from intake.rules.sending import Medium
from portal.foundation import clock


def tell_owner(session: Session, staff_id: int) -> None:
    """Queue a mail that says to look at one's own account. It goes out even if he is here: he may
    be here by somebody else's hand."""
    if not has_left_mail(session, staff_id):
        return
    now = clock.now()
    session.add(
        OutboundText(
            reference=fresh_reference(),
            medium=Medium.MAIL,
            staff_id=staff_id,
            template=STAFF_ACCOUNT,
            queued_at=now,
            next_at=now,
        )
    )
