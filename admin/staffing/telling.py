"""Telling somebody that others changed his account: at once, by mail, if he left an address."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.work_mail import has_left_mail
from intake.outbox.mail_notices import STAFF_ACCOUNT
from intake.outbox.queue_staff_mail import queue_staff_mail


def tell_owner(session: Session, staff_id: int) -> None:
    """Queue a mail that says to look at one's own account. It goes out even if he is here: he may
    be here by somebody else's hand."""
    if has_left_mail(session, staff_id):
        queue_staff_mail(session, staff_id, STAFF_ACCOUNT)
