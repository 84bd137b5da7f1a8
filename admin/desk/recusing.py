"""Recusal by the office (回避, 信访工作条例 30(3)): marking whom a case accuses, and taking back
what the rules barred where their reading of the words was too careful.

What the office says for it stays with the office: whoever handles the case next doesn't read that
he was taken for accused.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.desk.casework import end_assignment, pass_to
from admin.desk.hand import Hand, NeedsText, check_decides, decider_of, settle, write
from intake import correspondence
from intake.at_work import at_work
from intake.cases.assignment import Outcome
from intake.cases.bar import BY_RULES, Bar, BarSource
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.family import keep_alike
from intake.rules import recusal
from intake.rules.lifecycle import MoveNotAllowed, State
from intake.sealing_off import seal_off
from portal.foundation import clock


@dataclass(frozen=True)
class Accused:
    """Some units and some people."""

    units: frozenset[str] = frozenset()
    people: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.units or self.people)

    def __le__(self, other: Accused) -> bool:
        return self.units <= other.units and self.people <= other.people


def recuse(session: Session, case: Case, hand: Hand, accused: Accused, *, reason: str) -> None:
    """Mark a unit or a person as accused: it and all below it lose the case at once, keys included,
    and with it whatever came in the same message.

    Raises:
        MoveNotAllowed: the actor doesn't act for the office.
        NeedsText: nobody was marked, or no reason was given.
    """
    check_decides(session, case, hand, "recuse")
    if not accused:
        raise NeedsText
    write(session, case, hand, MessageKind.RULING, reason)
    bar(session, case, hand, accused)
    correspondence.rewrap(session, case, hand.book)
    settle(session, case, hand)


def lift_recusal(session: Session, case: Case, hand: Hand, freed: Accused, *, reason: str) -> None:
    """Say that the words don't accuse somebody: what the rules barred for it, and nothing else,
    ends.

    A bar that the reporter or a member of staff set stays.

    Raises:
        MoveNotAllowed: the actor doesn't act for the office, or no bar of the rules is there.
    """
    check_decides(session, case, hand, "lift_recusal")
    if not freed or not freed <= barred_by_rules(session, case):
        raise MoveNotAllowed("lift_recusal")
    write(session, case, hand, MessageKind.RULING, reason)
    free(session, case, hand, freed)
    correspondence.rewrap(session, case, hand.book)
    settle(session, case, hand)


def bar(session: Session, case: Case, hand: Hand, accused: Accused) -> None:
    """Bar units with everything below them, and people, from what one message brought, and move on
    what lies there. The keys of this case follow later, those of its relatives here."""
    there = _bars(session, case)
    people = accused.people | {one.staff_id for one in there if one.staff_id}
    named = accused.units | at_work(session).emptied_by(people)
    accused_before = {one.unit_code for one in there if one.source is not BarSource.REVIEW}
    units = recusal.barred_units(named, hand.book.below) - accused_before
    fresh = accused.people - {one.staff_id for one in there}
    for code in sorted(units):
        session.add(_bar(case, named=code in named, unit_code=code))
    for person in sorted(fresh):
        session.add(_bar(case, named=True, staff_id=person))
    session.flush()
    case.accusing = True
    facts = {"units": sorted(units), "staff": sorted(fresh), "source": "staff"}
    record(session, "barred", case_id=case.id, by=hand.access.staff_id, **facts)
    seal_off(session, case, hand.book)
    _move_on(session, case, hand)
    follow(session, case, hand)


def free(session: Session, case: Case, hand: Hand, freed: Accused) -> None:
    """End what the rules barred for some units and people, as far as nothing else bars the same;
    keys follow. Where the body that was accused decides again, it has the case back."""
    before = decider_of(session, case, hand.book)
    bars = _bars(session, case)
    named = {one.unit_code for one in bars if one.named and one.unit_code}
    still = recusal.barred_units(named - freed.units, hand.book.below)
    over = [
        one
        for one in bars
        if one.source in BY_RULES
        and (one.staff_id in freed.people if one.staff_id else one.unit_code not in still)
    ]
    for one in over:
        session.delete(one)
    session.flush()
    units = sorted(one.unit_code for one in over if one.unit_code)
    people = sorted(one.staff_id for one in over if one.staff_id)
    facts = {"units": units, "staff": people, "source": "staff"}
    record(session, "unbarred", case_id=case.id, by=hand.access.staff_id, **facts)
    # Only the words made an accusation of it: without any bar it is an ordinary case again.
    if len(over) == len([one for one in bars if one.source is not BarSource.RELATIVE]):
        case.accusing = case.is_tip_off
    seal_off(session, case, hand.book, lifts=True)
    follow(session, case, hand, lifts=True)
    _give_back(session, case, hand, before)


def follow(session: Session, case: Case, hand: Hand, *, lifts: bool = False) -> None:
    """Let the other parts of a message bar whom this one bars, and move them on; `lifts` says that
    somebody is barred no more."""
    for other in keep_alike(session, case, by=hand.access.staff_id):
        seal_off(session, other, hand.book, lifts=lifts)
        _move_on(session, other, hand)
        correspondence.rewrap(session, other, hand.book)
        if other is not case:
            settle(session, other, hand)


def barred_by_rules(session: Session, case: Case) -> Accused:
    """Whom only the rules barred, for what the words say."""
    found = [one for one in _bars(session, case) if one.named and one.source in BY_RULES]
    return Accused(
        frozenset(one.unit_code for one in found if one.unit_code),
        frozenset(one.staff_id for one in found if one.staff_id),
    )


def own_units(session: Session, case: Case) -> frozenset[str]:
    """The units that a case bars for what is said in it, and not for another part's sake."""
    own = (one for one in _bars(session, case) if one.source is not BarSource.RELATIVE)
    return frozenset(one.unit_code for one in own if one.unit_code)


def _move_on(session: Session, case: Case, hand: Hand) -> None:
    """Take a case from a unit that may not have it any more."""
    barred = correspondence.handling_of(session, case, hand.book).barred
    after = decider_of(session, case, hand.book)
    # The last body of the chain keeps what nobody else may see.
    if case.unit_code not in barred or case.unit_code == after:
        return
    record(session, "taken_away", case_id=case.id, unit=case.unit_code)
    _hand_to(session, case, hand, after)


def _give_back(session: Session, case: Case, hand: Hand, stood_in: str) -> None:
    """Give a case back to the body that may decide about it again, from the one in its stead."""
    after = decider_of(session, case, hand.book)
    if case.unit_code == stood_in != after:
        _hand_to(session, case, hand, after)


def _hand_to(session: Session, case: Case, hand: Hand, unit_code: str) -> None:
    end_assignment(session, case, Outcome.REASSIGNED)
    if case.state.is_open:
        case.state = State.RETURNED
    pass_to(session, case, hand, unit_code)


def _bars(session: Session, case: Case) -> list[Bar]:
    return list(session.scalars(select(Bar).where(Bar.case_id == case.id).order_by(Bar.id)))


def _bar(
    case: Case, *, named: bool, unit_code: str | None = None, staff_id: int | None = None
) -> Bar:
    return Bar(
        case_id=case.id,
        unit_code=unit_code,
        staff_id=staff_id,
        source=BarSource.STAFF,
        named=named,
        set_at=clock.now(),
    )
