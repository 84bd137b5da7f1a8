"""Opening how whoever asked about his own information can be reached: with a reason from a list,
and each time an event."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from intake.cases.event import record
from intake.cases.rights_request import RightsRequest
from intake.opened import REQUEST, tell_shown, tell_shown_beside
from intake.rights.rights_texts import read_as_answerer
from intake.rules.rights import RightsOutcome


class ContactReason(StrEnum):
    """Why somebody opens it. An event holds no words, so the reasons are a list."""

    PROVE = "prove"
    ASK = "ask"
    ANSWER = "answer"

    @property
    def official(self) -> str:
        """The reason in words."""
        return _REASONS[self]


_REASONS = {
    ContactReason.PROVE: "要核实是不是本人",
    ContactReason.ASK: "有情况要向请求人问清楚",
    ContactReason.ANSWER: "要把答复告诉请求人",
}


def has_contact(request: RightsRequest) -> bool:
    """Whether somebody left it, and it can be opened here still."""
    return bool(request.sealed_contact) and request.outcome is not RightsOutcome.REGISTERED


def open_contact(
    session: Session, request: RightsRequest, *, by: Access, reason: ContactReason
) -> str:
    """What he left to be reached by, with the event that says who opened it and why. It counts as a
    reading of the case that it is about, too, or of the request. Empty where there is nothing."""
    if not has_contact(request):
        return ""
    contact = read_as_answerer(session, request).contact
    record(
        session,
        "rights_contact_opened",
        by=by.staff_id,
        request=request.number,
        reason=reason.value,
    )
    if request.case_id is not None:
        tell_shown(session, request.case_id)
    else:
        tell_shown_beside(session, REQUEST, request.number)
    return contact
