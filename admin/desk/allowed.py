"""What somebody may do with a case now. What isn't allowed isn't shown: no grey buttons."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.desk import another_officer, asking, proposing
from admin.desk.assisting import owed_by, running
from admin.desk.casework import looked_at, signed_for_head
from admin.desk.extending import extendable
from admin.desk.hand import Hand, decider_of
from admin.desk.identity import may_open
from admin.desk.proposal import What
from admin.desk.recusing import barred_by_rules
from admin.desk.reporting_back import ASKABLE, owes_report
from admin.desk.returning import last_day_to_return
from admin.desk.verifying import may_ask, may_withdraw
from intake.cases.case import Case
from intake.correspondence import Letter
from intake.dates import happened, waits_for_correction
from intake.rules import lifecycle
from intake.rules.lifecycle import MOVES, Actor
from intake.verifying import running as questions
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation import clock

_UNIT = frozenset({Actor.OFFICER, Actor.HEAD})
# The pages of a pause: what begins it, what ends it.
_PAUSES = {
    "third_party": ("ask_third_party", "third_party_answered"),
    "hearing": ("begin_hearing", "end_hearing"),
}


def acts_allowed(
    session: Session, case: Case, access: Access, book: Book, draft: Letter | None
) -> frozenset[str]:
    """The names of the acts, as addresses spell them; none where nothing is left to act on."""
    if case.destroyed_on is not None:
        return frozenset()
    decider = decider_of(session, case, book)
    actors = access.actors(case, decider)
    found = set(_moves(session, case, access, book, draft))
    found |= set(_beside_the_table(session, case, access, decider))
    if actors & _UNIT and case.state.is_open:
        found |= set(_proposals(session, case, book))
    if actors & proposing.DECIDES:
        found |= set(_decisions(session, case, access))
    if actors and case.state in asking.AT_WORK:
        found |= set(_clocks(session, case, book))
    if actors & _UNIT and owes_report(session, case, book):
        found.add("report_back")
    if actors:
        found |= set(_verifications(session, case, _hand(case, access, book)))
    return frozenset(name.replace("_", "-") for name in found)


def _moves(
    session: Session, case: Case, access: Access, book: Book, draft: Letter | None
) -> Iterator[str]:
    """The moves of the table that have a page of their own name."""
    decider = decider_of(session, case, book)
    actors = access.actors(case, decider)
    moves = {move.name for move in lifecycle.moves_from(case.state, actors, case.kind)}
    # The office gives a case to a unit where it sorts it, and opens it again after a visit; to
    # decline takes a proposal first.
    moves -= {"assign", "transfer", "decline", "give_up", "reopen", "send_again"}
    if "draft" in moves and another_officer.leaves_it_to_others(session, case, access.staff_id):
        moves.discard("draft")
    if "return" in moves and not _may_return(session, case, book, decider):
        moves.discard("return")
    # Whoever wrote the draft can't release it, and without the words nobody can.
    if draft is None or draft.staff_id == access.staff_id:
        moves -= {"reply", "sign", "release"}
    if "release" in moves and signed_for_head(session, case, _hand(case, access, book)):
        moves.discard("release")
    if "accept" in moves and case.kind is Kind.PETITION:
        moves = moves - {"accept"} | {"accept_petition"}
    until = waits_for_correction(session, case)
    if until and until < clock.today() and actors & proposing.DECIDES:
        yield "give_up"
    yield from moves


def _may_return(session: Session, case: Case, book: Book, decider: str) -> bool:
    """Whether a case isn't where it would be returned to, its day isn't over, and no arbiter has
    said whose it is."""
    in_time = clock.today() <= last_day_to_return(session, case, book)
    return in_time and case.unit_code != decider and not case.arbitrated


def _proposals(session: Session, case: Case, book: Book) -> Iterator[str]:
    if extendable(session, case, book) and not proposing.pending(session, case, What.EXTENSION):
        yield "propose_extension"
    declinable = case.state in MOVES["decline"].sources
    if declinable and not proposing.pending(session, case, What.DECLINE):
        yield "propose_decline"


def _decisions(session: Session, case: Case, access: Access) -> Iterator[str]:
    """What somebody else proposed and this person may agree to."""
    names = {
        What.EXTENSION: ("extend", "refuse_extension"),
        What.DECLINE: ("decline", "refuse_decline"),
    }
    for what, acts in names.items():
        proposal = proposing.pending(session, case, what)
        if proposal and proposal.staff_id != access.staff_id and case.state.is_open:
            yield from acts


def _clocks(session: Session, case: Case, book: Book) -> Iterator[str]:
    """What stops a clock, starts it anew, or makes it run."""
    yield "ask"
    names = {one.name for one in happened(session, case)}
    if case.kind is Kind.DISCLOSURE_REQUEST and "received" not in names:
        yield "confirm_receipt"
    if asking.may_ask_for_correction(session, case, book):
        yield "ask_correction"
    for cause in asking.pauses_granted(case, book) & _PAUSES.keys():
        begins, ends = _PAUSES[cause]
        if cause == "hearing" and "review_asked" not in names:
            continue
        yield ends if asking.paused_since(session, case, cause) else begins


def _verifications(session: Session, case: Case, hand: Hand) -> Iterator[str]:
    if may_ask(session, case, hand):
        yield "verify"
    if questions(session, case) and may_withdraw(session, case, hand):
        yield "drop_verification"


def _hand(case: Case, access: Access, book: Book) -> Hand:
    return Hand(access, book, case.version)


def _beside_the_table(session: Session, case: Case, access: Access, decider: str) -> Iterator[str]:
    """Acts that move nothing, or more than a case's state."""
    owed = owed_by(session, case, access)
    mine = access.actors(case, decider)
    if mine or owed:
        yield "note"
    if owed and case.state.is_open:
        yield from ("opinion", "refuse")
    if mine and case.state.is_open and not case.urgent:
        yield "mark_urgent"
    if access.decides(decider):
        yield from _as_the_office(session, case, access)
    if may_open(session, case, access):
        yield "identity"


def _as_the_office(session: Session, case: Case, access: Access) -> Iterator[str]:
    yield "recuse"
    if running(session, case):
        yield "drop_assistance"
    if barred_by_rules(session, case):
        yield "lift_recusal"
    if case.urgent:
        yield "lift_urgency"
    if not case.state.is_open:
        return
    # Of a sealed case no other unit holds anything.
    yield from ("sort", "split") if case.sealed else ("sort", "split", "assist", "withhold")
    if case.unit_code not in access.desks:
        yield "remind"
        if case.state in ASKABLE:
            yield "ask_report"
    if case.is_tip_off and not looked_at(session, case):
        yield "look"
