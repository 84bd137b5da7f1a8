"""Asking others while a clock runs: the reporter, a third party, a hearing; and an applicant for a
correction of what he applied for (补正).

Whether the clock stops meanwhile, the campaign's time limits say, not these acts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from admin.desk.hand import Hand, actors_of, check_version, move, settle, write
from intake.attachments.stored_file import StoredFile
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.dates import happened, latest_limit, waits_for_correction
from intake.outbox.notices import Occasion
from intake.outbox.queue_notice import queue_notice
from intake.rules.lifecycle import Actor, MoveNotAllowed, State
from intake.rules.pauses import CAUSES
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation import clock, formats
from portal.foundation.staff import Staff

AT_WORK = frozenset({State.ASSIGNED, State.SIGNED_FOR, State.ACCEPTED, State.DRAFTED})
# In these the office releases what a unit says, so that nothing goes past it.
SEEN_BY_OFFICE = frozenset({Kind.TIP_OFF, Kind.PETITION})
_UNIT = frozenset({Actor.OFFICER, Actor.HEAD, Actor.OFFICE})


class NamesHandler(Exception):
    """Words to the writer of a tip-off name the unit or the person that has it."""


class WrongDay(Exception):
    """A day that can't be: not over yet, or before what it follows."""


def ask_reporter(
    session: Session, case: Case, hand: Hand, question: str, *, files: Sequence[StoredFile] = ()
) -> None:
    """Ask the reporter something; he reads it on his page, with its files, and answers there.

    Raises:
        SomebodyWasFaster, NeedsText: see there.
        MoveNotAllowed: the actor's unit hasn't the case, or it isn't in work.
        NamesHandler: nobody may learn from it who has a tip-off.
    """
    _check_at_work(session, case, hand, "ask")
    if case.kind is Kind.TIP_OFF and _names_handler(session, case, hand, question):
        raise NamesHandler
    write(session, case, hand, MessageKind.QUESTION, question, files)
    case.awaiting_reporter = True
    record(session, "reporter_asked", case_id=case.id, by=hand.access.staff_id)
    queue_notice(session, case, Occasion.ASKED)
    settle(session, case, hand)


def tell_reporter(session: Session, case: Case, hand: Hand, words: str) -> None:
    """Tell the reporter something that he needn't answer; no clock stands still for it.

    Raises:
        SomebodyWasFaster, NeedsText, MoveNotAllowed: as for a question; and where the office has to
            see what is sent.
    """
    _check_at_work(session, case, hand, "ask")
    if case.kind in SEEN_BY_OFFICE:
        raise MoveNotAllowed("tell")
    write(session, case, hand, MessageKind.NOTICE, words)
    record(session, "reporter_told", case_id=case.id, by=hand.access.staff_id)
    queue_notice(session, case, Occasion.TOLD)
    settle(session, case, hand)


def confirm_receipt(session: Session, case: Case, hand: Hand) -> None:
    """Confirm to an applicant that his application is received today; the law's days count from
    now (政府信息公开条例 31).

    Raises:
        MoveNotAllowed: it is no disclosure request, or its receipt was confirmed before.
    """
    _check_at_work(session, case, hand, "confirm_receipt")
    if case.kind is not Kind.DISCLOSURE_REQUEST or _has(session, case, "received"):
        raise MoveNotAllowed("confirm_receipt")
    today = clock.today()
    told = f"您的信息公开申请，{formats.day(today)}收到。答复的期限从这一天算起。"
    write(session, case, hand, MessageKind.NOTICE, told)
    record(session, "received", case_id=case.id, by=hand.access.staff_id, on=today.isoformat())
    settle(session, case, hand)


def may_ask_for_correction(session: Session, case: Case, book: Book) -> bool:
    """Whether an applicant may still be asked to correct his application: once, within the law's
    days from its receipt."""
    if case.kind is not Kind.DISCLOSURE_REQUEST or _has(session, case, "correction_asked"):
        return False
    events = happened(session, case)
    last = latest_limit(book, case.kind, "ask_correction", events)
    return last is not None and clock.today() <= last


