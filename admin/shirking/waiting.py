"""What of the letters waits for a unit: those that it hasn't answered yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.shirking.letter import Letter, LetterKind, LetterState
from intake.cases.event import Event
from portal.campaign.book import Book
from portal.foundation import clock


@dataclass(frozen=True)
class LettersToAnswer:
    """How many letters of each kind wait for an answer, and the earliest Shanghai day by which one
    is due."""

    by_kind: Mapping[LetterKind, int]
    earliest: date


def letters_to_answer(session: Session, access: Access) -> LettersToAnswer | None:
    """Those to a person's units; None where there are none."""
    if not access.works_for:
        return None
    rows = session.execute(
        select(Letter.kind, func.count(), func.min(Letter.answer_by))
        .where(_to_answer(access))
        .group_by(Letter.kind)
        .order_by(Letter.kind)
    ).all()
    if not rows:
        return None
    return LettersToAnswer({row[0]: row[1] for row in rows}, min(row[2] for row in rows))


def brings_work(session: Session, access: Access, _book: Book, since: datetime) -> bool:
    """Whether the head of the office has sent a letter to one of this person's units since then
    that waits for an answer. Its draft was nobody's but the office's."""
    if not access.works_for:
        return False
    sent = select(Event.seq).where(
        Event.case_id.is_(None),
        Event.name == "letter_sent",
        Event.facts["letter"].as_string() == Letter.key,
        Event.happened_at > since,
    )
    wanted = select(Letter.id).where(
        _to_answer(access),
        # Few letters are left of which the moment is looked up.
        Letter.sent_on >= clock.day_of(since),
        Letter.sent_by != access.staff_id,
        sent.exists(),
    )
    return session.scalars(wanted.limit(1)).first() is not None


def _to_answer(access: Access) -> ColumnElement[bool]:
    return and_(Letter.unit_code.in_(access.works_for), Letter.state == LetterState.SENT)
