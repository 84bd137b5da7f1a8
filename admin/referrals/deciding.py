"""Deciding about a referral (移送): somebody finds that a matter is another body's, and somebody
else agrees or doesn't.

The case goes on: its unit, its dates and its answer stay as they are. Until the body has it, nobody
but who decides knows of it.
"""

from __future__ import annotations

import secrets
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from admin.desk.hand import (
    Hand,
    NeedsSecondPerson,
    SomebodyWasFaster,
    UnitIsBarred,
    check_decides,
    decider_of,
)
from admin.referrals import referral_text
from admin.referrals.bodies import bodies, has_account, levels
from admin.referrals.reminding import next_reminder
from intake import correspondence, referred
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.referral import RUNNING, WITH_THE_BODY, Referral, ReferralState
from intake.cases.referral_text import ReferralTextKind
from intake.dates import set_dates
from intake.rules.lifecycle import MoveNotAllowed, State
from portal.foundation import clock

_KEY_BYTES = 4


@dataclass(frozen=True)
class Matter:
    """What is to be referred: whom it concerns, to which body, why, and whether the body learns how
    the reporter can be reached."""

    level: str
    unit: str
    reason: str
    with_contact: bool = False


def may_find(case: Case, book_has_levels: bool) -> bool:
    """Whether anything of a case may be referred. A withdrawn one isn't: its reporter was told that
    nobody handles it any more."""
    return book_has_levels and case.state is not State.WITHDRAWN


def find(session: Session, case: Case, hand: Hand, matter: Matter) -> Referral:
    """Find that a matter is for another body (认定归有权机关管); with it begins the clock to refer
    it. Nobody else learns of it before a second person has agreed.

    Raises:
        SomebodyWasFaster, NeedsText: see there.
        MoveNotAllowed: the actor doesn't decide about the case, it was withdrawn, the campaign
            doesn't know the level or the body, or the body has it already.
        UnitIsBarred: the case accuses that body.
    """
    check_decides(session, case, hand, "refer")
    known = matter.level in {one.code for one in levels(hand.book)}
    if not may_find(case, known) or matter.unit not in bodies(hand.book):
        raise MoveNotAllowed("refer")
    if matter.unit in {one.unit_code for one in _running(session, case)}:
        raise MoveNotAllowed("refer")
    if matter.unit in correspondence.accused_in(session, case):
        raise UnitIsBarred(matter.unit)
    found = _open(session, case, hand, matter)
    referral_text.write(session, case, found, hand, ReferralTextKind.REASON, matter.reason)
    _tell(session, "found", case, found, hand)
    set_dates(session, case, hand.book)
    return found


def refuse(session: Session, case: Case, referral: Referral, hand: Hand, *, reason: str) -> None:
    """Decide that a matter stays here (不移送).

    Raises:
        SomebodyWasFaster, MoveNotAllowed, NeedsText: see there.
    """
    check(session, case, referral, hand, {ReferralState.PROPOSED, ReferralState.DECIDED})
    referral_text.write(session, case, referral, hand, ReferralTextKind.REFUSAL, reason)
    referral.state = ReferralState.REFUSED
    _sign_with(referral, hand)
    _tell(session, "not_referred", case, referral, hand)
    set_dates(session, case, hand.book)


def agree(session: Session, case: Case, referral: Referral, hand: Hand) -> None:
    """Agree to a referral. A body that works here has the case at once, with the keys of what the
    reporter wrote and was told; to any other, and whatever is sealed, two people carry it.

    Raises:
        SomebodyWasFaster, MoveNotAllowed: see there.
        NeedsSecondPerson: the same person found it (行政执法机关移送涉嫌犯罪案件的规定 5 wants the
            approval of somebody above).
        UnitIsBarred: the case accuses the body meanwhile.
    """
    check(session, case, referral, hand, {ReferralState.PROPOSED})
    if referral.found_by == hand.access.staff_id:
        raise NeedsSecondPerson
    if referral.unit_code in correspondence.accused_in(session, case):
        raise UnitIsBarred(referral.unit_code)
    _sign_with(referral, hand)
    # What is sealed is held by no unit here: it leaves in a package only.
    referral.by_hand = case.sealed or not has_account(session, hand.book, referral.unit_code)
    if referral.by_hand:
        referral.state = ReferralState.DECIDED
        _tell(session, "referral_decided", case, referral, hand)
        return
    hand_over(session, case, referral, hand, on=clock.today())


def hand_over(session: Session, case: Case, referral: Referral, hand: Hand, *, on: date) -> None:
    """Note that a body has what was referred to it since a Shanghai day: the case is marked, and a
    body that works here reads it."""
    referral.state, referral.referred_on = ReferralState.REFERRED, on
    referral.remind_on = next_reminder(on, hand.book)
    _tell(session, "referred", case, referral, hand, on=on.isoformat())
    put_mark(session, case)
    correspondence.rewrap(session, case, hand.book)
    set_dates(session, case, hand.book)


def put_mark(session: Session, case: Case) -> None:
    """Let a case say whether any body has a part of it. It is all that its unit reads."""
    session.flush()
    marked = any(one.state in WITH_THE_BODY for one in referred.referrals_of(session, case))
    if marked is not case.referred:
        case.referred = marked
        case.version += 1
    session.flush()


def check(
    session: Session,
    case: Case,
    referral: Referral,
    hand: Hand,
    states: AbstractSet[ReferralState],
) -> None:
    """Refuse who hasn't seen the latest of a referral or doesn't decide about its case, and count
    its version on.

    Raises:
        SomebodyWasFaster, MoveNotAllowed: see there.
    """
    check_seen(session, case, referral, hand, states)
    referral.version += 1


def check_seen(
    session: Session,
    case: Case,
    referral: Referral,
    hand: Hand,
    states: AbstractSet[ReferralState],
) -> None:
    """The same for what changes nothing that its page shows. Raises as `check` does."""
    if referral.version != hand.version:
        raise SomebodyWasFaster(referral.key)
    decides = hand.access.decides(decider_of(session, case, hand.book))
    if not decides or referral.state not in states:
        raise MoveNotAllowed("refer")


def _running(session: Session, case: Case) -> list[Referral]:
    return [one for one in referred.referrals_of(session, case) if one.state in RUNNING]


def _open(session: Session, case: Case, hand: Hand, matter: Matter) -> Referral:
    found = Referral(
        key=f"YS{secrets.token_hex(_KEY_BYTES).upper()}",
        case_id=case.id,
        unit_code=matter.unit,
        level=matter.level,
        state=ReferralState.PROPOSED,
        by_hand=True,
        with_contact=matter.with_contact,
        found_by=hand.access.staff_id,
        found_on=clock.today(),
    )
    found.signature = referred.sign(session, case, found)
    session.add(found)
    session.flush()
    return found


def _sign_with(referral: Referral, hand: Hand) -> None:
    referral.decided_by, referral.decided_at = hand.access.staff_id, clock.now()


def _tell(
    session: Session, name: str, case: Case, referral: Referral, hand: Hand, **facts: str
) -> None:
    by = hand.access.staff_id
    record(session, name, case_id=case.id, by=by, referral=referral.key, **facts)
