"""What all respondents of an assessment said, opened by the process as the office. Nobody reads one
of them: they go into figures, and what interviewers remarked into a list without rows
(`remarks`)."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.assessments.drawn_row import DrawnRow
from admin.assessments.entry import Entry, Result
from admin.assessments.interviewer_box import open_entries
from admin.assessments.voice import Voice
from intake.assessing.assessment import Assessment
from intake.assessing.questions import of_rows
from intake.assessing.said import Said, unpadded
from intake.assessing.sealed_answers import open_answers
from intake.assessing.slip_answer import SlipAnswer


def voices(session: Session, one: Assessment, office: str) -> list[Voice]:
    """All of them, opened as the office; needs the master key.

    Raises:
        NotAHolder, DoesNotOpen: somebody changed the database.
    """
    return [*_of_rows(session, one, office), *_of_slips(session, one, office)]


def _of_rows(session: Session, one: Assessment, office: str) -> list[Voice]:
    by_person: dict[int, dict[int, DrawnRow]] = defaultdict(dict)
    wanted = select(DrawnRow).where(DrawnRow.assessment_id == one.id, DrawnRow.sealed.is_not(None))
    for row in session.scalars(wanted):
        if row.staff_id is not None:
            by_person[row.staff_id][row.id] = row
    questions = of_rows(one.questions)
    found = []
    for staff_id, rows in by_person.items():
        sealed = {row_id: row.sealed or b"" for row_id, row in rows.items()}
        texts = open_entries(session, one, staff_id, sealed, frozenset({office}))
        for row_id, text in texts.items():
            entry = Entry.of(text, questions)
            if entry:
                street = rows[row_id].unit_code
                found.append(Voice(street, entry.result, entry.said, False, entry.remark))
    return found


def _of_slips(session: Session, one: Assessment, office: str) -> list[Voice]:
    questions = of_rows(one.questions)
    rows = session.scalars(select(SlipAnswer).where(SlipAnswer.assessment_id == one.id))
    found = []
    for street, text in open_answers(session, office, rows):
        said = Said.of(unpadded(text)["said"], questions)
        result = Result.COMPLAINED if said.complained else Result.ANSWERED
        found.append(Voice(street, result, said, True))
    return found
