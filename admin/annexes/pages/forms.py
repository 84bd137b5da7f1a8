"""Which annex is wanted: of which time, of which unit, summed up by whom."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, Form, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import InputRequired, ValidationError

from admin.accounts.hand import Hand
from admin.annexes.wanted import Wanted
from portal.campaign.unit import Unit, UnitKind
from portal.foundation import clock

_LEADS_A_LINE = frozenset({UnitKind.LEAD, UnitKind.DEPARTMENT, UnitKind.SECTION})


class WantedForm(Form):
    """A GET form: it changes nothing, and its address can be kept."""

    class Meta(Form.Meta):
        """What WTForms says by itself, it says in Chinese."""

        locales = ("zh",)

    first = DateField("发现时间，从哪天", [InputRequired("请写从哪天起")])
    last = DateField("到哪天", [InputRequired("请写到哪天")])
    unit = SelectField("责任单位", default="")
    line = SelectField("主管部门", default="")
    to_hand_on = BooleanField("交给别的单位（不带移送、举报数）")

    def validate_last(self, field: DateField) -> None:
        """A time has an order, and isn't over before it came."""
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError("“到哪天”要在“从哪天”以后")
        if field.data and field.data > clock.today():
            raise ValidationError("“到哪天”还没有到，最晚写今天")

    @classmethod
    def asked(cls, sent: Any, by: Hand) -> WantedForm:
        """What the address asks for; this month so far where it says nothing."""
        form = cls(sent if sent.get("first") or sent.get("last") else _this_month())
        units = [one for one in by.book.units.values() if one.desk]
        # Whose line is the office's to choose; everybody else sums up his own.
        lines = [
            one
            for one in units
            if one.kind in _LEADS_A_LINE and (by.access.as_office or one.code in by.access.desks)
        ]
        form.unit.choices = _choices("全部单位", units)
        form.line.choices = _choices("不限", lines)
        return form

    @property
    def wanted(self) -> Wanted:
        """What was asked for."""
        if not (self.first.data and self.last.data):
            raise ValueError("the form wasn't checked")
        return Wanted(
            first=self.first.data,
            last=self.last.data,
            unit=self.unit.data or None,
            line=self.line.data or None,
            to_hand_on=bool(self.to_hand_on.data),
        )


def _choices(nothing: str, units: list[Unit]) -> list[SelectChoice]:
    return [SelectChoice("", nothing), *(SelectChoice(one.code, one.name) for one in units)]


def _this_month() -> MultiDict[str, str]:
    today = clock.today()
    return MultiDict({"first": today.replace(day=1).isoformat(), "last": today.isoformat()})
