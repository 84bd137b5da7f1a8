"""The public forms: field names as the contract has them, and what is asked of each."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import Length, Optional, ValidationError

from intake.asking.choices import Choices
from intake.asking.draft_fields import MOST_WORDS, TOO_MANY_WORDS, DraftFields
from intake.asking.fields import Line, MailAddress, SubmissionId, Words
from intake.asking.files import Files
from intake.cases.case import Channel
from intake.cases.follow_up import Answer, How
from intake.draft import Draft
from intake.pages.form_token import TOKEN_FIELD, FormToken, LookUpToken
from intake.questionnaire import Said
from intake.rules.satisfaction import SCORES, Solved
from portal.campaign.kinds import Kind


class PublicForm(FlaskForm):
    """A form for anybody: no account, no session, a token of its own."""

    class Meta(FlaskForm.Meta):
        """What WTForms asks about the token."""

        # What WTForms says by itself, it says in Chinese.
        locales = ("zh",)
        csrf = True
        csrf_class: Any = FormToken
        csrf_field_name = TOKEN_FIELD

    @property
    def refusal(self) -> int:
        """The status of a form that didn't validate: too old, too long, or to be mended."""
        if self.errors.get(TOKEN_FIELD):
            return 400
        typed = (self._fields.get(name) for name in ("words", "objection", "remark"))
        words = next((field for field in typed if field is not None), None)
        return 413 if words is not None and len(words.data or "") > MOST_WORDS else 422


class ReportForm(DraftFields, PublicForm):
    """The report as its writer fills it in."""

    def __init__(self, kind: Kind, choices: Choices, **filled: Any) -> None:
        self.kind = kind
        super().__init__(request.form if request.method == "POST" else None, **filled)
        self.offer(choices)

    @property
    def of_kind(self) -> Kind:
        """The kind that the address names."""
        return self.kind

    def draft(self) -> Draft:
        """What is sent, from a form that validated."""
        return self.draft_by(Channel.WEB)


class MistakeForm(PublicForm):
    """What is wrong on the site; which page that is, by its address or in the writer's words."""

    words = Words("哪里错了", [Length(max=MOST_WORDS, message=TOO_MANY_WORDS)])
    page = Line("哪一页（不知道就空着）", [Length(max=300, message="“哪一页”最多300字")])
    submission_id = SubmissionId()

    def validate_words(self, field: Words) -> None:
        """Something must have been said."""
        if not field.data:
            raise ValidationError("请写下哪里错了，一句话就行")


class OpenForm(FlaskForm):
    """A form that whoever has its code may send from anywhere: no cookie is needed for it."""

    class Meta(FlaskForm.Meta):
        """What WTForms asks about the token."""

        # What WTForms says by itself, it says in Chinese.
        locales = ("zh",)
        csrf = True
        csrf_class = LookUpToken
        csrf_field_name = TOKEN_FIELD


class LookUpForm(OpenForm):
    """The one field of the progress page."""

    query_code = Line("查询码")


class MoreWordsForm(PublicForm):
    """Further words of a reporter, under his code. The same fields ask for a withdrawal."""

    query_code = HiddenField()
    case_number = HiddenField()
    words = Words("想起什么，接着写", [Length(max=MOST_WORDS, message=TOO_MANY_WORDS)])
    submission_id = SubmissionId()
    files = Files("照片和文件")

    def validate_words(self, field: Words) -> None:
        """Something must have been said or sent."""
        if not field.data and not self.files.data:
            raise ValidationError("请先写下要补充的话，或者选照片")


class ObjectionForm(PublicForm):
    """Why a reporter doesn't agree with how his case ended."""

    query_code = HiddenField()
    case_number = HiddenField()
    objection = Words("哪里不对，请写在这里", [Length(max=MOST_WORDS, message=TOO_MANY_WORDS)])
    submission_id = SubmissionId()

    def validate_objection(self, field: Words) -> None:
        """Something must have been said."""
        if not field.data:
            raise ValidationError("请写下哪里不对")


class AnswersForm(PublicForm):
    """Whether it was solved and how satisfied he is, each answered or left out; and a few words."""

    query_code = HiddenField()
    case_number = HiddenField()
    solved = RadioField(
        "事情解决了没有",
        [Optional()],
        choices=[SelectChoice(one.value, one.plain) for one in Solved],
    )
    satisfaction = RadioField(
        "您满意吗",
        [Optional()],
        coerce=str,
        choices=[SelectChoice(str(score), words) for score, words in SCORES.items()],
    )
    remark = Words("还想说的（可以不写）", [Length(max=MOST_WORDS, message=TOO_MANY_WORDS)])
    submission_id = SubmissionId()

    @classmethod
    def blank(cls, query_code: str, earlier: Answer | None) -> AnswersForm:
        """The form with what was answered before."""
        chosen: dict[str, Any] = {}
        if earlier:
            score = earlier.satisfaction
            chosen = {"solved": earlier.solved, "satisfaction": str(score) if score else None}
        return cls(None, query_code=query_code, **chosen)

    def validate(self, extra_validators: Any = None) -> bool:
        """One of the two questions is enough."""
        sound = bool(super().validate(extra_validators))
        if self.solved.data or self.satisfaction.data:
            return sound
        self.solved.errors = ["请至少选一个：解决了没有，或者满不满意"]
        return False

    def said(self) -> Said:
        """What was answered, from a form that validated."""
        score = self.satisfaction.data
        return Said(
            solved=Solved(self.solved.data) if self.solved.data else None,
            satisfaction=int(score) if score else None,
            words=self.remark.data or "",
            how=How.WEB,
            submission=str(self.submission_id.data),
        )


class SaveFileForm(PublicForm):
    """Which file of his own case a reporter wants to have."""

    query_code = HiddenField()
    file = HiddenField()
    submission_id = SubmissionId()


class ContentForm(PublicForm):
    """By whose code everything is wanted that may be read by it."""

    query_code = HiddenField()
    submission_id = SubmissionId()


class MailForm(PublicForm):
    """Where a reporter wants to be mailed. The same fields ask to stop it, without an address."""

    query_code = HiddenField()
    mail = MailAddress("您的邮箱")
    submission_id = SubmissionId()

    @property
    def has_good_token(self) -> bool:
        """Whether the form is fresh, whatever stands in it."""
        self.validate()
        fresh = not self.errors.get(TOKEN_FIELD)
        self.mail.errors = []
        return fresh


class ChangeCodeForm(PublicForm):
    """A wish for another query code, and the word that it was written down. `made_by` is the id of
    the key that made the one that was shown."""

    query_code = HiddenField()
    made_by = HiddenField()
    submission_id = SubmissionId()


class WithdrawForm(PublicForm):
    """A withdrawal. `words` are carried along, so that who doesn't withdraw finds them again."""

    query_code = HiddenField()
    case_number = HiddenField()
    words = HiddenField()
    submission_id = SubmissionId()
