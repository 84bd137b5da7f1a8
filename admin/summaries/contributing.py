"""A unit's part of a summary: its officer writes it, its head hands it in, the office accepts it or
sends it back. The steps are those of a monthly return."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.publishing.leak_check import NEVER, Inside, find
from admin.returns import return_texts
from admin.returns.allowed import NeedsReason, NotOpenYet, NotYours, may_confirm
from admin.returns.signed_version import ReturnState
from admin.returns.version_steps import decide, sign
from admin.summaries.contribution import Contribution
from admin.summaries.part_content import PARTS, PartContent, PartTexts
from admin.summaries.part_list import newest_to_change
from admin.summaries.part_prefill import PartPrefilled, prefill_part
from admin.summaries.planned import Owed
from intake.cases.event import record
from portal.foundation import clock


class NeedsWork(Exception):
    """A part says at least what the unit did."""


class HoldsNumbers(Exception):
    """A text holds what belongs to one person: a citizen's number, a mobile or card number; `field`
    is the text's name."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What the ledger doesn't hold: the sentences, and of a correction its reason."""

    texts: PartTexts
    correction: str = ""


def fill_in(session: Session, owed: Owed, *, by: Hand, typed: Typed) -> Contribution:
    """Write a part, or write it anew until it is handed in; later, correct it.

    Raises:
        NotYours: the writer isn't the unit's officer, nor the head of a unit without one.
        NotOpenYet: units aren't reminded of it yet.
        NeedsWork, HoldsNumbers: see there.
        NeedsReason: it is a correction without a reason.
        ReturnChanged: somebody was faster.
    """
    if not may_confirm(session, by.access, owed.unit):
        raise NotYours
    if clock.today() < owed.planned.days.remind_on:
        raise NotOpenYet
    _check(typed.texts)
    newest = newest_to_change(session, owed, by)
    open_one = newest if newest and newest.state is ReturnState.FILLED_IN else None
    version = open_one.version if open_one else (newest.version + 1 if newest else 1)
    if version > 1 and not typed.correction.strip():
        raise NeedsReason
    counted = prefill_part(session, by.book, owed)
    found = open_one or _new_version(session, owed, version, by)
    found.edition = by.version + 1
    return_texts.write(session, found, "body", typed.texts.text)
    return_texts.write(session, found, "correction", typed.correction)
    _write(found, owed, counted, by)
    session.add(found)
    _note(session, "summary_part_corrected" if version > 1 else "summary_part_written", found, by)
    return found


def hand_in(session: Session, owed: Owed, *, by: Hand) -> Contribution:
    """Hand it in: its head signs, and from then on it is frozen.

    Raises:
        NotYours, AnotherMustSign: see `sign`.
        ReturnChanged: somebody was faster.
    """
    found = newest_to_change(session, owed, by)
    sign(session, found, by)
    return _noted(session, "summary_part_handed_in", found, by)


def accept(session: Session, owed: Owed, *, by: Hand) -> Contribution:
    """Accept it for the office.

    Raises:
        NotYours: see `decide`.
        ReturnChanged: somebody was faster.
    """
    found = newest_to_change(session, owed, by)
    decide(found, ReturnState.ACCEPTED, by)
    return _noted(session, "summary_part_accepted", found, by)


def send_back(session: Session, owed: Owed, *, by: Hand, reason: str) -> Contribution:
    """Send it back with the reason, which its unit reads; the version stays readable.

    Raises:
        NeedsReason: there is none.
        NotYours, ReturnChanged: see `accept`.
    """
    if not reason.strip():
        raise NeedsReason
    found = newest_to_change(session, owed, by)
    decide(found, ReturnState.SENT_BACK, by)
    found = _noted(session, "summary_part_sent_back", found, by)
    return_texts.write(session, found, "sent_back_for", reason)
    session.flush()
    return found


def _check(texts: PartTexts) -> None:
    if not texts.work.strip():
        raise NeedsWork
    for name in PARTS:
        if any(one.leak in NEVER for one in find(getattr(texts, name), Inside())):
            raise HoldsNumbers(name)


def _new_version(session: Session, owed: Owed, version: int, by: Hand) -> Contribution:
    found = Contribution(
        key=secrets.token_hex(8),
        unit_code=owed.unit,
        receiver_code=owed.receiver,
        duty=owed.planned.key,
        version=version,
        state=ReturnState.FILLED_IN,
    )
    return_texts.make_box(session, found, by.book.campaign.office_code)
    return found


def _write(found: Contribution, owed: Owed, counted: PartPrefilled, by: Hand) -> None:
    found.confirmed_by, found.confirmed_at = by.access.staff_id, clock.now()
    days = owed.planned.days
    found.content = PartContent(
        campaign=by.book.campaign.code,
        unit=owed.unit,
        receiver=owed.receiver,
        first=days.first.isoformat(),
        last=days.last.isoformat(),
        version=found.version,
        counted_on=counted.counted_on.isoformat(),
        own=counted.own,
        confirmed_by=found.confirmed_by,
        confirmed_at=found.confirmed_at.isoformat(),
        duty=owed.planned.key,
        returns=counted.returns,
        body=hashlib.sha256(found.body).hexdigest(),
    ).text


def _noted(session: Session, name: str, found: Contribution | None, by: Hand) -> Contribution:
    assert found is not None  # noqa: S101  # There would have been nothing to do.
    _note(session, name, found, by)
    return found


def _note(session: Session, name: str, found: Contribution, by: Hand) -> None:
    """Record what happened to a part, in codes."""
    record(
        session,
        name,
        by=by.access.staff_id,
        summary=found.duty,
        unit=found.unit_code,
        version=found.version,
    )
    session.flush()
