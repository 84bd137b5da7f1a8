"""What somebody may do with a case now. What isn't allowed isn't shown: no grey buttons."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.desk.casework import acts_as_office, returns_to
from admin.desk.freeing import barred_by_words
from admin.desk.identity import may_open
from intake.cases.case import Case
from intake.cases.event import Event
from intake.correspondence import Letter
from intake.rules import lifecycle
from intake.rules.lifecycle import Actor
from portal.campaign.book import Book


def acts_allowed(
    session: Session, case: Case, access: Access, book: Book, draft: Letter | None
) -> frozenset[str]:
    """The names of the acts, as addresses spell them."""
    moves = {move.name for move in lifecycle.moves_from(case.state, access.actors(case))}
    if "return" in moves and returns_to(session, case, book) == case.unit_code:
        moves.discard("return")
    # Whoever wrote the draft can't release it, and without the words nobody can.
    if draft is None or draft.staff_id == access.staff_id:
        moves.discard("reply")
    found = moves | set(_beside_the_table(session, case, access, book))
    return frozenset(name.replace("_", "-") for name in found)


def _beside_the_table(session: Session, case: Case, access: Access, book: Book) -> Iterator[str]:
    """Acts that move nothing."""
    actors = access.actors(case)
    if actors:
        yield "note"
    if acts_as_office(session, case, access, book):
        yield "recuse"
        if barred_by_words(session, case):
            yield "lift_recusal"
        if case.is_tip_off and case.state.is_open and not _looked_at(session, case):
            yield "look"
    if Actor.OFFICE in actors and case.state.is_open:
        yield "withhold"
    if may_open(session, case, access):
        yield "identity"


def _looked_at(session: Session, case: Case) -> bool:
    looks = select(Event.seq).where(Event.case_id == case.id, Event.name == "looked")
    return session.scalars(looks.limit(1)).first() is not None
