"""Writing down at the desk what somebody asks about his own information: on paper, at the window,
by telephone. He has no query code; the answer goes to him by the way he says."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from intake.cases.rights_request import RightsRequest
from intake.rights.asking import Asked, ask, prepare_request
from intake.rules.rights import Proof
from portal.foundation import clock


def record_at_desk(
    session: Session, asked: Asked, *, by: Access, proved: Proof | None
) -> RightsRequest:
    """Write a request down; who asks may be made sure of at once. Read as its words are, it may go
    to another body than the one that wrote it down.

    Raises:
        UntrustedKey: a unit's public key was swapped; nothing is sealed to it.
    """
    prepared = prepare_request(session, asked)
    request = prepared.request
    if proved is not None:
        request.proved, request.proved_by, request.proved_at = proved, by.staff_id, clock.now()
    return ask(session, prepared)
