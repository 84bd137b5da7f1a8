"""What somebody may do with a case now. What isn't allowed isn't shown: no grey buttons."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.desk.assisting import owed_by, running
from admin.desk.casework import looked_at
from admin.desk.hand import decider_of
from admin.desk.identity import may_open
from admin.desk.recusing import barred_by_rules
from intake.cases.case import Case
from intake.correspondence import Letter
from intake.rules import lifecycle
from portal.campaign.book import Book


def acts_allowed(
    session: Session, case: Case, access: Access, book: Book, draft: Letter | None
) -> frozenset[str]:
    """The names of the acts, as addresses spell them."""
    decider = decider_of(session, case, book)
    actors = access.actors(case, decider)
    moves = {move.name for move in lifecycle.moves_from(case.state, actors)}
    # The office gives a case to a unit where it sorts it.
    moves.discard("assign")
    if decider == case.unit_code:
        moves.discard("return")
    # Whoever wrote the draft can't release it, and without the words nobody can.
    if draft is None or draft.staff_id == access.staff_id:
        moves.discard("reply")
    found = moves | set(_beside_the_table(session, case, access, decider))
    return frozenset(name.replace("_", "-") for name in found)


def _beside_the_table(session: Session, case: Case, access: Access, decider: str) -> Iterator[str]:
    """Acts that move nothing, or more than a case's state."""
    owed = owed_by(session, case, access)
    if access.actors(case, decider) or owed:
        yield "note"
    if owed and case.state.is_open:
        yield from ("opinion", "refuse")
    if access.decides(decider):
        yield from _as_the_office(session, case)
    if may_open(session, case, access):
        yield "identity"


def _as_the_office(session: Session, case: Case) -> Iterator[str]:
    yield "recuse"
    if running(session, case):
        yield "drop_assistance"
    if barred_by_rules(session, case):
        yield "lift_recusal"
    if not case.state.is_open:
        return
    yield from ("sort", "split", "assist", "withhold")
    if case.is_tip_off and not looked_at(session, case):
        yield "look"
