"""Carrying out a granted deletion (个人信息保护法 47) of what was typed about a case, and what has
to be over before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.retention.destroy_message import destroy_message, notice_days
from admin.retention.granted import granted_of
from admin.retention.kinship import due_of, family_of
from admin.retention.standing import holds_of_family
from intake.cases.case import Case
from intake.cases.rights_request import RightsRequest
from intake.rules.retention import Granted, Hold, What
from portal.campaign.book import Book
from portal.campaign.retention_rule import RetentionRule
from portal.foundation import clock


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
    before += _days_of_withdrawal(session, request, family, known)
    return Deletion(case.destroyed_on, case.contact_destroyed_on, tuple(before))


def _days_of_withdrawal(
    session: Session, request: RightsRequest, family: Sequence[Case], known: Book
) -> list[str]:
    """What was withdrawn since, or today where nobody has decided yet, waits its days."""
    rule, granted = RetentionRule.of(known.campaign), Granted(What.WORDS, clock.today())
    if request.decided_at is not None:
        granted = granted_of(session, family[0]) or granted
    due = due_of(family, rule, granted).get(granted.what)
    waits = rule is not None and due is not None and due.on > clock.today()
    return [f"撤回满{rule.withdrawn_days}天"] if rule and waits else []


def delete_granted(session: Session, request: RightsRequest, *, by: Access) -> None:
    """Destroy what was granted, at once where nothing holds it; else the worker does, in the first
    night in which nothing does. A deletion stops no matter that goes on. What was typed in the
    request goes with the case."""
    if request.deletes is None or request.case_id is None:
        return
    session.flush()
    destroy_message(session, request.case_id, by=by.staff_id)
