"""Entering how many declared and paid back, correcting it, and withdrawing it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.declarations import declaration_texts
from admin.declarations.declaration import Declaration, DeclarationVersion
from admin.declarations.declaration_texts import DeclarationTexts, open_boxes
from admin.declarations.keeper import Keeper
from admin.declarations.months import months_until
from admin.entries.standing import check_reason, hold
from admin.publishing.people_check import IN_A_NUMBER, refuse_people
from intake.cases.event import record
from portal.foundation import clock


class NotYourUnit(Exception):
    """Nobody writes of a unit that isn't his."""


class NotItsMonth(Exception):
    """The month isn't one of the campaign's, or hasn't begun."""


class Nothing(Exception):
    """Nobody declared and nobody paid back: a zero is said in the monthly return."""


class RefundIncomplete(Exception):
    """How many paid back, how much, and to which body are told together or not at all."""


class ReceiptIncomplete(Exception):
    """A receipt has a number and a day."""


class ReceiptTwice(Exception):
    """This receipt stands in another entry of the unit, which would count it twice."""


class NotYet(Exception):
    """The day is still to come."""


@dataclass(frozen=True, kw_only=True)
class Declared:
    """What a period brought: numbers of people, yuan, to which body they went, the receipt with its
    Shanghai day. `month` is the first day of the month in which the period ends."""

    month: date
    declared: int
    refunded: int
    yuan: Decimal
    refunded_to: str | None
    receipt: str
    receipt_on: date | None
    note: str


def enter(session: Session, *, by: Keeper, unit: str, said: Declared) -> Declaration:
    """Enter it about a unit, which reads it too.

    Raises:
        NotYourUnit, NotItsMonth, Nothing, RefundIncomplete, ReceiptIncomplete, ReceiptTwice,
            NotYet: see there.
        PointsToPerson: a text names somebody.
    """
    if unit not in {one.code for one in by.writes_of}:
        raise NotYourUnit(unit)
    _check(by, said)
    _refuse_receipt_twice(session, by, unit, said.receipt, other_than=None)
    entry = Declaration(key=secrets.token_hex(6), unit_code=unit, entered_on=clock.today())
    entry.version = 1
    session.add(entry)
    session.flush()
    _write(session, entry, by, said, reason="")
    record(session, "declaration_entered", by=by.staff_id, entry=entry.key, unit=unit)
    return entry


def correct(
    session: Session, entry: Declaration, *, by: Keeper, version: int, said: Declared, reason: str
) -> None:
    """Say it anew, and why; what was said before stays readable. The entry must be his to see.

    Raises:
        SomebodyWasFaster, AlreadyWithdrawn, NeedsReason, and what `enter` raises.
    """
    hold(entry, version)
    _check(by, said)
    _check_reason(reason)
    _refuse_receipt_twice(session, by, entry.unit_code, said.receipt, other_than=entry)
    entry.version += 1
    _write(session, entry, by, said, reason=reason)
    now = entry.version
    record(session, "declaration_corrected", by=by.staff_id, entry=entry.key, version=now)


def withdraw(
    session: Session, entry: Declaration, *, by: Keeper, version: int, reason: str
) -> None:
    """Withdraw an entry: it stays readable and counts no longer. The entry must be his to see.

    Raises:
        SomebodyWasFaster, AlreadyWithdrawn, NeedsReason: see there.
        PointsToPerson: the reason names somebody.
    """
    hold(entry, version)
    _check_reason(reason)
    entry.reason = declaration_texts.seal_reason(session, entry, reason.strip(), by)
    entry.withdrawn_at, entry.withdrawn_by = clock.now(), by.staff_id
    session.flush()
    record(session, "declaration_withdrawn", by=by.staff_id, entry=entry.key)


def _check(by: Keeper, said: Declared) -> None:
    if said.month not in months_until(by.book, clock.today()):
        raise NotItsMonth(said.month)
    if said.declared + said.refunded == 0:
        raise Nothing
    told = {said.refunded > 0, said.yuan > 0, said.refunded_to is not None}
    if len(told) > 1 or said.refunded_to not in {None, *by.book.units}:
        raise RefundIncomplete
    if bool(said.receipt.strip()) is (said.receipt_on is None):
        raise ReceiptIncomplete
    if said.receipt_on is not None and said.receipt_on > clock.today():
        raise NotYet(said.receipt_on)
    refuse_people("receipt", said.receipt, IN_A_NUMBER)
    refuse_people("note", said.note)


def _check_reason(reason: str) -> None:
    refuse_people("reason", check_reason(reason))


def _refuse_receipt_twice(
    session: Session, by: Keeper, unit: str, receipt: str, *, other_than: Declaration | None
) -> None:
    """The numbers are sealed, so that those of the unit are opened and compared."""
    if not receipt.strip():
        return
    rows = session.execute(
        select(Declaration, DeclarationVersion)
        .join(
            DeclarationVersion,
            (DeclarationVersion.declaration_id == Declaration.id)
            & (DeclarationVersion.version == Declaration.version),
        )
        .where(Declaration.unit_code == unit, Declaration.withdrawn_at.is_(None))
    ).all()
    boxes = open_boxes(session, [row[0] for row in rows], by)
    for entry, now in rows:
        same = boxes[entry.id].texts(now).receipt == receipt.strip()
        if same and entry is not other_than:
            raise ReceiptTwice(entry.key)


def _write(session: Session, entry: Declaration, by: Keeper, said: Declared, reason: str) -> None:
    texts = DeclarationTexts(said.receipt.strip(), said.note.strip(), reason.strip())
    session.add(
        DeclarationVersion(
            declaration_id=entry.id,
            version=entry.version,
            month=said.month,
            declared=said.declared,
            refunded=said.refunded,
            yuan=said.yuan,
            refunded_to=said.refunded_to,
            receipt_on=said.receipt_on,
            sealed=declaration_texts.seal_texts(session, entry, texts, by),
            written_by=by.staff_id,
            written_at=clock.now(),
        )
    )
    session.flush()
