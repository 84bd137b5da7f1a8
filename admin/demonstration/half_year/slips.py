"""Slips of the assessment (问卷条): printed for some streets, left where nobody wants to be asked
at the door, and sent in from there."""

from __future__ import annotations

from functools import partial

from admin.accounts.hand import Hand
from admin.assessments.printing_slips import print_slips
from admin.demonstration.half_year.stage import Dice, Sitting
from intake.assessing.answering import answer
from intake.assessing.assessment import Assessment
from intake.assessing.questions import Question, of_rows
from intake.assessing.said import Said

_A_STREET, _CONTENT = 3, 0.75


def print_some(sitting: Sitting, one: Assessment, street: str, by: Hand) -> list[str]:
    """The codes of a street's slips, which the interviewers take along."""
    once = f"half-year-{street}"
    return print_slips(sitting.session, one, by=by, street=street, number=_A_STREET, once=once)


def leave(sitting: Sitting, one: Assessment, code: str) -> None:
    """Leave a slip at a door, from where it is sent in within days."""
    sitting.later(1, 2, partial(_send_in, code=code, questions=of_rows(one.questions)))


def chosen(dice: Dice, questions: tuple[Question, ...]) -> dict[int, int]:
    """What somebody answers: to most questions the best that there is."""
    return {
        at: 0 if dice.happens(_CONTENT) else dice.between(1, len(one.answers))
        for at, one in enumerate(questions)
    }


def _send_in(sitting: Sitting, code: str, questions: tuple[Question, ...]) -> None:
    said = Said(False, chosen(sitting.dice, questions))
    answer(sitting.session, code, said, submission=f"half-year-{code}")
