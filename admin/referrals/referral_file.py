"""One referral as its page shows it: what is written about it, and what may be done with it now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.desk.entries import names_of_staff
from admin.hand_over.package import Package
from admin.referrals import referral_text
from admin.referrals.bodies import level_name
from admin.referrals.carrying import package_of
from admin.referrals.referral_list import due_on
from admin.referrals.sight import Hat, find_referral, hats
from intake.cases.case import Case
from intake.cases.referral import Referral, ReferralState
from intake.cases.referral_text import ReferralTextKind
from portal.campaign.book import Book
from portal.foundation.formats import moment_day


@dataclass(frozen=True)
class Said:
    """One text about a referral, with who wrote it on which day."""

    title: str
    when: str
    who: str
    body: str


@dataclass(frozen=True)
class ReferralFile:
    """One referral, opened. `decides` and `is_finder` are the reader's own part in it; `took_file`
    tells that the passphrase isn't for him."""

    referral: Referral
    case: Case
    body: str
    level: str
    said: Sequence[Said]
    receipt: str
    due_on: date | None
    package: Package | None
    acts: frozenset[str]
    decides: bool
    is_finder: bool
    took_file: bool


def open_referral(session: Session, access: Access, book: Book, key: str) -> ReferralFile:
    """A referral for its page.

    Raises:
        NoSuchReferral: it doesn't exist, or not for this person.
    """
    referral, case = find_referral(session, access, book, key)
    mine = hats(session, access, book, case, referral)
    names, texts = names_of_staff(session), referral_text.read(session, referral, access.openers)
    package = package_of(session, referral) if Hat.DECIDES in mine else None
    receipts = [one.text for one in texts if one.kind is ReferralTextKind.RECEIPT]
    return ReferralFile(
        referral=referral,
        case=case,
        body=book.unit_name(referral.unit_code),
        level=level_name(book, referral.level),
        said=[
            Said(
                one.kind.official, moment_day(one.written_at), names.get(one.staff_id, ""), one.text
            )
            for one in texts
        ],
        receipt=receipts[-1] if receipts else "",
        due_on=due_on(referral, case.kind, book),
        package=package,
        acts=frozenset(_acts(referral, access, mine, package)),
        decides=Hat.DECIDES in mine,
        is_finder=referral.found_by == access.staff_id,
        took_file=bool(package and package.made_by == access.staff_id),
    )


def _acts(
    referral: Referral, access: Access, mine: frozenset[Hat], package: Package | None
) -> Iterator[str]:
    """What somebody may do with a referral now, as addresses spell it."""
    if referral.state is ReferralState.REFERRED and mine:
        yield from ("progress", "conclude", "return")
    if Hat.DECIDES not in mine:
        return
    if referral.state is ReferralState.REFERRED:
        yield "ask"
    if referral.state in {ReferralState.PROPOSED, ReferralState.DECIDED}:
        yield "refuse"
    if referral.state is ReferralState.PROPOSED and referral.found_by != access.staff_id:
        yield "agree"
    if referral.state is ReferralState.DECIDED:
        yield from _carrying(access, package)
    untold = referral.state is ReferralState.CONCLUDED and referral.told_on is None
    if untold and referral.concluded_by != access.staff_id:
        yield "tell"


def _carrying(access: Access, package: Package | None) -> Iterator[str]:
    yield "file"
    if package and package.passphrase is not None and package.made_by != access.staff_id:
        yield "passphrase"
    if package and package.opened_by is not None:
        yield "delivery"
