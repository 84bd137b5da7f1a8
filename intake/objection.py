"""An objection (异议) of a reporter to how his case ended: it is looked at again, by the office, or
of a petition by the body above (复查、复核, 信访工作条例 35, 36)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from intake import correspondence, follow_ups
from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.chain import chain_of
from intake.dates import clocks_of, happened, set_dates
from intake.heeding import heed, move_on
from intake.progress import CaseIsOver, Found
from intake.rules import lifecycle, recusal
from intake.rules.lifecycle import Actor
from intake.rules.pauses import Happened
from intake.together import part
from portal.campaign.book import Book, book
from portal.campaign.kinds import Kind
from portal.foundation import clock

_REPORTER = frozenset({Actor.REPORTER})
# After them the same facts are not looked at again (信访工作条例 35, 36).
_REVIEWS = ("复查", "复核")


def objects_until(session: Session, case: Case, campaign_book: Book) -> date | None:
    """Until which Shanghai day a reporter may object; None where he can't."""
    last = last_day_to_object(case, happened(session, case), campaign_book)
    return last if last and clock.today() <= last else None


def last_day_to_object(case: Case, events: Sequence[Happened], campaign_book: Book) -> date | None:
    """The last Shanghai day of a reporter's right to object, over or not; None where he has none.
    It moves on to a working day, so that nobody loses his right over a holiday."""
    if _reviews(events) >= len(_REVIEWS):
        return None
    running = clocks_of(campaign_book, case.kind, case.identity, events)
    own = [one.working.due_on for one in running if one.clock in {"object", "ask_review"}]
    if not own or case.state.is_open or case.destroyed_on is not None:
        return None
    last = max(own)
    while not campaign_book.calendar.is_working(last):
        last += timedelta(days=1)
    return last


def called(case: Case, events: Sequence[Happened]) -> str:
    """What a reporter asks for who doesn't agree: of a petition 复查, and after it 复核."""
    if case.kind is not Kind.PETITION:
        return "异议"
    return _REVIEWS[min(_reviews(events), len(_REVIEWS) - 1)]


def object_to_answer(session: Session, found: Found, text: str, *, number: str = "") -> Case:
    """Let a reporter object to how his case ended, or the part of that number.

    The office has it again and gives it to somebody else. A petition goes to the body above whoever
    answered it, which is barred from looking at its own answer.

    Raises:
        CaseIsOver: it may not be objected to any more.
    """
    case, campaign_book = found.called(number), book(session)
    if objects_until(session, case, campaign_book) is None:
        raise CaseIsOver(case.number)
    handling = correspondence.handling_of(session, case, campaign_book)
    part(session, case, campaign_book)
    answered = case.unit_code
    follow_ups.end_by_objection(session, case)
    if _is_reviewed(case):
        _ask_for_review(session, case, campaign_book, answered)
    else:
        _reopen(session, case, recusal.decider(handling.barred, chain_of(campaign_book)))
    case.rewrap_due = True
    # Whom an objection accuses is barred as by any other word.
    heed(session, case, text, campaign_book)
    _seal(session, case, text, campaign_book)
    case.last_word_at = clock.now()
    case.version += 1
    set_dates(session, case, campaign_book)
    session.flush()
    return case


def _seal(session: Session, case: Case, text: str, campaign_book: Book) -> None:
    handling = correspondence.handling_of(session, case, campaign_book)
    box = correspondence.open_box(session, case, MessageKind.OBJECTION.compartment, handling)
    correspondence.write(session, case, MessageKind.OBJECTION, text, box=box)


def _reviews(events: Sequence[Happened]) -> int:
    """How many reviews were asked for."""
    return sum(one.name == "review_asked" for one in events)


def _is_reviewed(case: Case) -> bool:
    """Whether a body above looks at it: a petition that was answered."""
    moves = lifecycle.moves_from(case.state, _REPORTER, case.kind)
    return case.kind is Kind.PETITION and any(one.name == "ask_review" for one in moves)


def _ask_for_review(session: Session, case: Case, campaign_book: Book, answered: str) -> None:
    move = lifecycle.check("ask_review", case.state, _REPORTER, case.kind)
    level = 1 + _reviews(happened(session, case))
    case.state = move.leads_to(case.state)
    record(session, move.event, case_id=case.id, level=level)
    session.add(
        Bar(
            case_id=case.id,
            unit_code=answered,
            source=BarSource.REVIEW,
            named=True,
            set_at=clock.now(),
        )
    )
    session.flush()
    record(session, "barred", case_id=case.id, units=[answered], staff=[], source="supplement")
    move_on(session, case, campaign_book, decided=frozenset({answered}))


def _reopen(session: Session, case: Case, decider: str) -> None:
    move = lifecycle.check("object", case.state, _REPORTER, case.kind)
    case.state = move.leads_to(case.state)
    case.unit_code = decider
    record(session, move.event, case_id=case.id)
