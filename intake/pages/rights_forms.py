"""The public forms of whoever asks about his own information: with a query code, and without."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import InputRequired, Length, ValidationError

from intake.asking.draft_fields import MOST_WORDS, TOO_MANY_WORDS
from intake.asking.fields import Line, SubmissionId, Words
from intake.pages.forms import PublicForm
from intake.rights.asking import Asked
from intake.rules.rights import Asker, Right

_SAY_WHAT = "请写下是哪一项信息，要怎么样"

CLAUSES: Mapping[str, str] = {one.value: one.clause for one in Right}


def _asked_for() -> Any:
    return RadioField(
        "您请求什么",
        [InputRequired("请选您请求什么")],
        choices=[SelectChoice(one.value, one.plain) for one in Right],
    )


class RightsForm(PublicForm):
    """Without a code: what is asked, about whom, and how whoever asks is reached."""

    asked_for = _asked_for()
    asker: Any = RadioField(
        "是谁的信息",
        [InputRequired("请选是谁的信息")],
        choices=[SelectChoice(one.value, one.plain) for one in Asker],
    )
    words = Words("请写清楚", [Length(max=MOST_WORDS, message=TOO_MANY_WORDS)])
    contact = Line("您的姓名和电话（可以不写）", [Length(max=100, message="姓名和电话最多100字")])
    submission_id = SubmissionId()

    def validate_words(self, field: Words) -> None:
        """Something must have been said."""
        if not field.data:
            raise ValidationError(_SAY_WHAT)

    @property
    def asked(self) -> Asked:
        """What was asked, from a form that validated."""
        return Asked(
            asked_for=Right(self.asked_for.data),
            asker=Asker(self.asker.data),
            words=str(self.words.data),
            contact=self.contact.data or "",
            submission=str(self.submission_id.data),
        )


class OwnRightsForm(PublicForm):
    """By whoever showed the code of a case: it says who he is."""

    query_code = HiddenField()
    asked_for = _asked_for()
    words = Words("请写清楚", [Length(max=MOST_WORDS, message=TOO_MANY_WORDS)])
    submission_id = SubmissionId()

    def validate_words(self, field: Words) -> None:
        """Something must have been said."""
        if not field.data:
            raise ValidationError(_SAY_WHAT)

    @property
    def asked(self) -> Asked:
        """What was asked, from a form that validated."""
        return Asked(
            asked_for=Right(self.asked_for.data),
            asker=Asker.HIMSELF,
            words=str(self.words.data),
            submission=str(self.submission_id.data),
        )
