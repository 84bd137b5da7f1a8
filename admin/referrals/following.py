"""Following a referral (跟踪进展): what the body tells of it, what is asked, how it ended, and that
the reporter is told.

The body's own people tell it where they work here; else whoever decides about the case writes down
what he was told. None of it is a move of the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from admin.desk.hand import Hand, NeedsSecondPerson, SomebodyWasFaster, settle, write
from admin.referrals import referral_text
from admin.referrals.deciding import check, put_mark
from admin.referrals.reminding import next_reminder
from admin.referrals.sight import Hat, hats
from intake import correspondence
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.cases.referral import Referral, ReferralOutcome, ReferralState, Stage
from intake.cases.referral_text import ReferralTextKind
from intake.dates import set_dates
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation import clock


class DayIsWrong(ValueError):
    """Nothing ended before it was referred, nor on a day that is still to come."""


@dataclass(frozen=True)
class News:
    """How far a body is, and the number that it gave the matter."""

    stage: Stage
    words: str
    receipt: str = ""


@dataclass(frozen=True)
class Ended:
    """How a body ended a matter: what it found, on which Shanghai day, the yuan it recovered and
    paid back, how many people it punished."""

    outcome: ReferralOutcome
    on: date
    words: str
    recovered: Decimal | None = None
    refunded: Decimal | None = None
    punished: int | None = None


def tell_progress(session: Session, case: Case, referral: Referral, hand: Hand, news: News) -> None:
    """Write down how far the body is, and under which number it keeps the matter.

    Raises:
        SomebodyWasFaster, MoveNotAllowed, NeedsText: see there.
    """
    _check_follows(session, case, referral, hand)
    if news.receipt.strip():
        referral_text.write(session, case, referral, hand, ReferralTextKind.RECEIPT, news.receipt)
    said = f"{news.stage.official}。{news.words.strip()}"
    referral_text.write(session, case, referral, hand, ReferralTextKind.PROGRESS, said)
    referral.stage, referral.last_news_on = news.stage, clock.today()
    _begin_to_wait_again(referral, hand)
    _tell(session, "progress_told", case, referral, hand, stage=news.stage.value)


def ask_for_progress(
    session: Session, case: Case, referral: Referral, hand: Hand, *, words: str
) -> None:
    """Write down that somebody asked the body how far it is (催问), whom and how. A body that works
    here reads it.

    Raises:
        SomebodyWasFaster, MoveNotAllowed, NeedsText: see there.
    """
    check(session, case, referral, hand, {ReferralState.REFERRED})
    referral_text.write(session, case, referral, hand, ReferralTextKind.ASKED, words)
    referral.asked_on = clock.today()
    _begin_to_wait_again(referral, hand)
    _tell(session, "progress_asked", case, referral, hand)


def take_back(session: Session, case: Case, referral: Referral, hand: Hand, *, reason: str) -> None:
    """Note that a body sent a matter back, since it isn't its own; it loses the case at once.

    Raises:
        SomebodyWasFaster, MoveNotAllowed, NeedsText: see there.
    """
    _check_follows(session, case, referral, hand)
    referral_text.write(session, case, referral, hand, ReferralTextKind.RETURNED, reason)
    referral.state, referral.remind_on = ReferralState.RETURNED, None
    _tell(session, "referral_returned", case, referral, hand)
    put_mark(session, case)
    correspondence.rewrap(session, case, hand.book)
    set_dates(session, case, hand.book)


def conclude(session: Session, case: Case, referral: Referral, hand: Hand, ended: Ended) -> None:
    """Note how a body ended a matter (了结). With it begins the clock to tell a reporter who gave
    his name (检举控告工作规则).

    Raises:
        SomebodyWasFaster, MoveNotAllowed, NeedsText: see there.
        DayIsWrong: see there.
    """
    _check_follows(session, case, referral, hand)
    if not (referral.referred_on or clock.today()) <= ended.on <= clock.today():
        raise DayIsWrong(ended.on)
    referral_text.write(session, case, referral, hand, ReferralTextKind.OUTCOME, ended.words)
    referral.state, referral.remind_on = ReferralState.CONCLUDED, None
    referral.outcome, referral.concluded_on = ended.outcome, ended.on
    referral.concluded_by, referral.last_news_on = hand.access.staff_id, clock.today()
    referral.recovered, referral.refunded = ended.recovered, ended.refunded
    referral.punished = ended.punished
    _tell(session, "concluded", case, referral, hand, on=ended.on.isoformat())
    set_dates(session, case, hand.book)


def tell_result(
    session: Session, case: Case, referral: Referral, hand: Hand, *, words: str
) -> None:
    """Tell the reporter what became of a referral, also where his case was closed before. A second
    person does it, as with every answer to a tip-off.

    Raises:
        SomebodyWasFaster, MoveNotAllowed, NeedsText: see there.
        NeedsSecondPerson: the same person wrote down how it ended.
    """
    check(session, case, referral, hand, {ReferralState.CONCLUDED})
    if referral.told_on is not None:
        raise MoveNotAllowed("tell_result")
    if referral.concluded_by == hand.access.staff_id:
        raise NeedsSecondPerson
    write(session, case, hand, MessageKind.NOTICE, words)
    referral.told_on = clock.today()
    _tell(session, "result_told", case, referral, hand)
    settle(session, case, hand)


def _check_follows(session: Session, case: Case, referral: Referral, hand: Hand) -> None:
    """Refuse who neither decides about the case nor is of the body that has it."""
    if referral.version != hand.version:
        raise SomebodyWasFaster(referral.key)
    mine = hats(session, hand.access, hand.book, case, referral)
    if not mine & {Hat.DECIDES, Hat.HAS_IT} or referral.state is not ReferralState.REFERRED:
        raise MoveNotAllowed("refer")
    referral.version += 1


def _begin_to_wait_again(referral: Referral, hand: Hand) -> None:
    referral.reminded_on = None
    referral.remind_on = next_reminder(clock.today(), hand.book)


def _tell(
    session: Session, name: str, case: Case, referral: Referral, hand: Hand, **facts: str
) -> None:
    by = hand.access.staff_id
    record(session, name, case_id=case.id, by=by, referral=referral.key, **facts)
