"""Filling a return in (填报): the unit's officer confirms what the ledger counts, and adds what it
doesn't hold. After handing in, the same makes a new version with its reason."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.returns import return_texts
from admin.returns.allowed import (
    NeedsReason,
    NilButFound,
    NilNotSaid,
    NotOpenYet,
    NotYours,
    TooManyHouseholds,
    may_confirm,
)
from admin.returns.content import Content
from admin.returns.counts import Households
from admin.returns.expected import Expected
from admin.returns.monthly_return import MonthlyReturn, ReturnState
from admin.returns.newest import newest_to_change
from admin.returns.noting import note
from admin.returns.prefill import Prefilled, prefill
from portal.foundation import clock


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What the ledger doesn't hold: whether the return is nil, the unit's own household checks, a
    remark, and of a correction its reason."""

    nil: bool
    households: Households
    remark: str = ""
    correction: str = ""


def confirm(session: Session, expected: Expected, *, by: Hand, typed: Typed) -> MonthlyReturn:
    """Fill a return in, or fill it in anew until it is handed in; later, correct it.

    Raises:
        NotYours: the writer isn't the unit's officer, nor the head of a unit without one.
        NotOpenYet: units aren't reminded of it yet.
        NilButFound, NilNotSaid: what it says of nil and what was found differ.
        TooManyHouseholds: the households don't add up.
        NeedsReason: it is a correction without a reason.
        ReturnChanged: somebody was faster.
    """
    if not may_confirm(session, by.access, expected.unit):
        raise NotYours
    if clock.today() < expected.period.remind_on:
        raise NotOpenYet
    newest = newest_to_change(session, expected, by)
    counted = prefill(session, by.book, expected)
    _check(counted, typed)
    if newest is None or newest.state is not ReturnState.FILLED_IN:
        if newest is not None and not typed.correction.strip():
            raise NeedsReason
        found = _new_version(session, expected, newest, by)
    else:
        found = newest
    if found.version > 1 and not typed.correction.strip():
        raise NeedsReason
    found.edition = by.version + 1
    return_texts.write(session, found, "remark", typed.remark)
    return_texts.write(session, found, "correction", typed.correction)
    _write(found, expected, counted, by, typed)
    session.add(found)
    name = "monthly_return_corrected" if found.version > 1 else "monthly_return_filled_in"
    note(session, name, found, by)
    session.flush()
    return found


def _check(counted: Prefilled, typed: Typed) -> None:
    if typed.nil and not counted.nothing_found:
        raise NilButFound
    if counted.nothing_found and not typed.nil:
        raise NilNotSaid
    if not typed.households.add_up:
        raise TooManyHouseholds


def _new_version(
    session: Session, expected: Expected, newest: MonthlyReturn | None, by: Hand
) -> MonthlyReturn:
    found = MonthlyReturn(
        key=secrets.token_hex(8),
        unit_code=expected.unit,
        receiver_code=expected.receiver,
        last=expected.period.last,
        version=newest.version + 1 if newest else 1,
        state=ReturnState.FILLED_IN,
    )
    return_texts.make_box(session, found, by.book.campaign.office_code)
    return found


def _write(
    found: MonthlyReturn, expected: Expected, counted: Prefilled, by: Hand, typed: Typed
) -> None:
    found.confirmed_by, found.confirmed_at = by.access.staff_id, clock.now()
    found.content = Content(
        campaign=by.book.campaign.code,
        unit=expected.unit,
        receiver=expected.receiver,
        first=expected.period.first.isoformat(),
        last=expected.period.last.isoformat(),
        version=found.version,
        counted_on=counted.counted_on.isoformat(),
        nil=typed.nil,
        own=counted.own,
        households=typed.households,
        summed=counted.summed,
        remark=hashlib.sha256(found.remark).hexdigest() if found.remark else "",
        confirmed_by=found.confirmed_by,
        confirmed_at=found.confirmed_at.isoformat(),
    ).text
