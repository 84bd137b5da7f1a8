"""Fields of a report's form: forgiving of how things are typed, and cheap where a list is long."""

from __future__ import annotations

from typing import Any

from flask import current_app
from markupsafe import Markup
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import ValidationError
from wtforms.widgets import html_params

from intake import submission
from intake.asking.choices import Options
from intake.typed_text import digits, telephone, tidy, tidy_line
from portal.foundation.mail_address import mail_address


def secret() -> bytes:
    """The site's secret key."""
    found: Any = current_app.secret_key
    return bytes(found)


class Line(StringField):
    """One line of text, cleaned."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed."""
        if valuelist:
            self.data = tidy_line(valuelist[0])


class Words(TextAreaField):
    """Text of several lines, cleaned."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed."""
        if valuelist:
            self.data = tidy(valuelist[0])


class Telephone(Line):
    """A telephone number; kept as it was typed until it is understood."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what can't be called."""
        if self.data and telephone(self.data) is None:
            raise ValidationError("手机号是11位数字；不想留，清空这一格")

    @property
    def number(self) -> str:
        """The number as plain digits; empty where there is none."""
        return telephone(self.data or "") or ""


class MailAddress(Line):
    """A mail address; kept as it was typed until it is understood."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what can't be mailed to."""
        if not self.data:
            raise ValidationError("请先写邮箱，比如 wang@example.com")
        if mail_address(self.data) is None:
            raise ValidationError(
                "这个邮箱不对，请对一对：只有一个@，@后面有点，中间没有空格和汉字"
            )

    @property
    def address(self) -> str:
        """The address as it is mailed to; empty where there is none."""
        return mail_address(self.data or "") or ""


class _OptionList:
    """Writes a `<select>` whose options were put together before."""

    def __call__(self, field: Listed, **kwargs: Any) -> Markup:
        attributes = html_params(id=field.id, name=field.name, **kwargs)
        opening = Markup(f"<select {attributes}>")  # noqa: S704  # html_params has escaped them.
        return opening + field.options.choosing(field.data) + Markup("</select>")


class Listed(Field):
    """A choice from a list; empty means that the writer doesn't know. The form sets `options`."""

    widget = _OptionList()
    options: Options

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the chosen code."""
        self.data = tidy_line(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        """Refuse what isn't offered."""
        if self.data and self.data not in self.options.texts:
            raise ValidationError(f"“{self.label.text}”请从单子里选；不清楚就空着")

    @property
    def chosen_text(self) -> str:
        """What was chosen, in words."""
        return self.options.texts.get(self.data or "", "")


class Year(Listed):
    """A year; the list is short, but an earlier one is understood too."""

    _EARLIEST = 1990

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the year however it was typed."""
        self.data = digits(valuelist[0]).removesuffix("年") if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no year, and years to come."""
        latest = max(int(year) for year in self.options.texts)
        is_year = not self.data or (self.data.isascii() and self.data.isdigit())
        if not is_year or (self.data and not self._EARLIEST <= int(self.data[:9]) <= latest):
            raise ValidationError("年份是4位数字，比如2021；不清楚就空着")

    @property
    def number(self) -> int | None:
        """The year, or None."""
        return int(self.data) if self.data else None


class SubmissionId(HiddenField):
    """The form's one-time id. A missing or foreign one is replaced, and `was_ours` is False."""

    was_ours = False

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the id that was sent, or issue one."""
        sent = formdata.get(self.name, "") if formdata else ""
        self.was_ours = submission.is_ours(secret(), sent)
        self.data = sent if self.was_ours else submission.issue(secret())
        self.process_errors = []
