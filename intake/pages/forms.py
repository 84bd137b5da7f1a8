"""The public forms: field names as the contract has them, and what is asked of each."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField
from wtforms.validators import Length, ValidationError

from intake.cases.case import Channel, Identity
from intake.draft import Draft
from intake.pages.choices import NONE_OF_THESE, Choices
from intake.pages.fields import Line, Listed, SubmissionId, Telephone, Words, Year
from intake.pages.form_token import TOKEN_FIELD, FormToken, LookUpToken
from portal.campaign.kinds import Kind

MOST_WORDS = 20_000
_TOO_MANY_WORDS = "写得太长了，最多2万字；请先写要紧的，其余的提交以后再补充"
_TELEPHONE_HINT = "您选了留电话，请写手机号；不想留，改选匿名"
_NAME_HINT = "您选了实名，请写姓名和手机号；不想留，改选匿名"


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
        words = self._fields.get("words") or self._fields.get("objection")
        return 413 if words is not None and len(words.data or "") > MOST_WORDS else 422


class ReportForm(PublicForm):
    """The report. Only the words are needed, and name and telephone where the law wants them."""

    policy = Listed("哪项补贴")
    fund_year = Year("哪一年的钱")
    problem = RadioField("最像哪一种", validate_choice=False)
    place = Listed("在哪里")
    accused = Line("涉及谁", [Length(max=500, message="“涉及谁”最多500字，多的写到第4部分")])
    keep_from_unit = BooleanField("不让这个单位看到")
    words = Words("发生了什么事", [Length(max=MOST_WORDS, message=_TOO_MANY_WORDS)])
    on_behalf_of = Line("替谁写的", [Length(max=100, message="“替谁写的”最多100字")])
    identity = RadioField(
        "您想怎么留",
        choices={one.value: one.official for one in Identity},
        validate_choice=False,
    )
    contact_name = Line("您的姓名", [Length(max=50, message="姓名最多50字")])
    contact_phone = Telephone("手机号")
    submission_id = SubmissionId()

    def __init__(self, kind: Kind, choices: Choices, **filled: Any) -> None:
        self.kind = kind
        super().__init__(request.form if request.method == "POST" else None, **filled)
        self.policy.options, self.place.options = choices.policies, choices.places
        self.fund_year.options = choices.years
        self.problem.choices = dict(choices.problems)

    def validate_words(self, field: Words) -> None:
        """Something must have been said."""
        if not field.data:
            raise ValidationError("请写下发生了什么事，几句话就行")

    def validate_problem(self, field: RadioField) -> None:
        """A problem that isn't offered comes from a damaged page."""
        if field.data and field.data not in (field.choices or ()):
            raise ValidationError("“最像哪一种”请从里面选；都不像就选“都不是”")

    def validate_identity(self, field: RadioField) -> None:
        """No choice means anonymous; what isn't offered is no choice."""
        if field.data and field.data not in (field.choices or ()):
            raise ValidationError("请选匿名、留电话或者实名；不选就是匿名")

    def validate_contact_name(self, field: Line) -> None:
        """A name where the law or the writer's own choice asks for one."""
        if not field.data and self.kind.needs_name:
            raise ValidationError("这一种要写真名，请写姓名")
        if not field.data and self.identity.data == "real_name":
            raise ValidationError(_NAME_HINT)

    def validate_contact_phone(self, field: Telephone) -> None:
        """A number where the law or the writer's own choice asks for one."""
        if field.data:
            return
        if self.kind.needs_name:
            raise ValidationError("这一种要能联系到您，请写手机号")
        if self.identity.data == "phone":
            raise ValidationError(_TELEPHONE_HINT)
        if self.identity.data == "real_name" and self.contact_name.data:
            raise ValidationError(_NAME_HINT)

    @property
    def how_known(self) -> Identity:
        """How the writer may be known. Who chose nothing but left a number wants to be called."""
        if self.kind.needs_name:
            return Identity.REAL_NAME
        if self.identity.data:
            return Identity(self.identity.data)
        if not self.contact_phone.data:
            return Identity.ANONYMOUS
        return Identity.REAL_NAME if self.contact_name.data else Identity.PHONE

    @property
    def contact_left_out(self) -> bool:
        """Whether something was typed that a writer who chose to be anonymous doesn't leave."""
        typed = self.contact_name.data or self.contact_phone.data
        return bool(typed) and self.how_known is Identity.ANONYMOUS

    def draft(self) -> Draft:
        """What is sent, from a form that validated."""
        known = self.how_known
        problem = self.problem.data or ""
        return Draft(
            channel=Channel.WEB,
            kind=self.kind,
            words=self.words.data or "",
            submission=str(self.submission_id.data),
            policy=self.policy.data or "",
            problem="" if problem == NONE_OF_THESE else problem,
            place=self.place.data or "",
            fund_year=self.fund_year.number,
            accused=self.accused.data or "",
            keep_from_unit=self.keep_from_unit.data,
            on_behalf_of=self.on_behalf_of.data or "",
            identity=known,
            contact_name="" if known is Identity.ANONYMOUS else self.contact_name.data or "",
            contact_phone="" if known is Identity.ANONYMOUS else self.contact_phone.number,
        )


class LookUpForm(FlaskForm):
    """The one field of the progress page."""

    class Meta(FlaskForm.Meta):
        """What WTForms asks about the token."""

        # What WTForms says by itself, it says in Chinese.
        locales = ("zh",)
        csrf = True
        csrf_class = LookUpToken
        csrf_field_name = TOKEN_FIELD

    query_code = Line("查询码")


class MoreWordsForm(PublicForm):
    """Further words of a reporter, under his code. The same fields ask for a withdrawal."""

    query_code = HiddenField()
    case_number = HiddenField()
    words = Words("想起什么，接着写", [Length(max=MOST_WORDS, message=_TOO_MANY_WORDS)])
    submission_id = SubmissionId()

    def validate_words(self, field: Words) -> None:
        """Something must have been said."""
        if not field.data:
            raise ValidationError("请先写下要补充的话")


class ObjectionForm(PublicForm):
    """Why a reporter doesn't agree with how his case ended."""

    query_code = HiddenField()
    case_number = HiddenField()
    objection = Words("哪里不对，请写在这里", [Length(max=MOST_WORDS, message=_TOO_MANY_WORDS)])
    submission_id = SubmissionId()

    def validate_objection(self, field: Words) -> None:
        """Something must have been said."""
        if not field.data:
            raise ValidationError("请写下哪里不对")


class WithdrawForm(PublicForm):
    """A withdrawal. `words` are carried along, so that who doesn't withdraw finds them again."""

    query_code = HiddenField()
    case_number = HiddenField()
    words = HiddenField()
    submission_id = SubmissionId()
