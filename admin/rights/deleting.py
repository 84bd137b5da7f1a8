"""Carrying out a granted deletion (个人信息保护法 47) of what was typed about a case, and what has
to be over before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.retention.destroy_message import destroy_message, notice_days
from admin.retention.kinship import family_of
from admin.retention.standing import holds_of_family
from intake.cases.case import Case
from intake.cases.rights_request import RightsRequest
from intake.rules.retention import Hold
from portal.campaign.book import Book


@dataclass(frozen=True)
class Deletion:
    """How far it is with what a deletion is about: since which days its words and its contact are
    gone, or what has to be over `before` they can go, in words."""

    destroyed_on: date | None
    contact_destroyed_on: date | None
    before: tuple[str, ...]


def deletion_of(session: Session, request: RightsRequest, known: Book) -> Deletion | None:
    """What becomes of a deletion, for whoever decides about it; None of any other request. What
    holds one case of a message holds all of it."""
    if not request.asks_to_delete_a_case:
        return None
    case = session.get_one(Case, request.case_id)
    family = family_of(session, case)
    holds = holds_of_family(session, family, but_request=request.id)
    before = [one.until for one in sorted(holds, key=list(Hold).index)]
    if not all(one.state.has_ended for one in family):
        before.insert(0, "办结")
    if any(one.sealed for one in family):
        before.append(f"在密件的“到期销毁”里列满{notice_days(known)}天")
    return Deletion(case.destroyed_on, case.contact_destroyed_on, tuple(before))


def delete_granted(session: Session, request: RightsRequest, *, by: Access) -> None:
    """Destroy what was granted, at once where nothing holds it; else the worker does, in the first
    night in which nothing does. A deletion stops no matter that goes on. What was typed in the
    request goes with the case."""
    if request.deletes is None or request.case_id is None:
        return
    session.flush()
    destroy_message(session, request.case_id, by=by.staff_id)