def ask_for_correction(session: Session, case: Case, hand: Hand, *, what: str, until: date) -> None:
    """Ask an applicant, once, to correct what he applied for, until a Shanghai day; the clock
    starts anew on the day on which he does (政府信息公开条例 30).

    Raises:
        MoveNotAllowed: it is too late for it, or he was asked before.
        WrongDay: the day is over.
    """
    _check_at_work(session, case, hand, "ask_for_correction")
    if not may_ask_for_correction(session, case, hand.book):
        raise MoveNotAllowed("ask_for_correction")
    if until <= clock.today():
        raise WrongDay
    told = f"您的申请要补正，请在{formats.day(until)}前写在这里。{what.strip()}" if what else ""
    write(session, case, hand, MessageKind.QUESTION, told)
    case.awaiting_reporter = True
    facts = {"until": until.isoformat()}
    record(session, "correction_asked", case_id=case.id, by=hand.access.staff_id, **facts)
    queue_notice(session, case, Occasion.CORRECTION_ASKED, on=until)
    settle(session, case, hand)


def give_up(session: Session, case: Case, hand: Hand, *, reason: str) -> None:
    """End an application that wasn't corrected in time without a good reason (视为放弃,
    政府信息公开条例 30); the applicant reads why.

    Raises:
        MoveNotAllowed: no correction is waited for, or its day isn't over.
        NeedsText: see there.
    """
    check_version(case, hand)
    until = waits_for_correction(session, case)
    if until is None or clock.today() <= until:
        raise MoveNotAllowed("give_up")
    write(session, case, hand, MessageKind.NOTICE, reason)
    move(session, case, hand, "give_up", unit=case.unit_code)
    queue_notice(session, case, Occasion.GIVEN_UP)
    case.awaiting_reporter = False
    settle(session, case, hand)


def begin_pause(session: Session, case: Case, hand: Hand, cause: str, on: date) -> None:
    """Note the Shanghai day on which a third party was asked, or a hearing began.

    Raises:
        MoveNotAllowed: the case isn't in work, its time limits grant no such pause, or one runs.
        WrongDay: the day isn't there yet, or lies before the case.
    """
    _check_at_work(session, case, hand, cause)
    if cause not in pauses_granted(case, hand.book) or paused_since(session, case, cause):
        raise MoveNotAllowed(cause)
    if not case.registered_on <= on <= clock.today():
        raise WrongDay
    _note(session, case, hand, CAUSES[cause].begins, on)


def end_pause(session: Session, case: Case, hand: Hand, cause: str, on: date) -> None:
    """Note the Shanghai day on which a third party answered, or a hearing ended.

    Raises:
        MoveNotAllowed: the case isn't in work, or no such pause runs.
        WrongDay: the day isn't there yet, or lies before the pause.
    """
    _check_at_work(session, case, hand, cause)
    since = paused_since(session, case, cause)
    if since is None:
        raise MoveNotAllowed(cause)
    if not since <= on <= clock.today():
        raise WrongDay
    _note(session, case, hand, CAUSES[cause].ends, on)


def pauses_granted(case: Case, book: Book) -> frozenset[str]:
    """The causes for which a clock of a case may stand still."""
    return frozenset(rule.pause for rule in book.limits_for(case.kind) if rule.pause)


def paused_since(session: Session, case: Case, cause: str) -> date | None:
    """The Shanghai day since which a case waits for that; None: it doesn't."""
    since: date | None = None
    for one in happened(session, case):
        if one.name == CAUSES[cause].begins:
            since = one.on
        elif one.name == CAUSES[cause].ends:
            since = None
    return since


def _note(session: Session, case: Case, hand: Hand, event: str, on: date) -> None:
    record(session, event, case_id=case.id, by=hand.access.staff_id, on=on.isoformat())
    settle(session, case, hand)


def _names_handler(session: Session, case: Case, hand: Hand, words: str) -> bool:
    """Whether words name the unit that has a case, or whoever writes them. The office may say that
    it is the office: it looks at every tip-off."""
    unit, person = hand.book.units[case.unit_code], session.get_one(Staff, hand.access.staff_id)
    names = {person.display_name}
    if unit.code != hand.book.campaign.office_code:
        names |= {unit.name, unit.short_name, *unit.aliases}
    return any(name in words for name in names if len(name) > 1)


def _has(session: Session, case: Case, event: str) -> bool:
    return any(one.name == event for one in happened(session, case))


def _check_at_work(session: Session, case: Case, hand: Hand, act: str) -> None:
    check_version(case, hand)
    actors = actors_of(session, case, hand.access, hand.book)
    if case.state not in AT_WORK or not actors & _UNIT:
        raise MoveNotAllowed(act)
