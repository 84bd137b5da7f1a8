"""Whether texts go out: what `/readyz` and `doctor` say of it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.office_hours import may_be_told
from intake.outbox.outbound_text import OutboundText
from intake.rules.sending import IN_HAND
from intake.vault.vault import vault_of
from portal.campaign.book import book
from portal.foundation import clock

_TOO_LONG = timedelta(hours=1)


def state_of_outbox(session: Session) -> str:
    """Whether what is due is sent: "ok", or what is wrong."""
    if not vault_of(session).knows_worker:
        return "the worker's key isn't pinned"
    return "texts stand still" if stands_still(session) else "ok"


def stands_still(session: Session) -> bool:
    """Whether a message has been due for an hour in which it could have been sent."""
    campaign_book, now = book(session), clock.now()
    long_ago = now - _TOO_LONG
    if not may_be_told(now, campaign_book) or not may_be_told(long_ago, campaign_book):
        return False
    overdue = select(OutboundText.id).where(
        OutboundText.state.in_(IN_HAND), OutboundText.next_at < long_ago
    )
    return session.scalars(overdue.limit(1)).first() is not None
