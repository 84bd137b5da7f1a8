"""The figures of an assessment that is over, for its page, its spreadsheet, and whatever cites
them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from admin.assessments import tally
from admin.assessments.remarks import remarks_shown
from admin.assessments.sight import streets_of
from admin.assessments.tally import Answered, Fieldwork, Frame, StreetWork
from admin.assessments.voices import voices
from intake.assessing.assessment import Assessment, AssessmentState
from intake.assessing.questions import of_rows
from portal.campaign.book import Book


class NotOverYet(Exception):
    """Figures are counted when the assessment is over."""


@dataclass(frozen=True)
class AssessmentResults:
    """All figures. `silent` are the codes of streets of which nobody answered, which the shares say
    nothing about, as far as that is shown; `remarks` are what interviewers remarked, each with its
    street's code, empty where that isn't told: for the office alone."""

    key: str
    title: str
    first_on: date
    last_on: date
    closed_on: date
    work: Fieldwork
    streets: tuple[StreetWork, ...]
    silent: tuple[str, ...]
    questions: tuple[Answered, ...]
    remarks: tuple[tuple[str, str], ...]


def assessment_results(session: Session, one: Assessment, book: Book) -> AssessmentResults:
    """The figures of one. Small groups are hidden in them already; who may read them at all is for
    `sight` to say. The process opens the answers as the office; it needs the master key.

    Raises:
        NotOverYet: see there.
    """
    if one.state is not AssessmentState.CLOSED or one.closed_on is None:
        raise NotOverYet(one.key)
    found = voices(session, one, book.campaign.office_code)
    frames = [
        Frame(street.unit_code, street.recipients or 0, street.drawn or 0)
        for street in streets_of(session, one)
    ]
    streets = tally.streets_work(frames, found)
    return AssessmentResults(
        key=one.key,
        title=one.title,
        first_on=one.first_on,
        last_on=one.last_on,
        closed_on=one.closed_on,
        work=tally.fieldwork(frames, found),
        streets=tuple(streets),
        silent=tuple(one.street for one in streets if one.answered == 0),
        questions=tuple(tally.answered(frames, found, of_rows(one.questions))),
        remarks=tuple(remarks_shown(streets, found)),
    )
