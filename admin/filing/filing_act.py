"""Filing a case that is over (归档): one person takes the locked file, another its passphrase. Only
the record with the file's digest stays here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.desk.hand import Hand, check_decides, decider_of
from admin.filing.contents import contents_of
from admin.filing.filing import Filing
from admin.hand_over.locking import Meant, NoPassphrase, latest, lock, unlock
from admin.hand_over.package import Package, Purpose
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.referral import RUNNING, Referral
from intake.objection import objects_until
from intake.referred import referrals_of
from intake.rules.lifecycle import MoveNotAllowed
from portal.campaign.book import Book
from portal.foundation import clock


class NotYet(Exception):
    """The reporter may still object, or a body still has a part of it: whoever files it all the
    same has to say so."""


@dataclass(frozen=True)
class Open:
    """What isn't over about a case that is: until when its reporter may object, and what a body
    hasn't ended."""

    objects_until: date | None
    referrals: Sequence[Referral]

    def __bool__(self) -> bool:
        return self.objects_until is not None or bool(self.referrals)


def still_open(session: Session, case: Case, book: Book) -> Open:
    """What speaks against filing a case now."""
    running = [one for one in referrals_of(session, case) if one.state in RUNNING]
    return Open(objects_until(session, case, book), running)


def take_file(
    session: Session, case: Case, hand: Hand, *, all_the_same: bool = False
) -> tuple[Package, bytes]:
    """Lock everything about a case into a file. One that was taken before is worthless from then
    on, unless it was filed.

    Raises:
        SomebodyWasFaster: see there.
        MoveNotAllowed: the actor doesn't decide about the case, or it isn't over.
        NotYet: see there; `all_the_same` files it nevertheless.
    """
    check_decides(session, case, hand, "file")
    if case.state.is_open:
        raise MoveNotAllowed("file")
    if still_open(session, case, hand.book) and not all_the_same:
        raise NotYet(case.number)
    files = contents_of(session, case, hand)
    meant = Meant(decider_of(session, case, hand.book), Purpose.FILING)
    package, content = lock(session, case, files, meant, by=hand.access.staff_id)
    session.add(
        Filing(
            case_id=case.id,
            package_id=package.id,
            taken_on=clock.today(),
            sha256=hashlib.sha256(content).digest(),
            files=len(files),
        )
    )
    return package, content


def read_passphrase(session: Session, case: Case, hand: Hand) -> tuple[Package, str]:
    """The passphrase of the last file, once, for somebody who didn't take it. With that the case is
    filed.

    Raises:
        SomebodyWasFaster, SamePerson: see there.
        MoveNotAllowed: the actor doesn't decide about the case, it is open again, or nobody took a
            file.
    """
    check_decides(session, case, hand, "file")
    package = latest(session, case.id, Purpose.FILING)
    if package is None or case.state.is_open:
        raise MoveNotAllowed("file")
    try:
        passphrase = unlock(session, package, by=hand.access.staff_id)
    except NoPassphrase as gone:
        raise MoveNotAllowed("file") from gone
    filing = session.scalars(select(Filing).where(Filing.package_id == package.id)).one()
    filing.filed_on = clock.today()
    facts = {"package": package.number, "sha256": filing.sha256.hex()}
    record(session, "filed", case_id=case.id, by=hand.access.staff_id, **facts)
    return package, passphrase
