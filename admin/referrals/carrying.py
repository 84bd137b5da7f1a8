"""Carrying a referral to a body without an account here (专人送达): one person takes the locked
file, another its passphrase; when both have arrived, the day is noted."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from admin.desk.hand import Hand, decider_of
from admin.hand_over.contents import Addressed, as_file, contents_of
from admin.hand_over.locking import Meant, NoPassphrase, latest, lock, unlock
from admin.hand_over.package import Package, Purpose
from admin.referrals import referral_text
from admin.referrals.bodies import level_name
from admin.referrals.deciding import check, check_seen, hand_over
from admin.referrals.following import DayIsWrong
from intake.cases.case import Case
from intake.cases.referral import Referral, ReferralState
from intake.cases.referral_text import ReferralTextKind
from intake.rules.lifecycle import MoveNotAllowed
from intake.vault.holders import opener_of
from portal.foundation import clock, formats

_ON_ITS_WAY = frozenset({ReferralState.DECIDED})


def take_file(
    session: Session, case: Case, referral: Referral, hand: Hand
) -> tuple[Package, bytes]:
    """Lock what is referred into a file for the body: why, what the reporter wrote and was told,
    and his contact where that was decided. An earlier file is worthless from then on.

    Raises:
        SomebodyWasFaster, MoveNotAllowed: see there.
    """
    check_seen(session, case, referral, hand, _ON_ITS_WAY)
    opener = opener_of(decider_of(session, case, hand.book), sealed=case.sealed)
    addressed = Addressed(
        unit=referral.unit_code,
        opener=opener,
        with_contact=referral.with_contact,
        more={"移送的理由.txt": as_file(_reason(session, referral, hand, opener))},
    )
    files = contents_of(session, case, hand.book, addressed)
    meant = Meant(referral.unit_code, Purpose.REFERRAL, referral)
    return lock(session, case, files, meant, by=hand.access.staff_id)


def read_passphrase(session: Session, case: Case, referral: Referral, hand: Hand) -> str:
    """The passphrase of the last file, once, for somebody who didn't take it.

    Raises:
        SomebodyWasFaster, MoveNotAllowed, SamePerson: see there.
    """
    check(session, case, referral, hand, _ON_ITS_WAY)
    package = package_of(session, referral)
    if package is None:
        raise MoveNotAllowed("refer")
    try:
        return unlock(session, package, by=hand.access.staff_id)
    except NoPassphrase as gone:
        raise MoveNotAllowed("refer") from gone


def note_delivery(
    session: Session, case: Case, referral: Referral, hand: Hand, *, on: date, receipt: str
) -> None:
    """Note on which Shanghai day both halves had reached the body, and under which number it keeps
    the matter. From then on the case is marked as referred.

    Raises:
        SomebodyWasFaster, MoveNotAllowed: see there.
        DayIsWrong: nothing arrives before somebody took it, nor on a day that is still to come.
    """
    check(session, case, referral, hand, _ON_ITS_WAY)
    package = package_of(session, referral)
    if package is None or package.opened_at is None:
        raise MoveNotAllowed("refer")
    if not clock.day_of(package.opened_at) <= on <= clock.today():
        raise DayIsWrong(on)
    package.delivered_by, package.delivered_on = hand.access.staff_id, on
    if receipt.strip():
        referral_text.write(session, case, referral, hand, ReferralTextKind.RECEIPT, receipt)
    hand_over(session, case, referral, hand, on=on)


def package_of(session: Session, referral: Referral) -> Package | None:
    """The last package that was made for a referral."""
    return latest(session, referral.case_id, Purpose.REFERRAL, referral)


def _reason(session: Session, referral: Referral, hand: Hand, opener: str) -> str:
    texts = referral_text.read(session, referral, frozenset({opener}))
    said = [one.text for one in texts if one.kind is ReferralTextKind.REASON]
    return "\n".join(
        [
            f"涉及的人：{level_name(hand.book, referral.level)}",
            f"认定的日子：{formats.day_with_year(referral.found_on)}",
            "",
            *said,
        ]
    )
