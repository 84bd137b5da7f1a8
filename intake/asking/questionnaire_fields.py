"""The fields of a questionnaire (问卷): whether somebody has complained before, and a choice for
each question; a respondent fills them in, or who asks him."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import Form, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import Optional

from intake.assessing.questions import COMPLAINED, Question

FIELD_PREFIX = "q"


def complained_field() -> Any:
    """The first question, by which an answer is counted apart."""
    return RadioField(
        COMPLAINED,
        [Optional()],
        choices=[SelectChoice("no", "没有反映过"), SelectChoice("yes", "反映过")],
    )


def question_fields(questions: Sequence[Question]) -> dict[str, Any]:
    """A field for each question, by its name."""
    return {
        f"{FIELD_PREFIX}{place}": RadioField(
            one.text,
            [Optional()],
            choices=[SelectChoice(str(at), text) for at, text in enumerate(one.choices)],
        )
        for place, one in enumerate(questions)
    }


def chosen_in(form: Form, questions: Sequence[Question]) -> dict[int, int]:
    """For the place of a question the place of what was chosen, in a form that has these fields and
    validated; what was left out isn't in it."""
    typed = {place: form[f"{FIELD_PREFIX}{place}"].data for place in range(len(questions))}
    return {place: int(value) for place, value in typed.items() if value}
