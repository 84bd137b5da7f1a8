"""The fields of a questionnaire (问卷): whether somebody has complained before, and a choice for
each question; a respondent fills them in, or who asks him."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import Form, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import Optional

from intake.assessing.questions import COMPLAINED, Question
from intake.assessing.said import Said

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


def said_in(form: Form, questions: Sequence[Question]) -> Said:
    """What was chosen, in a form that has these fields and validated."""
    typed = {
        place: form[f"{FIELD_PREFIX}{place}"].data
        for place in range(len(questions))
        if form[f"{FIELD_PREFIX}{place}"].data
    }
    complained = form["complained"].data == "yes"
    return Said(complained, {place: int(value) for place, value in typed.items()})
