"""What the auditor's pages are narrowed to: GET forms, which change nothing and can be kept as an
address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import DateField, Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import Length, Optional, ValidationError

from admin.system.event_filter import Act, EventFilter
from portal.foundation.staff import Staff


class _Asked(Form):
    """A form in an address."""

    class Meta(Form.Meta):
        """What WTForms says by itself, it says in Chinese."""

        locales = ("zh",)


class EventForm(_Asked):
    """Which events are wanted."""

    who = SelectField("谁", default="")
    act = SelectField(
        "做了什么",
        choices=[SelectChoice("", "全部"), *(SelectChoice(a.value, a.official) for a in Act)],
        default="",
    )
    number = StringField("件的编号", [Length(max=20, message="编号太长了")])
    first = DateField("从哪天", [Optional()])
    last = DateField("到哪天", [Optional()])

    def __init__(self, sent: Any, people: Iterable[Staff]) -> None:
        super().__init__(sent)
        named = [SelectChoice(str(one.id), one.display_name) for one in people]
        self.who.choices = [SelectChoice("", "全部"), *named]

    def validate_last(self, field: DateField) -> None:
        """A time has an order."""
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError("“到哪天”要在“从哪天”以后")

    @property
    def wanted(self) -> EventFilter:
        """What is asked for."""
        return EventFilter(
            staff_id=int(self.who.data) if self.who.data else None,
            act=Act(self.act.data) if self.act.data else None,
            number=(self.number.data or "").strip().upper(),
            first=self.first.data,
            last=self.last.data,
        )


class DayForm(_Asked):
    """Which day is wanted."""

    on = DateField("哪天", [Optional()])
