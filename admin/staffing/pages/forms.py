"""What is typed about who works here."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, Length

from admin.accounts.role_names import ROLE_NAMES
from admin.accounts.sign_everybody_out import Why
from admin.accounts.staff_form import OnceForm, StaffForm
from admin.staffing.staff_change import How
from portal.campaign.book import Book
from portal.foundation.staff import Role


class LinkForm(StaffForm):
    """How somebody made sure who wants it."""

    how = RadioField(
        "您怎么确认是本人要的",
        [DataRequired("请选怎么确认的")],
        choices=[SelectChoice(one.value, one.official) for one in How],
    )


class PostForm(LinkForm):
    """A post."""

    unit = SelectField("单位", [DataRequired("请选单位")])
    role = SelectField(
        "岗位",
        [DataRequired("请选岗位")],
        choices=[
            SelectChoice("", "请选"),
            *(SelectChoice(role.value, name) for role, name in ROLE_NAMES.items()),
        ],
    )

    def offer(self, book: Book) -> None:
        """The units of the campaign."""
        units = sorted(book.units.values(), key=lambda one: one.position)
        self.unit.choices = [
            SelectChoice("", "请选"),
            *(SelectChoice(one.code, one.name) for one in units),
        ]


class PersonForm(PostForm):
    """A new person with his first post."""

    name = StringField(
        "登录名", [DataRequired("请填写登录名"), Length(max=80, message="登录名太长")]
    )
    display_name = StringField(
        "姓名", [DataRequired("请填写姓名"), Length(max=80, message="姓名太长")]
    )


class TakePostForm(StaffForm):
    """Which post is taken."""

    unit = HiddenField(validators=[DataRequired()])
    role = HiddenField(validators=[DataRequired()])

    @property
    def chosen(self) -> Role | None:
        """The role; None where no role is called so."""
        return Role(self.role.data) if self.role.data in set(Role) else None


class LeaveForm(StaffForm):
    """Whether somebody who leaves could get at the machine."""

    had_server = BooleanField("他有机器（服务器）的权限，或者知道上面的钥匙")


class SignOutForm(OnceForm):
    """Why everybody is signed out."""

    why = RadioField(
        "为什么",
        [DataRequired("请选为什么")],
        choices=[SelectChoice(one.value, one.official) for one in Why],
    )


class SeenForm(StaffForm):
    """Up to which event somebody has read."""

    up_to = HiddenField(validators=[DataRequired()])
