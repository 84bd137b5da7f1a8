"""The two questions to a reporter whose case is closed (问卷): was it solved, is he satisfied. He
answers on his page or by text message, and may change his answer as long as he may object."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import correspondence, follow_ups
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.follow_up import Answer, FollowUp, How
from intake.cases.message import MessageKind
from intake.dates import set_dates
from intake.heeding import heed
from intake.objection import objects_until
from intake.progress import Found, sent_before
from intake.rules.satisfaction import Solved
from portal.campaign.book import Book, book
from portal.foundation import clock


class NotAsked(Exception):
    """The case isn't closed, nothing is asked about it, or what was answered stands."""


@dataclass(frozen=True)
class Asked:
    """What is asked about a closed case, and what its reporter has answered so far. `until` is the
    Shanghai day until which he may object, None where he can't."""

    follow_up: FollowUp
    answer: Answer | None
    until: date | None

    @property
    def is_open(self) -> bool:
        """Whether he may answer now: once at any time, and anew as long as he may object."""
        return self.answer is None or self.until is not None


@dataclass(frozen=True)
class Said:
    """What a reporter answers. What he leaves out he leaves as it was. `submission` is the form's
    one-time id, or the provider's."""

    solved: Solved | None
    satisfaction: int | None
    words: str
    how: How
    submission: str


def asked(session: Session, case: Case, campaign_book: Book) -> Asked | None:
    """What is asked about a case; None where nothing is, or any more."""
    follow_up = follow_ups.latest(session, case)
    if follow_up is None or case.destroyed_on is not None:
        return None
    until = objects_until(session, case, campaign_book)
    return Asked(follow_up, own_answer(session, follow_up), until)


def own_answer(session: Session, follow_up: FollowUp) -> Answer | None:
    """What the reporter answered by himself."""
    own = select(Answer).where(Answer.follow_up_id == follow_up.id, Answer.staff_id.is_(None))
    return session.scalars(own).first()


def case_to_answer(session: Session, found: Found, number: str = "") -> Case:
    """The case that an answer is about: the one of that number; without one, the first of those
    under the code that still lacks an answer, else the first that is asked about."""
    if number:
        return found.called(number)
    campaign_book = book(session)
    all_asked = [(case, asked(session, case, campaign_book)) for case in found.all]
    lacking = [case for case, one in all_asked if one and one.answer is None]
    answerable = [case for case, one in all_asked if one and one.is_open]
    return next(iter([*lacking, *answerable]), found.called(""))


def answer(session: Session, found: Found, said: Said, *, number: str = "") -> Case:
    """Take a reporter's answer about his case, or about the part of that number. Whoever isn't
    satisfied is visited; his words are heeded like any others of his.

    Raises:
        NotAsked: see there.
    """
    campaign_book = book(session)
    case = case_to_answer(session, found, number)
    so_far = asked(session, case, campaign_book)
    if so_far is None or not so_far.is_open:
        raise NotAsked(case.number)
    _keep(session, case, so_far, said)
    own = own_answer(session, so_far.follow_up)
    if own is not None and own.is_unhappy:
        follow_ups.want_visit(so_far.follow_up, campaign_book)
    _keep_words(session, case, found, said, campaign_book)
    case.version += 1
    set_dates(session, case, campaign_book)
    session.flush()
    return case


def _keep(session: Session, case: Case, so_far: Asked, said: Said) -> None:
    """Keep the two answers, in the place of earlier ones; the same ones again change nothing."""
    own = so_far.answer or Answer(follow_up_id=so_far.follow_up.id)
    before = own.solved, own.satisfaction
    own.solved = said.solved or own.solved
    own.satisfaction = said.satisfaction or own.satisfaction
    if before == (own.solved, own.satisfaction):
        return
    own.how, own.answered_at = said.how, clock.now()
    session.add(own)
    session.flush()
    record(
        session,
        "answered",
        case_id=case.id,
        how=own.how,
        solved=own.solved,
        satisfaction=own.satisfaction,
    )


def _keep_words(
    session: Session, case: Case, found: Found, said: Said, campaign_book: Book
) -> None:
    kind = MessageKind.REMARK
    if not said.words or sent_before(
        session, case, found.reporter, said.words, said.submission, kind
    ):
        return
    heed(session, case, said.words, campaign_book)
    handling = correspondence.handling_of(session, case, campaign_book)
    box = correspondence.open_box(session, case, kind.compartment, handling)
    correspondence.write(session, case, kind, said.words, box=box)
    case.last_word_at = clock.now()
