"""Beginning and ending a follow-up (回访): who is asked when his case is closed, who is visited,
and by when. The campaign's data say how large a share is visited and how many days there are."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.case import NO_DUE_DATE, Case, Identity
from intake.cases.follow_up import FollowUp, Outcome, Why
from intake.dates import happened
from intake.rules.deadlines import due
from intake.rules.lifecycle import State
from intake.rules.satisfaction import is_drawn
from intake.vault.vault import vault_of
from portal.campaign.book import Book
from portal.foundation import clock

# What opened a case again before.
AGAIN = frozenset({"reopened", "reopened_by_office", "reopened_by_sender", "review_asked"})


def begin(session: Session, case: Case, book: Book) -> None:
    """Begin the follow-up of a case that was just closed; a tip-off has none, since whoever rings
    its writer tells those around him that he wrote."""
    if case.is_tip_off:
        return
    why = _why(session, case, book)
    session.add(
        FollowUp(
            case_id=case.id,
            unit_code=case.unit_code,
            closed_on=clock.today(),
            why=why,
            due_on=visit_by(book) if why else NO_DUE_DATE,
        )
    )


def latest(session: Session, case: Case) -> FollowUp | None:
    """The follow-up of a case as it is closed now; None where it isn't, or nothing is asked."""
    if case.is_tip_off or case.state is not State.CLOSED:
        return None
    wanted = select(FollowUp).where(FollowUp.case_id == case.id).order_by(FollowUp.id.desc())
    return session.scalars(wanted.limit(1)).first()


def visit_by(book: Book) -> date:
    """Until which Shanghai day somebody is visited who is to be visited from today on; far away
    where the campaign says nothing."""
    days = book.campaign.follow_up.get("days")
    return due(days, True, clock.today(), book.calendar).due_on if days else NO_DUE_DATE


def want_visit(follow_up: FollowUp, book: Book) -> None:
    """Let a reporter who isn't satisfied be visited, even where a visit ended well before. What the
    office has ruled stays ruled."""
    if follow_up.outcome in {Outcome.SATISFIED, Outcome.UNREACHABLE}:
        follow_up.outcome = follow_up.ended_at = follow_up.ended_by = None
    elif follow_up.why is Why.UNSATISFIED or follow_up.outcome:
        return
    follow_up.why, follow_up.due_on = Why.UNSATISFIED, visit_by(book)


def end_by_objection(session: Session, case: Case) -> None:
    """End the follow-up of a case that its reporter is about to have opened again himself, or the
    sender of its order."""
    found = latest(session, case)
    if found is not None and found.outcome is None:
        found.end(Outcome.REOPENED, clock.now(), by=None)


def _why(session: Session, case: Case, book: Book) -> Why | None:
    if any(one.name in AGAIN for one in happened(session, case)):
        return Why.REOPENED
    # Nobody can ring who left nothing. Whether a case is drawn follows from its number under a key:
    # it can be counted again, and whoever handles it can't tell beforehand.
    share = book.campaign.follow_up.get("share", 0)
    reachable = case.identity is not Identity.ANONYMOUS
    lot = vault_of(session).intake_keys[0].digest("follow-up", case.number.encode())
    drawn = is_drawn(lot, share)
    return Why.DRAWN if reachable and drawn else None
