"""What is typed on the pages of this room."""

from __future__ import annotations

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length

from admin.accounts.open_form import OpenForm
from admin.accounts.staff_form import StaffForm
from intake.asking.fields import MailAddress

_MISSING_PASSWORD = "请填写密码"  # noqa: S105  # A sentence, not a password.
_DIFFERENT = "两次写的密码不一样"


class SignInForm(OpenForm):
    """Name, password, code."""

    name = StringField(
        "登录名", [DataRequired("请填写登录名"), Length(max=80, message="登录名太长")]
    )
    password = PasswordField("密码", [DataRequired(_MISSING_PASSWORD)])
    code = StringField(
        "验证码",
        [DataRequired("请填写手机上的6位验证码"), Length(max=20, message="验证码是6位数字")],
    )


class NameForm(OpenForm):
    """Name and password, before a passkey."""

    name = StringField(
        "登录名", [DataRequired("请填写登录名"), Length(max=80, message="登录名太长")]
    )
    password = PasswordField("密码", [DataRequired(_MISSING_PASSWORD)])


class AnswerForm(OpenForm):
    """Whose passkey answered."""

    name = HiddenField()


class PasskeyForm(StaffForm):
    """What its owner calls a passkey."""

    name = StringField(
        "给它起个名字", [DataRequired("请起个名字"), Length(max=40, message="名字最多40个字")]
    )


class EnrolmentForm(OpenForm):
    """A new password twice, and a code that proves the seed on the page."""

    code = StringField(
        "手机上显示的验证码",
        [DataRequired("请填写6位验证码"), Length(max=20, message="验证码是6位数字")],
    )
    password = PasswordField("新密码", [DataRequired(_MISSING_PASSWORD)])
    password_again = PasswordField("再写一遍新密码", [EqualTo("password", message=_DIFFERENT)])
    word = StringField("核对码", [Length(max=40, message="核对码是9个字")])
    offered = HiddenField()


class PasswordForm(StaffForm):
    """The present password and a new one twice."""

    password = PasswordField("现在的密码", [DataRequired("请填写现在的密码")])
    password_new = PasswordField("新密码", [DataRequired("请填写新密码")])
    password_again = PasswordField("再写一遍新密码", [EqualTo("password_new", message=_DIFFERENT)])
    # Taken by the guard. It stands here, since the page that asks for it keeps no password.
    fresh_code = StringField("手机上显示的验证码")


class MailForm(StaffForm):
    """Where somebody wants to hear that something waits for him."""

    mail = MailAddress("工作邮箱")


class EndSessionForm(StaffForm):
    """Which sign-in is to end."""

    handle = HiddenField(validators=[DataRequired()])
