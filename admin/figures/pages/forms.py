"""Which figures are wanted: of which time, of which kind, and beside what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import DateField, Form, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import InputRequired, ValidationError

from portal.campaign.kinds import Kind
from portal.foundation import clock


class By(StrEnum):
    """What a row of the table is."""

    UNIT = "unit"
    KIND = "kind"

    @property
    def official(self) -> str:
        """The word on the page."""
        return {By.UNIT: "单位", By.KIND: "类别"}[self]


class FiguresForm(Form):
    """A GET form: it changes nothing, and its address can be kept."""

    class Meta(Form.Meta):
        """What WTForms says by itself, it says in Chinese."""

        locales = ("zh",)

    first = DateField("从哪天", [InputRequired("请写从哪天起")])
    last = DateField("到哪天", [InputRequired("请写到哪天")])
    kind = SelectField(
        "哪一类",
        choices=[SelectChoice("", "全部"), *(SelectChoice(k.value, k.official) for k in Kind)],
        default="",
    )
    by = SelectField(
        "每行是一个",
        choices=[SelectChoice(b.value, b.official) for b in By],
        default=By.UNIT.value,
    )

    def validate_last(self, field: DateField) -> None:
        """A time has an order."""
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError("“到哪天”要在“从哪天”以后")

    @classmethod
    def asked(cls, sent: Any) -> FiguresForm:
        """What the address asks for; this month so far where it says nothing."""
        return cls(sent if sent.get("first") else _this_month())

    @property
    def kinds(self) -> Sequence[Kind]:
        """The kinds that are counted."""
        return [Kind(self.kind.data)] if self.kind.data else list(Kind)

    @property
    def time(self) -> tuple[date, date]:
        """From which Shanghai day to which, both included."""
        if not (self.first.data and self.last.data):
            raise ValueError("the form wasn't checked")
        return self.first.data, self.last.data

    @property
    def beside(self) -> By:
        """What the rows are."""
        return By(self.by.data or By.UNIT)


def _this_month() -> MultiDict[str, str]:
    today = clock.today()
    return MultiDict({"first": today.replace(day=1).isoformat(), "last": today.isoformat()})
