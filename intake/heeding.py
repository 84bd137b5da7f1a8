"""Heeding what a reporter writes later: whoever is accused by it, or answered what is to be looked
at again, loses the case at once; the worker takes the keys."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import correspondence
from intake.at_work import at_work
from intake.cases.assignment import Assignment, Outcome
from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case, Channel
from intake.cases.event import record
from intake.chain import chain_of
from intake.dates import set_dates
from intake.family import keep_alike
from intake.rules import recusal
from intake.rules.lifecycle import State
from intake.sealing_off import seal_off
from intake.suspects import further_words
from portal.campaign.book import Book
from portal.foundation import clock


def heed(session: Session, case: Case, text: str, campaign_book: Book) -> None:
    """Bar whom more words accuse from the case, and from whatever came in the same message; and who
    answered, where they ask for another look at the answer (复查, 信访工作条例 35)."""
    asked = case.channel is not Channel.TEXT and not case.accusing
    said = further_words(text, campaign_book, case.unit_code, sure=asked)
    answered = {case.unit_code} if said.review and case.state is State.REPLIED else set()
    staff = at_work(session)
    case.accusing = case.accusing or bool(said.accused)
    people = staff.named_in(text) if case.accusing else frozenset()
    before = session.scalars(select(Bar).where(Bar.case_id == case.id)).all()
    already = {one.staff_id for one in before if one.staff_id}
    accused = said.accused | staff.emptied_by(people | already)
    units = dict.fromkeys(answered, BarSource.REVIEW) | dict.fromkeys(
        recusal.barred_units(accused, campaign_book.below), BarSource.WORDS
    )
    for one in before:
        # That a unit may not look again at its own answer doesn't say that it is accused.
        if one.source is not BarSource.REVIEW or units.get(one.unit_code or "") is one.source:
            units.pop(one.unit_code or "", None)
    people -= already
    if not units and not people:
        return
    for code, source in sorted(units.items()):
        session.add(_row(case, source, unit_code=code, named=code in accused | answered))
    for person in sorted(people):
        session.add(_row(case, BarSource.WORDS, staff_id=person, named=True))
    record(
        session,
        "barred",
        case_id=case.id,
        units=sorted(units),
        staff=sorted(people),
        source="supplement",
    )
    changed = keep_alike(session, case)
    move_on(session, case, campaign_book, decided=frozenset(answered))
    for other in changed:
        move_on(session, other, campaign_book)
        other.version += 1
        set_dates(session, other, campaign_book)


def _row(
    case: Case,
    source: BarSource,
    *,
    named: bool,
    unit_code: str | None = None,
    staff_id: int | None = None,
) -> Bar:
    return Bar(
        case_id=case.id,
        unit_code=unit_code,
        staff_id=staff_id,
        source=source,
        named=named,
        set_at=clock.now(),
    )


def move_on(
    session: Session, case: Case, campaign_book: Book, *, decided: frozenset[str] = frozenset()
) -> None:
    """Take the case from a unit that is barred now, seal it off where it accuses those who run the
    line, and leave its keys to the worker: whoever runs the public site can't open them to hand
    them on.

    The office decides again; where it is barred itself, the body in its stead gets the case as if
    assigned. What some unit has `decided`, a reviewer decides.
    """
    case.rewrap_due = True
    seal_off(session, case, campaign_book)
    barred = correspondence.handling_of(session, case, campaign_book).barred
    if case.unit_code not in barred:
        return
    running = session.scalars(
        select(Assignment).where(Assignment.case_id == case.id, Assignment.outcome.is_(None))
    )
    for assignment in running:
        assignment.outcome = Outcome.REASSIGNED
    left, chain = case.unit_code, chain_of(campaign_book)
    case.unit_code = (
        recusal.reviewer(decided, barred, campaign_book.above, chain)
        if decided
        else recusal.decider(barred, chain)
    )
    if not case.state.is_open:
        return
    record(session, "taken_away", case_id=case.id, unit=left)
    lay_before_decider(session, case, campaign_book)


def lay_before_decider(session: Session, case: Case, campaign_book: Book) -> None:
    """Have a case wait for whoever decides, who has it already; the body in the office's stead gets
    it as if assigned."""
    case.state = State.RETURNED
    if case.unit_code != campaign_book.campaign.office_code:
        case.state = State.ASSIGNED
        session.add(Assignment(case_id=case.id, unit_code=case.unit_code, assigned_at=clock.now()))
        record(session, "assigned", case_id=case.id, unit=case.unit_code, responsibility=None)
