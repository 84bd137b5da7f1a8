"""Extensions (延期): asked for before the date, agreed to by somebody else, told to the reporter
with the reason (信访工作条例 34, 政府信息公开条例 33)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from admin.desk import proposing
from admin.desk.hand import Hand, settle, write
from admin.desk.proposal import What
from admin.desk.proposing import Wanted
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.dates import clocks_of, happened
from intake.outbox.notices import Occasion
from intake.outbox.queue_notice import queue_notice
from intake.rules.clocks import Running
from intake.rules.lifecycle import MoveNotAllowed
from portal.campaign.book import Book
from portal.foundation import clock, formats


@dataclass(frozen=True)
class Extendable:
    """A clock that may be given more time: by how many days at most, in its own unit, and until
    when (a Shanghai day) that has to be decided."""

    clock: str
    most: int
    in_working_days: bool
    due_on: date

    @property
    def unit(self) -> str:
        """The unit of its days, in words."""
        return "个工作日" if self.in_working_days else "天"


def extendable(session: Session, case: Case, book: Book) -> Extendable | None:
    """The clock of a case that may be extended now: one that runs, isn't over, and wasn't extended
    before."""
    running = clocks_of(book, case.kind, case.identity, happened(session, case))
    found = (_may_be(one, case, book) for one in running)
    return next((one for one in found if one), None)


def propose_extension(session: Session, case: Case, hand: Hand, *, days: int, reason: str) -> None:
    """Ask for more time, in the clock's own days; the reason is what the reporter will read.

    Raises:
        MoveNotAllowed: no clock of the case may be extended, or not by so many days.
    """
    found = _extendable_by(session, case, hand, days)
    wanted = Wanted(What.EXTENSION, clock=found.clock, days=days)
    proposing.propose(session, case, hand, wanted, reason=reason)


def extend(session: Session, case: Case, hand: Hand) -> None:
    """Agree to an extension before the date is over; the reporter reads until when, and why.

    Raises:
        MoveNotAllowed: nothing is proposed, or the date is over.
        NeedsSecondPerson: the actor proposed it himself.
    """
    proposal = proposing.to_decide(session, case, hand, What.EXTENSION)
    days = proposal.days or 0
    found = _extendable_by(session, case, hand, days)
    reason = proposing.agree(session, case, hand, proposal).text
    by = hand.access.staff_id
    record(session, "extended", case_id=case.id, by=by, clock=found.clock, days=days)
    settle(session, case, hand)
    until = _date_of(found.clock, session, case, hand.book)
    told = f"这件要多用{days}{found.unit}，最晚{formats.day(until)}。{reason}"
    write(session, case, hand, MessageKind.NOTICE, told)
    queue_notice(session, case, Occasion.EXTENDED, on=until)


def _may_be(one: Running, case: Case, book: Book) -> Extendable | None:
    rules = [r for r in book.limits_for(case.kind) if r.clock == one.clock and r.extension]
    over = one.working.due_on < clock.today()
    if not rules or over or one.working.extended_by:
        return None
    most = max(rule.extension or 0 for rule in rules)
    return Extendable(one.clock, most, one.working.in_working_days, one.working.due_on)


def _extendable_by(session: Session, case: Case, hand: Hand, days: int) -> Extendable:
    found = extendable(session, case, hand.book)
    if found is None or not 1 <= days <= found.most:
        raise MoveNotAllowed("extend")
    return found


def _date_of(name: str, session: Session, case: Case, book: Book) -> date:
    running = clocks_of(book, case.kind, case.identity, happened(session, case))
    return next(one.working.due_on for one in running if one.clock == name)
