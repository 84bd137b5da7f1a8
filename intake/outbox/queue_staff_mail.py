"""Queueing a mail to a member of staff: which template, and nothing of what it is about."""

from __future__ import annotations

from sqlalchemy.orm import Session

from intake.outbox.outbound_text import OutboundText
from intake.outbox.queue_notice import fresh_reference
from intake.rules.sending import Medium
from portal.foundation import clock


def queue_staff_mail(
    session: Session, staff_id: int, template: str, *, sealed: bytes | None = None
) -> None:
    """Mail somebody at the address that he left, or at the one that goes along `sealed`."""
    now = clock.now()
    session.add(
        OutboundText(
            reference=fresh_reference(),
            medium=Medium.MAIL,
            staff_id=staff_id,
            template=template,
            sealed=sealed,
            queued_at=now,
            next_at=now,
        )
    )
