"""The receipt by text message: which wordings it is made of, and what stands in them, now and
whenever the same message comes again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from intake.cases.assignment import Assignment
from intake.cases.case import Case
from intake.cases.inbound_text import InboundText
from intake.cases.receipt import Receipt
from intake.dates import clocks_of, happened
from intake.rules.clocks import Running, told_to_reporter
from intake.rules.lifecycle import OPEN_STATES
from intake.sms.answers import Answer
from intake.sms.state_answer import line_values
from portal.campaign.book import Book, book
from portal.foundation import formats

# What registering leaves in the chain; everything after it belongs to the case's later life.
_REGISTRATION = frozenset({"registered", "barred", "assigned"})
_PROMISED = frozenset({"reply", "close", "conclude"})
# Put together once: every text asks it.
_WARNED = (
    select(InboundText.id)
    .where(
        InboundText.sender_mark.in_(bindparam("sender", expanding=True)),
        InboundText.answer.contains("warning"),
    )
    .limit(1)
)


def names(
    session: Session,
    case: Case,
    sender: Sequence[bytes],
    told: Running | None,
    *,
    no_pictures: bool,
    as_complaint: bool,
) -> tuple[str, ...]:
    """The parts of a receipt. `sender` are the marks of whoever wrote; `told` is the clock that he
    hears of; `as_complaint`, that he asked for information and is handled as one who complains
    (政府信息公开条例 39)."""
    receipt = "receipt_words" if no_pictures else "receipt"
    then = _tip_off(told) if case.is_tip_off else _ordinary(told)
    if as_complaint and then == "handled":
        then = "as_complaint"
    found = (receipt, then)
    if not _was_warned(session, sender):
        return (*found, "warning")
    return (*found, "besides") if _has_open_case(session, sender) else found


def values(number: str, unit: str, told: Running | None, campaign_book: Book) -> dict[str, str]:
    """What stands in the gaps, but for the query code."""
    return {
        "number": number,
        "unit": campaign_book.units[unit].name,
        "date": formats.day_with_year(told.working.due_on) if told else "",
    }


def for_several(session: Session, answer: Answer) -> Answer:
    """A receipt that tells of those before it, which got none; any other answer as it is, and one
    that has to warn."""
    if "code" not in answer.values or "warning" in answer.names:
        return answer
    return Answer((*answer.names[:2], "several"), {**line_values(session), **answer.values})


def values_at_registration(session: Session, case: Case) -> dict[str, str]:
    """The same for a case registered long ago: unit and date as they were then."""
    campaign_book = book(session)
    events = list(takewhile(lambda one: one.name in _REGISTRATION, happened(session, case)))
    told = told_to_reporter(clocks_of(campaign_book, case.kind, case.identity, events))
    shown = values(case.number, _first_unit(session, case), told, campaign_book)
    return {**line_values(session), **shown}


def digest_of_code(session: Session, case: Case) -> bytes:
    """What is kept of the case's query code."""
    return session.scalars(select(Receipt.code_digest).where(Receipt.case_id == case.id)).one()


def _tip_off(told: Running | None) -> str:
    return "tip_off" if told and told.clock in _PROMISED else "tip_off_undated"


def _ordinary(told: Running | None) -> str:
    if told is None:
        return "undated"
    return "handled" if told.clock in _PROMISED else "taken_over"


def _first_unit(session: Session, case: Case) -> str:
    """Who got the case at first; the office where people still had to decide."""
    first = session.scalars(
        select(Assignment.unit_code)
        .where(Assignment.case_id == case.id)
        .order_by(Assignment.id)
        .limit(1)
    ).first()
    return first or case.unit_code


def _was_warned(session: Session, sender: Sequence[bytes]) -> bool:
    """Whether this sender was told before who can see his texts."""
    asked = session.connection().execute(_WARNED, {"sender": sender})
    return asked.first() is not None


def _has_open_case(session: Session, sender: Sequence[bytes]) -> bool:
    earlier = (
        select(InboundText.id)
        .join(Case, Case.id == InboundText.case_id)
        .where(InboundText.sender_mark.in_(sender), Case.state.in_(OPEN_STATES))
    )
    return session.scalars(earlier.limit(1)).first() is not None
