"""What officials do with a case, one function for each move of the life-cycle table, and what moves
nothing: a look, a note, an extract.

Every act takes the version of the case that its writer saw and refuses when somebody was faster.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.desk.another_officer import check_is_another
from admin.desk.formal_answer import check_answered_formally
from admin.desk.gaps import check_no_gaps
from admin.desk.hand import (
    Hand,
    NeedsSecondPerson,
    UnitIsBarred,
    check_decides,
    check_version,
    decider_of,
    move,
    settle,
    write,
)
from admin.desk.together import Answer, answer_together, close_together
from intake import correspondence, follow_ups
from intake.attachments.stored_file import StoredFile
from intake.cases.assignment import Assignment, Manner, Outcome
from intake.cases.case import Case
from intake.cases.event import Event, record
from intake.cases.message import Message, MessageKind
from intake.outbox.notices import Occasion
from intake.outbox.queue_notice import queue_notice
from intake.rules.lifecycle import Actor, MoveNotAllowed, State
from portal.foundation import clock


def give(
    session: Session,
    case: Case,
    hand: Hand,
    unit_code: str,
    *,
    manner: Manner = Manner.ASSIGN,
    actors: frozenset[Actor] | None = None,
) -> None:
    """Give a case to a unit (交办、转办); keys and dates follow, and whoever had it loses it with
    them. `actors` are the hats that the actor wore before the same ruling changed who decides.

    Raises:
        UnitIsBarred: the case accuses that unit.
        MoveNotAllowed: a tip-off is never transferred.
    """
    if unit_code in correspondence.handling_of(session, case, hand.book).barred:
        raise UnitIsBarred(unit_code)
    by_rule = {"responsibility": None} if manner is Manner.ASSIGN else {}
    move(session, case, hand, manner, actors, unit=unit_code, **by_rule)
    end_assignment(session, case, Outcome.REASSIGNED)
    case.unit_code, case.reminded_at = unit_code, None
    session.add(
        Assignment(
            case_id=case.id,
            unit_code=unit_code,
            staff_id=hand.access.staff_id,
            assigned_at=clock.now(),
            manner=manner,
        )
    )


def sign_for(session: Session, case: Case, hand: Hand) -> None:
    """Sign for a case (签收): the unit has it and looks at it."""
    move(session, case, hand, "sign_for", unit=case.unit_code)
    settle(session, case, hand)


def accept(session: Session, case: Case, hand: Hand, *, route: str = "") -> None:
    """Accept a case (受理, 信访工作条例 23); a petition by one of the routes of article 31."""
    move(session, case, hand, "accept", unit=case.unit_code)
    if route:
        record(session, "route_chosen", case_id=case.id, by=hand.access.staff_id, route=route)
    settle(session, case, hand)


def draft_reply(
    session: Session, case: Case, hand: Hand, text: str, *, files: Sequence[StoredFile] = ()
) -> None:
    """Draft a reply (拟答复) with its files; the reporter reads nothing of it yet.

    Raises:
        AnsweredBefore, GapsLeft: see there.
    """
    check_version(case, hand)
    check_is_another(session, case, hand.access)
    check_no_gaps(text)
    write(session, case, hand, MessageKind.DRAFT, text, files)
    move(session, case, hand, "draft", unit=case.unit_code)
    settle(session, case, hand)


def send_back(session: Session, case: Case, hand: Hand, *, reason: str) -> None:
    """Send a draft back to its writer, with the reason."""
    write(session, case, hand, MessageKind.REASON, reason)
    move(session, case, hand, "send_back", unit=case.unit_code)
    settle(session, case, hand)


def sign_reply(session: Session, case: Case, hand: Hand) -> None:
    """Sign a draft (审签) that the office reviews too: of a tip-off or a petition.

    Raises:
        NeedsSecondPerson: the same person wrote it.
    """
    _check_not_its_writer(session, case, hand)
    move(session, case, hand, "sign", unit=case.unit_code)
    settle(session, case, hand)


def send_reply(session: Session, case: Case, hand: Hand) -> None:
    """Release the draft and its files to the reporter, and to those whose cases are merged into
    this one: the head of the unit, or the office where it reviews too; never its writer.

    Raises:
        NeedsSecondPerson: the same person wrote it, or signed it in the stead of the unit's head.
        NeedsDocument: the law wants a formal answer, and none was issued.
    """
    _check_not_its_writer(session, case, hand)
    if case.state is State.REVIEWED and signed_for_head(session, case, hand):
        raise NeedsSecondPerson
    check_answered_formally(session, case)
    letters = correspondence.read_as_unit(session, case, hand.access.openers, [MessageKind.DRAFT])
    answer = Answer.of(letters[-1])
    name = "release" if case.state is State.REVIEWED else "reply"
    move(session, case, hand, name, unit=case.unit_code)
    write(session, case, hand, MessageKind.REPLY, answer.text, answer.files)
    queue_notice(session, case, Occasion.REPLIED)
    answer_together(session, case, hand, answer)
    settle(session, case, hand)


def signed_for_head(session: Session, case: Case, hand: Hand) -> bool:
    """Whether somebody of the body that decides signed a draft in the stead of the unit's head; he
    can't look it through for that body too. Where it has the case itself, two of its people do
    everything."""
    if case.unit_code == decider_of(session, case, hand.book):
        return False
    signed = select(Event.staff_id).where(Event.case_id == case.id, Event.name == "reviewed")
    last = session.scalars(signed.order_by(Event.seq.desc()).limit(1)).first()
    return last == hand.access.staff_id


def close(session: Session, case: Case, hand: Hand) -> None:
    """Close a case that was answered (办结), and what was answered with it; each reporter is asked
    how it went."""
    move(session, case, hand, "close", unit=case.unit_code)
    follow_ups.begin(session, case, hand.book)
    queue_notice(session, case, Occasion.CLOSED)
    close_together(session, case, hand)
    settle(session, case, hand)


def look(session: Session, case: Case, hand: Hand) -> None:
    """The office's first look at a tip-off (two working days, our promise).

    Raises:
        MoveNotAllowed: it is no tip-off, or the actor doesn't act for the office.
    """
    check_decides(session, case, hand, "look")
    if not case.is_tip_off:
        raise MoveNotAllowed("look")
    record(session, "looked", case_id=case.id, by=hand.access.staff_id)
    settle(session, case, hand)


def looked_at(session: Session, case: Case) -> bool:
    """Whether the office has looked at a tip-off."""
    looks = select(Event.seq).where(Event.case_id == case.id, Event.name == "looked")
    return session.scalars(looks.limit(1)).first() is not None


def note(session: Session, case: Case, hand: Hand, text: str) -> None:
    """Write an internal note, for the unit and whoever decides; the reporter never reads it."""
    check_version(case, hand)
    write(session, case, hand, MessageKind.NOTE, text)
    record(session, "noted", case_id=case.id, by=hand.access.staff_id)
    settle(session, case, hand)


def withhold(session: Session, case: Case, hand: Hand, extract: str) -> None:
    """Give the units an extract instead of the words that would betray the writer; the original
    stays with the office.

    Raises:
        MoveNotAllowed: the actor isn't of the office.
    """
    check_decides(session, case, hand, "withhold")
    write(session, case, hand, MessageKind.EXTRACT, extract)
    case.withheld = True
    record(session, "withheld", case_id=case.id, by=hand.access.staff_id)
    correspondence.rewrap(session, case, hand.book)
    settle(session, case, hand)


def pass_to(session: Session, case: Case, hand: Hand, unit_code: str) -> None:
    """Put a case before the office; the body that stands in for it has it assigned, since nobody
    else could."""
    case.unit_code = unit_code
    if unit_code == hand.access.office_code or case.state is not State.RETURNED:
        return
    case.state = State.ASSIGNED
    session.add(Assignment(case_id=case.id, unit_code=unit_code, assigned_at=clock.now()))
    record(session, "assigned", case_id=case.id, unit=unit_code, responsibility=None)


def end_assignment(session: Session, case: Case, outcome: Outcome) -> None:
    """End the present unit's turn."""
    running = session.scalars(
        select(Assignment)
        .where(Assignment.case_id == case.id, Assignment.outcome.is_(None))
        .order_by(Assignment.id.desc())
    ).first()
    if running is not None:
        running.outcome = outcome


def _check_not_its_writer(session: Session, case: Case, hand: Hand) -> None:
    draft = session.scalars(
        select(Message)
        .where(Message.case_id == case.id, Message.kind == MessageKind.DRAFT)
        .order_by(Message.id.desc())
    ).first()
    if draft is None or draft.staff_id == hand.access.staff_id:
        raise NeedsSecondPerson
