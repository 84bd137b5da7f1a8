"""Putting into a case what its reporter asked to correct or to add (个人信息保护法 46): his own
words, as they came, with a label. What he wrote first stays as it is."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.rights.refusals import CaseIsDestroyed
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.rights_request import RightsRequest
from intake.family import hold_together
from intake.further_words import put_into
from intake.heeding import heed
from intake.rights.carrying_on import labelled
from intake.rights.rights_texts import read_as_answerer
from intake.rules.rights import Right
from intake.together import part
from portal.campaign.book import book


def put_right(session: Session, request: RightsRequest, *, by: Access) -> None:
    """Put a granted correction into the case that it is about; of anything else nothing is done.
    Whom the words accuse loses the case at once, as with any further words.

    Raises:
        CaseIsDestroyed: see there.
    """
    if request.asked_for is not Right.CORRECTION or request.case_id is None:
        return
    hold_together(session, [request.case_id])
    case, known = session.get_one(Case, request.case_id, populate_existing=True), book(session)
    if case.destroyed_on is not None:
        raise CaseIsDestroyed(request.number)
    text = labelled(request, read_as_answerer(session, request))
    part(session, case, known)
    record(session, "rights_corrected", case_id=case.id, by=by.staff_id, request=request.number)
    heed(session, case, text, known)
    put_into(session, case, text, (), known)
    case.version += 1
    session.flush()
