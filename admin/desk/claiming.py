"""Who of a unit handles a case: an officer takes it on (经办), or the head gives it to one, so that
colleagues see who has it. Taking on isn't signing for. Whoever has an interest in the matter steps
aside and sees the case no more (信访工作条例, 回避).

A case that goes to another unit is nobody's there; `Case` itself sees to that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.desk.another_officer import (
    AnsweredBefore,
    check_is_another,
    leaves_it_to_others,
)
from admin.desk.hand import Hand, check_version, settle, write
from admin.desk.recusing import follow
from intake import correspondence
from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation import clock
from portal.foundation.staff import AT_A_DESK, Post, Staff


@dataclass(frozen=True)
class Taken:
    """Who has taken a case on, and whether he still sits at that unit's desk."""

    name: str
    still_here: bool


class SomebodyHasIt(Exception):
    """A colleague has taken the case on; `staff_id` says who."""

    def __init__(self, staff_id: int) -> None:
        super().__init__(staff_id)
        self.staff_id = staff_id


class NobodyElse(Exception):
    """Nobody else of the unit could handle the case; it has to go back to the office."""


class CantHandleIt(Exception):
    """This colleague isn't of the unit any more, or may not handle the case."""


def claim(session: Session, case: Case, hand: Hand) -> None:
    """Take a case of one's own unit on (我来办). Of two at once the later learns who was faster.

    Raises:
        SomebodyHasIt: a colleague who still works here has it.
        MoveNotAllowed: it lies with another unit, or is over, or one has it already.
        AnsweredBefore: see there.
    """
    _check_desk(case, hand, "claim")
    has_it = case.claimed_by
    if has_it == hand.access.staff_id:
        raise MoveNotAllowed("claim")
    if has_it is not None and has_it in colleagues(session, case.unit_code):
        raise SomebodyHasIt(has_it)
    check_version(case, hand)
    check_is_another(session, case, hand.access)
    _give(session, case, hand, hand.access.staff_id)


def hand_to(session: Session, case: Case, hand: Hand, staff_id: int) -> None:
    """Let the unit's head give a case to a colleague.

    Raises:
        MoveNotAllowed: the actor isn't the head of the unit that has it, or it is over.
        CantHandleIt, AnsweredBefore: see there.
    """
    check_version(case, hand)
    if not case.state.is_open or case.unit_code not in hand.access.heads:
        raise MoveNotAllowed("hand_to")
    if staff_id not in colleagues(session, case.unit_code) or _is_barred(session, case, staff_id):
        raise CantHandleIt(staff_id)
    if leaves_it_to_others(session, case, staff_id):
        raise AnsweredBefore(staff_id)
    _give(session, case, hand, staff_id)


def step_aside(session: Session, case: Case, hand: Hand, *, reason: str) -> None:
    """Stop handling a case that one took on (我不办了); the unit keeps it.

    Raises:
        MoveNotAllowed: one didn't take it on.
    """
    check_version(case, hand)
    if case.claimed_by != hand.access.staff_id:
        raise MoveNotAllowed("step_aside")
    write(session, case, hand, MessageKind.REASON, reason)
    _let_go(session, case, hand)
    settle(session, case, hand)


def recuse_oneself(session: Session, case: Case, hand: Hand, *, reason: str) -> None:
    """Step aside for an interest in the matter, whoever has taken it on: the actor sees the case
    and what came with it no more, his colleagues go on. It accuses nobody.

    Raises:
        MoveNotAllowed: it lies with another unit, or is over.
        NobodyElse: see there.
    """
    check_version(case, hand)
    _check_desk(case, hand, "step_aside")
    person = hand.access.staff_id
    others = colleagues(session, case.unit_code).keys() - {person}
    if not any(not _is_barred(session, case, one) for one in others):
        raise NobodyElse
    write(session, case, hand, MessageKind.REASON, reason)
    if case.claimed_by == person:
        _let_go(session, case, hand)
    session.add(
        Bar(
            case_id=case.id,
            staff_id=person,
            source=BarSource.STAFF,
            named=True,
            set_at=clock.now(),
        )
    )
    session.flush()
    facts = {"units": [], "staff": [person], "source": BarSource.STAFF.value}
    record(session, "barred", case_id=case.id, by=person, **facts)
    follow(session, case, hand)
    correspondence.rewrap(session, case, hand.book)
    settle(session, case, hand)


def taken(session: Session, case: Case) -> Taken | None:
    """Who has taken a case on; None where nobody has."""
    if case.claimed_by is None:
        return None
    here = case.claimed_by in colleagues(session, case.unit_code)
    return Taken(names_of(session, [case.claimed_by])[case.claimed_by], here)


def colleagues(session: Session, unit_code: str) -> dict[int, str]:
    """Who sits at a unit's desk now, by id, in the order of their names."""
    rows = session.execute(
        select(Staff.id, Staff.display_name)
        .where(
            Staff.active,
            Staff.posts.any((Post.unit_code == unit_code) & Post.role.in_(AT_A_DESK)),
        )
        .order_by(Staff.display_name, Staff.id)
    )
    return {row.id: row.display_name for row in rows}


def names_of(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """What some people are called."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    rows = session.execute(select(Staff.id, Staff.display_name).where(Staff.id.in_(wanted)))
    return {row.id: row.display_name for row in rows}


def _check_desk(case: Case, hand: Hand, act: str) -> None:
    if not case.state.is_open or case.unit_code not in hand.access.desks:
        raise MoveNotAllowed(act)


def _give(session: Session, case: Case, hand: Hand, staff_id: int) -> None:
    case.claimed_by = staff_id
    record(session, "claimed", case_id=case.id, by=hand.access.staff_id, staff=staff_id)
    settle(session, case, hand)


def _let_go(session: Session, case: Case, hand: Hand) -> None:
    case.claimed_by = None
    record(session, "let_go", case_id=case.id, by=hand.access.staff_id)


def _is_barred(session: Session, case: Case, staff_id: int) -> bool:
    """Whether a person may not see the case: himself, or for a unit that he serves besides."""
    units = select(Post.unit_code).where(Post.staff_id == staff_id)
    bars = select(Bar.id).where(
        Bar.case_id == case.id, (Bar.staff_id == staff_id) | Bar.unit_code.in_(units)
    )
    return session.scalars(bars.limit(1)).first() is not None
