"""Making sure who asks about his own information (个人信息保护法 51): how is written down, and no
copy of any paper, nor its number."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.rights.checking import check_waits
from intake.cases.event import record
from intake.cases.rights_request import RightsRequest
from intake.rules.rights import Proof
from portal.foundation import clock


def prove(
    session: Session, request: RightsRequest, *, by: Access, version: int, how: Proof
) -> None:
    """Write down that somebody made sure who asks, and how; again, where it was done in another
    way.

    Raises:
        AlreadyDecided, SomebodyWasFaster: see there.
    """
    check_waits(request, version)
    request.proved, request.proved_by, request.proved_at = how, by.staff_id, clock.now()
    request.version += 1
    record(session, "rights_proved", by=by.staff_id, request=request.number, how=how.value)
    session.flush()
