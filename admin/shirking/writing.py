"""Drafting a letter, sending it as the office's head, answering it as the unit, closing it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.accounts.own_units import keeps_the_office_s_own
from admin.ledger.refusals import DayPassed, SomebodyWasFaster, StepNotAllowed
from admin.shirking import letter_texts
from admin.shirking.letter import Letter, LetterKind, LetterState, LetterTextKind
from admin.shirking.signs import Sign
from intake.cases.event import record
from portal.foundation import clock, formats

_KEY_BYTES = 4


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a letter is to say: days are Shanghai's, `talk_on` belongs to a summons."""

    kind: LetterKind
    text: str
    answer_by: date
    talk_on: date | None = None


def suggested_text(name: str, counts: Mapping[Sign, int], first: date, last: date) -> str:
    """A text to begin with, from what the unit may be told."""
    told = "；".join(f"{sign.official}{number}个" for sign, number in counts.items())
    time = f"{formats.day_with_year(first)}到{formats.day_with_year(last)}"
    said = f"{time}，{name}有：{told}。" if told else f"{time}的办理情况："
    return f"{said}\n请说明原因、怎么改、什么时候改好。"


def draft_letter(session: Session, unit: str, *, by: Hand, draft: Draft) -> Letter:
    """Draft a letter to a unit; it doesn't exist for the unit until the head sends it.

    Raises:
        StepNotAllowed: not by the office, or to a unit where nobody works here.
        DayPassed, NeedsText: see there.
    """
    if not _may(by, unit) or not by.book.units[unit].desk:
        raise StepNotAllowed
    _check_days(draft)
    letter = Letter(
        key=secrets.token_hex(_KEY_BYTES),
        kind=draft.kind,
        unit_code=unit,
        state=LetterState.DRAFTED,
        answer_by=draft.answer_by,
        talk_on=draft.talk_on if draft.kind is LetterKind.SUMMONS else None,
        drafted_by=by.access.staff_id,
        drafted_at=clock.now(),
    )
    session.add(letter)
    session.flush()
    letter_texts.make_box(session, letter, by.book.campaign.office_code)
    letter_texts.write(session, letter, LetterTextKind.BODY, draft.text, by=by)
    _note(session, "letter_drafted", letter, by)
    return letter


def change_letter(session: Session, letter: Letter, *, by: Hand, draft: Draft) -> None:
    """Change a draft.

    Raises:
        StepNotAllowed: not by the office, or it is no draft any more.
        SomebodyWasFaster, DayPassed, NeedsText: see there.
    """
    _step(letter, LetterState.DRAFTED, by, may=_may(by, letter.unit_code))
    _check_days(draft)
    letter.kind, letter.answer_by = draft.kind, draft.answer_by
    letter.talk_on = draft.talk_on if draft.kind is LetterKind.SUMMONS else None
    letter_texts.write(session, letter, LetterTextKind.BODY, draft.text, by=by)
    _note(session, "letter_changed", letter, by)


def send_letter(session: Session, letter: Letter, *, by: Hand) -> None:
    """Send it, as the head of the office: from now on the unit reads it.

    Raises:
        StepNotAllowed: not by the head, or it is no draft any more.
        SomebodyWasFaster: somebody changed it.
        DayPassed: the day by which it is to be answered has come.
    """
    _step(letter, LetterState.DRAFTED, by, may=by.heads_the_office and _may(by, letter.unit_code))
    if letter.answer_by <= clock.today():
        raise DayPassed
    letter.state = LetterState.SENT
    letter.sent_by, letter.sent_on = by.access.staff_id, clock.today()
    _note(session, "letter_sent", letter, by)


def drop_letter(session: Session, letter: Letter, *, by: Hand) -> None:
    """Throw a draft away.

    Raises:
        StepNotAllowed: not by the office, or it is no draft any more.
        SomebodyWasFaster: somebody changed it.
    """
    _step(letter, LetterState.DRAFTED, by, may=_may(by, letter.unit_code))
    letter.state = LetterState.DROPPED
    _note(session, "letter_dropped", letter, by)


def answer_letter(session: Session, letter: Letter, *, by: Hand, text: str) -> None:
    """Answer it as the unit.

    Raises:
        StepNotAllowed: not by this unit, or it isn't waiting for an answer.
        SomebodyWasFaster, NeedsText: see there.
    """
    _step(letter, LetterState.SENT, by, may=letter.unit_code in by.access.desks)
    letter.state = LetterState.ANSWERED
    letter_texts.write(session, letter, LetterTextKind.ANSWER, text, by=by)
    _note(session, "letter_answered", letter, by)


def close_letter(session: Session, letter: Letter, *, by: Hand, text: str) -> None:
    """Write down what came of it: of the talk, of the answer. The unit reads it.

    Raises:
        StepNotAllowed: not by the office, or nothing was answered.
        SomebodyWasFaster, NeedsText: see there.
    """
    _step(letter, LetterState.ANSWERED, by, may=_may(by, letter.unit_code))
    letter.state = LetterState.CLOSED
    letter_texts.write(session, letter, LetterTextKind.RESULT, text, by=by)
    _note(session, "letter_closed", letter, by)


def _step(letter: Letter, state: LetterState, by: Hand, *, may: bool) -> None:
    if not may or letter.state is not state:
        raise StepNotAllowed
    if letter.version != by.version:
        raise SomebodyWasFaster
    letter.version += 1


def _may(by: Hand, unit: str) -> bool:
    return keeps_the_office_s_own(by.book, by.access, unit)


def _check_days(draft: Draft) -> None:
    today = clock.today()
    talk_is_wrong = draft.kind is LetterKind.SUMMONS and (draft.talk_on or today) <= today
    if draft.answer_by <= today or talk_is_wrong:
        raise DayPassed


def _note(session: Session, event: str, letter: Letter, by: Hand) -> None:
    record(session, event, by=by.access.staff_id, letter=letter.key)
    session.flush()
