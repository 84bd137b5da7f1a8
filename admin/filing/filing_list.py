"""What is to be filed, what is, and whether a file is the one that was: read only, and only of
cases that somebody decides about."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.filing.filing import Filing
from admin.hand_over.package import Package, Purpose
from admin.referrals.sight import decided_by
from intake.cases.case import Case
from intake.cases.event import IS_READING, Event
from intake.cases.referral import RUNNING, Referral
from intake.dates import as_happened
from intake.objection import last_day_to_object
from intake.rules.lifecycle import OPEN_STATES
from intake.rules.pauses import Happened
from portal.campaign.book import Book
from portal.foundation import clock

PAGE_SIZE = 30
MOST_COUNTED = 1000
_TO_FILE = re.compile(r"(\d{4}-\d{2}-\d{2})_([A-Z]{2}\d{8})", re.ASCII)
_FILED = re.compile(r"(\d{4}-\d{2}-\d{2})_(MF[0-9A-F]{8})", re.ASCII)


@dataclass(frozen=True)
class ToFile:
    """A case that is over. `objects_until` is None where nobody may object any more; `taken_by` has
    the file whose passphrase nobody has read."""

    case: Case
    objects_until: date | None
    referred: bool
    taken_by: int | None


@dataclass(frozen=True)
class Filed:
    """A case that was filed."""

    number: str
    package: str
    filed_on: date
    files: int
    sha256: str


@dataclass(frozen=True)
class Page:
    """A page of a list; `next` is where the following begins, empty where there is none."""

    rows: Sequence[ToFile | Filed]
    next: str


@dataclass(frozen=True)
class Checked:
    """A package that somebody brought, by its digest; `filed` is what is known of it."""

    sha256: str
    filed: Filed | None


def to_file(session: Session, access: Access, book: Book, after: str = "") -> Page:
    """The cases that are over and not filed since, those that came first on top."""
    wanted = select(Case).where(_waits(access, book))
    begin = _TO_FILE.fullmatch(after)
    if begin:
        at = tuple_(date.fromisoformat(begin[1]), begin[2])
        wanted = wanted.where(tuple_(Case.registered_on, Case.number) > at)
    ordered = wanted.order_by(Case.registered_on, Case.number).limit(PAGE_SIZE + 1)
    cases = session.scalars(ordered).all()
    shown = cases[:PAGE_SIZE]
    last = shown[-1] if len(cases) > PAGE_SIZE else None
    return Page(
        _rows(session, shown, book),
        f"{last.registered_on.isoformat()}_{last.number}" if last else "",
    )


def count_to_file(session: Session, access: Access, book: Book) -> int:
    """How many of these there are; past `MOST_COUNTED` it stays at one more than that."""
    some = select(Case.id).where(_waits(access, book)).limit(MOST_COUNTED + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def filed(session: Session, access: Access, book: Book, after: str = "") -> Page:
    """What was filed, the latest first."""
    wanted = _filed(access, book)
    begin = _FILED.fullmatch(after)
    if begin:
        at = tuple_(date.fromisoformat(begin[1]), begin[2])
        wanted = wanted.where(tuple_(Filing.filed_on, Package.number) < at)
    ordered = wanted.order_by(Filing.filed_on.desc(), Package.number.desc()).limit(PAGE_SIZE + 1)
    rows = [_as_filed(*row) for row in session.execute(ordered)]
    last = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
    return Page(rows[:PAGE_SIZE], f"{last.filed_on.isoformat()}_{last.package}" if last else "")


def filings_of(session: Session, case: Case) -> list[tuple[Filing, Package]]:
    """The filings of a case that somebody may see, the latest first."""
    wanted = select(Filing, Package).join(Package, Package.id == Filing.package_id)
    rows = session.execute(wanted.where(Filing.case_id == case.id).order_by(Filing.id.desc()))
    return [(filing, package) for filing, package in rows]


def check_package(session: Session, access: Access, book: Book, content: bytes) -> Checked:
    """Hold a file against the digests of what was filed. It stays locked: nobody reads it."""
    digest = hashlib.sha256(content).digest()
    row = session.execute(_filed(access, book).where(Filing.sha256 == digest)).first()
    return Checked(digest.hex(), _as_filed(*row) if row else None)


def was_filed() -> ColumnElement[bool]:
    """The condition that a case was filed, with all that was done and written last."""
    since = (
        select(Filing.id)
        .join(Package, Package.id == Filing.package_id)
        .where(
            Filing.case_id == Case.id,
            Filing.filed_on.is_not(None),
            Package.made_at >= Case.last_act_at,
            or_(Case.last_word_at.is_(None), Package.made_at >= Case.last_word_at),
        )
        .correlate(Case)
    )
    return since.exists()


def _waits(access: Access, book: Book) -> ColumnElement[bool]:
    over = and_(Case.state.not_in(OPEN_STATES), Case.destroyed_on.is_(None))
    return and_(over, decided_by(access, book), ~was_filed())


def _filed(access: Access, book: Book) -> Any:
    return (
        select(Filing, Package.number, Case.number)
        .join(Package, Package.id == Filing.package_id)
        .join(Case, Case.id == Filing.case_id)
        .where(Filing.filed_on.is_not(None), decided_by(access, book))
    )


def _as_filed(filing: Filing, package: str, number: str) -> Filed:
    on = filing.filed_on or filing.taken_on
    return Filed(number, package, on, filing.files, filing.sha256.hex())


def _rows(session: Session, cases: Sequence[Case], book: Book) -> list[ToFile]:
    ids = [case.id for case in cases]
    events, taken = _events(session, ids), _taken(session, ids)
    running = set(
        session.scalars(
            select(Referral.case_id).where(Referral.case_id.in_(ids), Referral.state.in_(RUNNING))
        )
    )
    rows = []
    for case in cases:
        last = last_day_to_object(case, events.get(case.id, []), book)
        until = last if last and last >= clock.today() else None
        rows.append(ToFile(case, until, case.id in running, taken.get(case.id)))
    return rows


def _events(session: Session, ids: Iterable[int]) -> dict[int, list[Happened]]:
    found: dict[int, list[Happened]] = {}
    wanted = select(Event.case_id, Event.name, Event.happened_at, Event.facts)
    for case_id, name, at, facts in session.execute(
        wanted.where(Event.case_id.in_(ids), ~IS_READING).order_by(Event.seq)
    ):
        found.setdefault(case_id, []).append(as_happened(name, at, facts))
    return found


def _taken(session: Session, ids: Iterable[int]) -> Mapping[int, int]:
    """Who has a file whose passphrase waits for somebody else."""
    wanted = select(Package.case_id, Package.made_by).where(
        Package.case_id.in_(ids),
        Package.purpose == Purpose.FILING,
        Package.passphrase.is_not(None),
    )
    return {row.case_id: row.made_by for row in session.execute(wanted)}
