"""The forms of a questionnaire. They need no token: nobody can send one for somebody else without
his slip, and so no cookie is given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField

from intake.asking.fields import Line, SubmissionId
from intake.asking.questionnaire_fields import chosen_in, complained_field, question_fields
from intake.assessing.questions import Question
from intake.assessing.said import Said
from intake.pages.forms import OpenForm


class SlipForm(OpenForm):
    """The one field of the page that asks for the code of a slip."""

    slip_code = Line("问卷条上的码")


class QuestionnaireForm(OpenForm):
    """The answers; `questionnaire_form` adds the questions."""

    slip_code = HiddenField()
    submission_id = SubmissionId()
    complained = complained_field()

    @property
    def submission(self) -> str:
        """The one-time id of the form that was sent."""
        return str(self.submission_id.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """The first question is needed, and one answer by whoever has never complained."""
        sound = bool(super().validate(extra_validators))
        if not self.complained.data:
            self.complained.errors = ["请先答：反映过没有"]
            return False
        questions = [field for field in self if field.name[1:].isdecimal()]
        if self.complained.data == "no" and not any(field.data for field in questions):
            questions[0].errors = ["请至少答一个问题"]
            return False
        return sound

    def said(self, questions: Sequence[Question]) -> Said:
        """What was answered, from a form that validated."""
        return Said(self.complained.data == "yes", chosen_in(self, questions))


def questionnaire_form(questions: Sequence[Question], sent: Any) -> QuestionnaireForm:
    """The form with these questions, and with what was sent."""
    made: Any = type("FilledQuestionnaireForm", (QuestionnaireForm,), question_fields(questions))
    form: QuestionnaireForm = made(sent)
    return form
