"""Cases that are handled together (并案): which wait with a lead, and taking one out again.

A merged case waits for the lead's reply, which is sent into each. It is taken out by whoever merged
it, and by the rules where its own reporter says more, or where the lead ends without a reply: what
somebody wrote is never lost in somebody else's case.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.merger import Merger
from intake.dates import set_dates
from intake.heeding import lay_before_decider
from intake.rules import lifecycle
from intake.rules.lifecycle import Actor, State
from portal.campaign.book import Book
from portal.foundation import clock

_RULES = frozenset({Actor.RULES})


def counted_as_merged() -> ColumnElement[bool]:
    """The condition under which a case counts as merged and as nothing else: its lead counts for
    it, however far it is."""
    running = select(Merger.id).where(Merger.case_id == Case.id, Merger.ended_at.is_(None))
    return running.exists()


def merger_of(session: Session, case: Case) -> Merger | None:
    """How a case is merged into another one; None where it isn't."""
    wanted = select(Merger).where(Merger.case_id == case.id, Merger.ended_at.is_(None))
    return session.scalars(wanted).first()


def led_by(session: Session, lead: Case, state: State = State.MERGED) -> list[Case]:
    """The cases in some state that are merged into this one."""
    wanted = (
        select(Case)
        .join(Merger, Merger.case_id == Case.id)
        .where(Merger.lead_id == lead.id, Merger.ended_at.is_(None), Case.state == state)
    )
    return list(session.scalars(wanted.order_by(Case.id)))


def part(session: Session, case: Case, campaign_book: Book, *, by: int | None = None) -> None:
    """Take a case out of what it is handled with, if it is: it is where it was before, with the
    dates that it would have had, at whoever decides if its unit was barred meanwhile."""
    merger = merger_of(session, case)
    if merger is None:
        return
    merger.ended_at, merger.ended_by = clock.now(), by
    record(session, "unmerged", case_id=case.id, by=by, merger=merger.key)
    if case.state is State.MERGED:
        move = lifecycle.check("unmerge", case.state, _RULES, case.kind)
        case.state = move.leads_to(merger.former_state)
        if case.unit_code != merger.unit_code:
            lay_before_decider(session, case, campaign_book)
    lead = session.get_one(Case, merger.lead_id)
    record(session, "parted", case_id=lead.id, by=by, merger=merger.key)
    lead.version += 1
    set_dates(session, lead, campaign_book)
    session.flush()


def part_all(session: Session, lead: Case, campaign_book: Book, *, by: int | None = None) -> None:
    """Take out every case that waits for a lead which will have no reply."""
    for case in led_by(session, lead):
        part(session, case, campaign_book, by=by)
        case.version += 1
        set_dates(session, case, campaign_book)
    session.flush()
