"""An assessment as the public site knows it, and a slip of it."""

from __future__ import annotations

from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import select

from intake.assessing.assessment import Assessment, AssessmentState
from intake.assessing.questions import Question, as_rows
from intake.assessing.slip import Slip, code_marks
from intake.vault.query_codes import write_code
from portal.foundation import clock
from tests.deployments import Deployment
from tests.intake.pages.journey import Page, opened

QUESTIONS = (
    Question("去年的补贴按时足额到您手里了吗？", ("每次都按时足额", "有时晚或者少")),
    Question("补贴有问题，您知道该找谁吗？", ("知道", "不知道")),
)


def slip_of(
    deployment: Deployment,
    number: int = 1,
    *,
    state: AssessmentState = AssessmentState.DRAWN,
    questions: tuple[Question, ...] = QUESTIONS,
) -> str:
    """The code of a slip of a new assessment, whose questions are asked now."""
    person = deployment.add_staff(f"opened-{number}")
    code = write_code(number.to_bytes(5, "big"))
    with deployment.database.writing() as session:
        one = Assessment(
            key=f"{number:08x}",
            title=f"暗题{number}",
            state=state,
            first_on=date(2021, 1, 1),
            last_on=date(2021, 12, 31),
            policies=[],
            units=[],
            questions=as_rows(questions),
            asked=10,
            opened_by=person,
            opened_at=clock.now(),
        )
        session.add(one)
        session.flush()
        mark = code_marks(session, code)[0]
        session.add(Slip(assessment_id=one.id, unit_code="ST05", code_mark=mark))
    return code


def end(deployment: Deployment) -> None:
    """Close every assessment."""
    with deployment.database.writing() as session:
        for one in session.scalars(select(Assessment)):
            one.state = AssessmentState.CLOSED


def show_slip(client: FlaskClient, code: str) -> Page:
    """Show the code of a slip."""
    return opened(client.post("/questionnaire", data={"slip_code": code}))


def send_answers(client: FlaskClient, page: Page, **chosen: str) -> Page:
    """Choose answers and send them."""
    return opened(client.post("/questionnaire/answers", data={**page.fields, **chosen}))
