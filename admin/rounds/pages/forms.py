"""What is typed about a round."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from admin.accounts.figures import Day
from admin.accounts.staff_form import OnceForm, StaffForm
from admin.files.file_field import EvidenceFiles
from admin.rounds.planning import Plan, units_to_visit
from portal.campaign.book import Book
from portal.campaign.calendar_date import Task

_MOST = 5_000


def _text(label: str, missing: str) -> Any:
    return TextAreaField(
        label, [DataRequired(missing), Length(max=_MOST, message="太长了，最多五千字")]
    )


class PlanForm(OnceForm):
    """When a round is, to whom, what for."""

    duty = SelectField("方案里的哪一次")
    first_on = Day("从哪天", [InputRequired("请写从哪天")])
    last_on = Day("到哪天", [InputRequired("请写到哪天")])
    units = SelectMultipleField("去哪些单位", [DataRequired("请选去哪些单位")])
    purpose = _text("看什么", "请写看什么")

    def offer(self, book: Book) -> None:
        """Fill the lists to choose from."""
        planned = [one for one in book.dates if one.task is Task.SUPERVISION_ROUND]
        self.duty.choices = [("", "方案以外的"), *((one.key, one.title) for one in planned)]
        self.units.choices = [(code, book.units[code].name) for code in units_to_visit(book)]

    @property
    def plan(self) -> Plan:
        """What was typed; asked for only when the form is valid."""
        assert self.first_on.data is not None  # noqa: S101  # The form asks for it.
        assert self.last_on.data is not None  # noqa: S101  # The form asks for it.
        return Plan(
            first_on=self.first_on.data,
            last_on=self.last_on.data,
            units=frozenset(self.units.data or ()),
            purpose=self.purpose.data or "",
            duty=self.duty.data or None,
        )


class TextForm(StaffForm):
    """A text about a version."""

    version = HiddenField()
    text = _text("写下来", "请写几句")

    @property
    def seen(self) -> int:
        """The version that the writer saw; -1, which nothing has, where none was sent."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


class VisitForm(OnceForm, TextForm):
    """When somebody was there, and what was seen."""

    day = Day("哪天去的", [InputRequired("请写哪天去的")])
    files = EvidenceFiles()


class ReportForm(TextForm):
    """What a unit did, with what proves it."""

    files = EvidenceFiles()


class OrderForm(OnceForm, TextForm):
    """What a unit is told to do, and by when."""

    day = Day("最迟哪天办完", [InputRequired("请写最迟哪天办完")])
