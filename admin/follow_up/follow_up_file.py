"""The follow-ups of one case as somebody at a desk may read them, and what he may do now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.desk.another_officer import handled_by
from admin.desk.entries import Entry, letters_as_entries, names_of_staff
from admin.desk.hand import Hand
from admin.follow_up.visiting import decides_about, follows_up, needs_ruling
from intake import follow_ups
from intake.cases.case import Case
from intake.cases.follow_up import Answer, FollowUp
from intake.cases.message import MessageKind
from intake.correspondence import read_as_unit

VISITS = ("visit", "household", "not-reached")
RULINGS = ("reopen", "unfounded")
_WORDS = (MessageKind.REMARK, MessageKind.VISIT)


@dataclass(frozen=True)
class Answered:
    """One answer; `by` is who asked, empty where nobody did."""

    answer: Answer
    by: str


@dataclass(frozen=True)
class Round:
    """What was asked and answered after the case was closed once; `ended_by` is who ended it."""

    follow_up: FollowUp
    answers: Sequence[Answered]
    ended_by: str


@dataclass(frozen=True)
class FollowUpFile:
    """The follow-ups of a case, the newest first, and what was said in them, the oldest first, as
    far as this person's units hold the keys. `handled` tells a person that it is for others to
    ask about his work; `acts` is what he may do now, `to_rule` whether the office has to rule."""

    rounds: Sequence[Round]
    said: Sequence[Entry]
    handled: bool
    to_rule: bool
    acts: Sequence[str]


def file_of(session: Session, case: Case, hand: Hand) -> FollowUpFile:
    """The follow-ups of a case that was found before."""
    wanted = select(FollowUp).where(FollowUp.case_id == case.id).order_by(FollowUp.id.desc())
    rounds = list(session.scalars(wanted))
    names = names_of_staff(session)
    answers = _answers(session, rounds, names)
    letters = read_as_unit(session, case, hand.access.openers, _WORDS)
    running = follow_ups.latest(session, case)
    handled = hand.access.staff_id in handled_by(session, case)
    return FollowUpFile(
        rounds=[
            Round(one, answers.get(one.id, ()), names.get(one.ended_by or 0, "")) for one in rounds
        ],
        said=letters_as_entries(case, letters, names),
        handled=handled,
        to_rule=running is not None and needs_ruling(running),
        acts=() if handled else _acts(session, case, hand, running),
    )


def _acts(session: Session, case: Case, hand: Hand, running: FollowUp | None) -> Sequence[str]:
    access, book = hand.access, hand.book
    if running is None or not running.waits or not follows_up(session, case, access, book):
        return ()
    rules = needs_ruling(running) and decides_about(session, case, access, book)
    return (*VISITS, *(RULINGS if rules else ()))


def _answers(
    session: Session, rounds: Sequence[FollowUp], names: Mapping[int, str]
) -> dict[int, list[Answered]]:
    wanted = select(Answer).where(Answer.follow_up_id.in_([one.id for one in rounds]))
    found: dict[int, list[Answered]] = {}
    for one in session.scalars(wanted.order_by(Answer.answered_at, Answer.id)):
        by = names.get(one.staff_id or 0, "")
        found.setdefault(one.follow_up_id, []).append(Answered(one, by))
    return found
