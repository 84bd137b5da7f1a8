"""Giving a request to the office after all: its words were read as accusing somebody, and ask about
one's own information."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.rights.checking import check_waits
from admin.rights.refusals import NotTheirs
from intake.cases.event import record
from intake.cases.rights_bar import RightsBar
from intake.cases.rights_request import RightsRequest
from intake.rights.rights_texts import give_to


def may_give_back(request: RightsRequest, by: Access) -> bool:
    """Whether this person has it in the office's stead, and may say that its words accuse nobody.
    What is about a case that accuses somebody isn't his to give."""
    elsewhere = request.unit_code != by.office_code
    return elsewhere and request.decided_at is None and request.case_id is None


def give_back(session: Session, request: RightsRequest, *, by: Access, version: int) -> None:
    """Say that the words accuse nobody: nobody is barred any more, and the office answers.

    Raises:
        AlreadyDecided, SomebodyWasFaster: see there.
        NotTheirs: the office has it, or it is about a case.
    """
    if not may_give_back(request, by):
        raise NotTheirs(by.staff_id)
    check_waits(request, version)
    bars = session.scalars(select(RightsBar).where(RightsBar.request_id == request.id)).all()
    units = sorted(one.unit_code for one in bars if one.unit_code)
    people = sorted(one.staff_id for one in bars if one.staff_id)
    for one in bars:
        session.delete(one)
    give_to(session, request, by.office_code, leaves_class=True)
    record(
        session,
        "rights_unbarred",
        by=by.staff_id,
        request=request.number,
        units=units,
        staff=people,
    )
    session.flush()
