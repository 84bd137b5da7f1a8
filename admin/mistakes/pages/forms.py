"""What is typed about a mistake on the site. Every form carries the version that its writer saw."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from admin.accounts.staff_form import StaffForm
from admin.mistakes.answering import OUTCOMES
from intake.mistakes.as_case import KINDS

_MOST = 2_000


class AnswerForm(StaffForm):
    """How it ended, and what its writer reads."""

    version = HiddenField()
    outcome: Any = RadioField(
        "结果",
        [InputRequired("请选结果")],
        choices={one.value: one.official for one in OUTCOMES},
    )
    text = TextAreaField(
        "答复（来件人可见）",
        [DataRequired("请写答复"), Length(max=_MOST, message="太长了，最多两千字")],
    )


class RegisterForm(StaffForm):
    """Of which kind the case is."""

    version = HiddenField()
    kind: Any = RadioField(
        "登记成哪一类",
        [InputRequired("请选哪一类")],
        choices={one.value: f"{one.official}：{one.plain}" for one in KINDS},
    )
