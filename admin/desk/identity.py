"""Open what a reporter left to be reached by. It lies apart from his words, and each opening is an
event that the auditor sees."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from intake import correspondence
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import TELLS_WHO_HE_IS
from intake.opened import tell_shown
from intake.rules.lifecycle import MoveNotAllowed
from intake.vault.compartment import Compartment
from intake.vault.holders import CompartmentName


class Reason(StrEnum):
    """Why somebody opens a contact. An event holds no words, so the reasons are a list."""

    ASK = "ask"
    ANSWER = "answer"
    DELIVER = "deliver"
    PROTECT = "protect"

    @property
    def official(self) -> str:
        """The reason in words."""
        return _REASONS[self]


_REASONS = {
    Reason.ASK: "有情况要向来件人问清楚",
    Reason.ANSWER: "当面或者打电话答复",
    Reason.DELIVER: "送达书面文书",
    Reason.PROTECT: "来件人可能有危险",
}


def may_open(session: Session, case: Case, access: Access) -> bool:
    """Whether there is a contact and one of this person's units holds its key."""
    box = session.scalars(
        select(Compartment).where(
            Compartment.label == case.label, Compartment.name == CompartmentName.IDENTITY
        )
    ).first()
    return box is not None and any(box.wrapped_for(unit) for unit in access.openers)


def open_identity(session: Session, case: Case, access: Access, reason: Reason) -> list[str]:
    """The lines of the contact, with the event that says who opened it and why. It counts as a
    reading of the case, too.

    Raises:
        MoveNotAllowed: there is none, or this person's units don't hold it (检举控告工作规则 47).
    """
    if not may_open(session, case, access):
        raise MoveNotAllowed("identity")
    opened = correspondence.read_as_unit(session, case, access.openers, TELLS_WHO_HE_IS)
    record(session, "identity_opened", case_id=case.id, by=access.staff_id, reason=reason)
    tell_shown(session, case.id)
    return [line for letter in opened for line in letter.text.splitlines()]
