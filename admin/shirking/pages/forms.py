"""What is asked for, and what is typed in a letter."""

from __future__ import annotations

from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import DateField, Form, HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from admin.accounts.figures import Day
from admin.accounts.staff_form import OnceForm, StaffForm
from admin.shirking.letter import LetterKind
from admin.shirking.signs import Time
from admin.shirking.writing import Draft
from portal.foundation import clock

_MOST = 5_000


class TimeForm(Form):
    """A GET form: it changes nothing, and its address can be kept."""

    class Meta(Form.Meta):
        """What WTForms says by itself, it says in Chinese."""

        locales = ("zh",)

    first = DateField("从哪天", [InputRequired("请写从哪天起")])
    last = DateField("到哪天", [InputRequired("请写到哪天")])

    def validate_last(self, field: DateField) -> None:
        """A time has an order."""
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError("“到哪天”要在“从哪天”以后")

    @classmethod
    def asked(cls, sent: Any, begin: date) -> TimeForm:
        """What the address asks for; from `begin` until today where it says nothing."""
        if sent.get("first"):
            return cls(sent)
        today = clock.today()
        days = {"first": min(begin, today), "last": today}
        return cls(MultiDict({name: day.isoformat() for name, day in days.items()}))

    @property
    def time(self) -> Time:
        """What was asked for; only when the form is valid."""
        assert self.first.data is not None  # noqa: S101  # The form asks for it.
        assert self.last.data is not None  # noqa: S101  # The form asks for it.
        return Time(self.first.data, self.last.data)


class PressForm(StaffForm):
    """A press of a button about a version of a letter."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version that the writer saw; -1, which nothing has, where none was sent."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


class TextForm(PressForm):
    """The same with a text."""

    text = TextAreaField(
        "写下来",
        [DataRequired("请写几句"), Length(max=_MOST, message="太长了，最多五千字")],
    )


class LetterForm(TextForm):
    """A letter of the office."""

    kind = RadioField(
        "哪一种",
        choices=[SelectChoice(one.value, one.official) for one in LetterKind],
        default=LetterKind.REMINDER.value,
    )
    answer_by = Day("最迟哪天回复", [InputRequired("请写最迟哪天回复")])
    talk_on = Day("哪天约谈", [Optional()])

    @property
    def draft(self) -> Draft:
        """What was typed; asked for only when the form is valid."""
        assert self.answer_by.data is not None  # noqa: S101  # The form asks for it.
        return Draft(
            kind=LetterKind(self.kind.data),
            text=self.text.data or "",
            answer_by=self.answer_by.data,
            talk_on=self.talk_on.data,
        )


class NewLetterForm(OnceForm, LetterForm):
    """One that is drafted."""
