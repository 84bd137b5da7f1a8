"""评 CODE 1-5: how satisfied the holder of a code is, by text message."""

from __future__ import annotations

from sqlalchemy.orm import Session

from intake import questionnaire
from intake.cases.case import Case
from intake.cases.follow_up import How
from intake.progress import Found
from intake.questionnaire import NotAsked, Said
from intake.rules.satisfaction import is_unhappy
from intake.sms.answers import Answer
from intake.sms.grammar import Rating
from intake.sms.state_answer import line_values
from portal.campaign.book import book
from portal.foundation import formats

LABELS = frozenset({"rated", "not_asked"})


def rate(session: Session, found: Found, rating: Rating, submission: str) -> Answer:
    """Take the score, and what was written after it, and say so."""
    if rating.score is None:
        return Answer(("no_score",))
    said = Said(None, rating.score, rating.words, How.TEXT, submission)
    try:
        case = questionnaire.answer(session, found, said)
    except NotAsked:
        number = questionnaire.case_to_answer(session, found).number
        return Answer(("not_asked",), {"number": number})
    return _rated(session, case, rating.score)


def rated_again(session: Session, found: Found, rating: Rating, names: tuple[str, ...]) -> Answer:
    """The answer that the same message got before."""
    case = _answered_last(session, found) or questionnaire.case_to_answer(session, found)
    answer = _rated(session, case, rating.score or 0)
    return Answer(names, {"date": "", "number": case.number} | dict(answer.values))


def _rated(session: Session, case: Case, score: int) -> Answer:
    asked = questionnaire.asked(session, case, book(session))
    until = asked.until if asked else None
    values = {
        **line_values(session),
        "number": case.number,
        "score": str(score),
        "date": formats.day_with_year(until) if until else "",
    }
    unhappy = until is not None and is_unhappy(None, score)
    return Answer(("rated", "rated_low") if unhappy else ("rated",), values)


def _answered_last(session: Session, found: Found) -> Case | None:
    """Of the cases under a code, the one whose reporter answered last."""
    campaign_book = book(session)
    answers = [
        (one.answer.answered_at, case.id, case)
        for case in found.all
        for one in [questionnaire.asked(session, case, campaign_book)]
        if one and one.answer
    ]
    return max(answers)[2] if answers else None
