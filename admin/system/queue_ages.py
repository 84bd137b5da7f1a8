"""How long cases have waited to be received or carried away. For the machine's operator alone: on a
page it would tell a system administrator how many there are, and the accused of them."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from admin.hand_over.unattended import unattended
from intake.cases.case import Case
from intake.rules.state import State
from portal.campaign.book import NoCampaign, book
from portal.foundation import clock

_TOO_LONG = timedelta(days=7)


def old_queues(session: Session) -> list[str]:
    """A sentence for each queue whose oldest case has waited for more than a week."""
    try:
        carried = unattended(session, book(session))
    except NoCampaign:
        return []
    queues = (
        (carried, "A case has waited {days} days to be carried away: see who hears the alarm."),
        (_open(State.REGISTERED), "A case has waited {days} days to be assigned."),
        (_open(State.ASSIGNED), "A case has waited {days} days to be signed for."),
    )
    found = []
    for waits, sentence in queues:
        oldest = session.scalar(select(func.min(Case.last_act_at)).where(waits))
        if oldest is not None and clock.now() - oldest > _TOO_LONG:
            found.append(sentence.format(days=(clock.now() - oldest).days))
    return found


def _open(state: State) -> ColumnElement[bool]:
    """Who administers the machine may be whom a sealed case accuses."""
    return and_(Case.state == state, ~Case.sealed)
