"""Carrying a case to a body without an account: one person takes the locked file, another its
passphrase, and when both have arrived the day is noted. Neither reads what he carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.hand_over.contents import Addressed, contents_of
from admin.hand_over.hearing import waiting_cases
from admin.hand_over.locking import Meant, NoPassphrase, lock, unlock
from admin.hand_over.package import Package, Purpose
from intake import correspondence
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.dates import set_dates
from intake.vault.vault import vault_of
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.staff import Staff

_TOKEN_DIGITS = 16


class NothingToCarry(LookupError):
    """There is no such case or package, or not for this person: nobody is told which."""


class DayHasNotCome(Exception):
    """Nothing was delivered on a day that is still to come."""


@dataclass(frozen=True)
class Parcel:
    """One thing to be carried, as its carriers see it: no number of a case, nothing of what it is
    about. `token` names it in addresses; `package` is None where nobody took the file yet."""

    token: str
    unit_code: str
    waiting_since: date
    package: Package | None


def parcels(session: Session, staff: Staff, book: Book) -> list[Parcel]:
    """What this person may help to carry, the longest waiting first."""
    cases = session.scalars(
        select(Case).where(waiting_cases(session, staff, book)).order_by(Case.id)
    )
    return [
        Parcel(
            _tokens(session, case)[0], case.unit_code, case.registered_on, _latest(session, case)
        )
        for case in cases
    ]


def take_file(session: Session, token: str, staff: Staff, book: Book) -> tuple[Package, bytes]:
    """Lock the case into a file for the body that has it (密封包). A file that was taken before and
    not delivered is worth nothing any more: its passphrase is gone.

    Raises:
        NothingToCarry: see there.
    """
    case = _case(session, token, staff, book)
    files = contents_of(session, case, book, Addressed(case.unit_code, case.unit_code))
    return lock(session, case, files, Meant(case.unit_code), by=staff.id)


def read_passphrase(session: Session, number: str, staff: Staff, book: Book) -> str:
    """The passphrase of a package, once, for somebody who didn't take the file.

    Raises:
        NothingToCarry: there is no such package, or its passphrase was read before.
        SamePerson: see there.
    """
    package = _package(session, number, staff, book)
    try:
        return unlock(session, package, by=staff.id)
    except NoPassphrase as gone:
        raise NothingToCarry(number) from gone


def note_delivery(
    session: Session, number: str, staff: Staff, book: Book, *, on: date, receipt: str
) -> None:
    """Note on which Shanghai day both halves had reached the body, and what it gave for a receipt.
    From then on the reporter reads that a competent body has his case.

    Raises:
        NothingToCarry: there is no such package, or nobody has read its passphrase.
        DayHasNotCome: see there.
    """
    package = _package(session, number, staff, book)
    if package.opened_by is None:
        raise NothingToCarry(number)
    if on > clock.today():
        raise DayHasNotCome(on)
    package.delivered_by, package.delivered_on = staff.id, on
    case = session.get_one(Case, package.case_id, with_for_update=True)
    if receipt.strip():
        handling = correspondence.handling_of(session, case, book)
        box = correspondence.open_box(session, case, MessageKind.RULING.compartment, handling)
        text = f"收件单位的回执：{receipt.strip()}"
        correspondence.write(session, case, MessageKind.RULING, text, box=box, staff_id=staff.id)
    facts = {"package": number, "unit": package.unit_code}
    record(session, "handed_over", case_id=case.id, by=staff.id, **facts)
    case.version += 1
    set_dates(session, case, book)


def _case(session: Session, token: str, staff: Staff, book: Book) -> Case:
    """There are few such cases, so that each may be asked for its token."""
    wanted = select(Case).where(waiting_cases(session, staff, book)).order_by(Case.id)
    waiting = session.scalars(wanted.with_for_update())
    case = next((case for case in waiting if token in _tokens(session, case)), None)
    if case is None:
        raise NothingToCarry(token)
    return case


def _tokens(session: Session, case: Case) -> list[str]:
    stamps = vault_of(session).stamps("parcel", case.number)
    return [stamp[:_TOKEN_DIGITS] for stamp in stamps]


def _package(session: Session, number: str, staff: Staff, book: Book) -> Package:
    wanted = (
        select(Package)
        .join(Case, Case.id == Package.case_id)
        .where(
            Package.number == number,
            Package.purpose == Purpose.HAND_OVER,
            waiting_cases(session, staff, book),
        )
    )
    package = session.scalars(wanted.with_for_update(of=Package)).first()
    if package is None:
        raise NothingToCarry(number)
    return package


def _latest(session: Session, case: Case) -> Package | None:
    made = select(Package).where(
        Package.case_id == case.id,
        Package.unit_code == case.unit_code,
        Package.purpose == Purpose.HAND_OVER,
    )
    return session.scalars(made.order_by(Package.id.desc()).limit(1)).first()
