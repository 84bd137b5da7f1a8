"""What is typed about declarations. A correction carries the version that its writer saw."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from admin.accounts.figures import Day, Whole, yuan
from admin.accounts.staff_form import OnceForm, StaffForm
from admin.declarations.declaration import DeclarationVersion
from admin.declarations.declaration_texts import DeclarationTexts
from admin.declarations.declaring import Declared
from admin.declarations.keeper import Keeper
from admin.declarations.months import months_until
from admin.entries.withdrawal import reason_field
from portal.campaign.unit import Unit, UnitKind
from portal.foundation import clock

_MOST_LETTERS = 500
_LONGEST_NUMBER = 80
_MOST_PEOPLE = 10_000
_SEVERAL = 2
# Bodies that keep money for the state.
_IN_THE_STREETS = frozenset({UnitKind.STREET, UnitKind.COMMUNITY})
_TOO_LONG = Length(max=_MOST_LETTERS, message="太长了，最多500字")


def _people(label: str) -> Any:
    return Whole(
        label,
        [
            InputRequired("没有就写0"),
            NumberRange(0, _MOST_PEOPLE, message="人数不能是负数，也不能这么大"),
        ],
    )


class DeclarationForm(StaffForm):
    """One entry: which unit and month, how many, how much, the receipt."""

    version = HiddenField()
    unit = SelectField("哪个单位的人")
    month = SelectField("哪个月")
    declared = _people("主动说明情况的人数")
    refunded = _people("退赔的人数")
    yuan = yuan("退赔金额（元）")
    refunded_to = SelectField("退到哪个单位")
    receipt = StringField(
        "纪检监察机关回执的文号",
        [Length(max=_LONGEST_NUMBER, message="文号没有这么长")],
    )
    receipt_on = Day("回执的日期", [Optional()])
    note = TextAreaField("说明", [_TOO_LONG])

    def offer(self, me: Keeper, *, unit: str | None = None) -> None:
        """Fill the lists; a correction keeps the `unit` that the entry has."""
        units = me.writes_of if unit is None else []
        self.unit.choices = [SelectChoice(one.code, one.name) for one in units]
        if len(units) < _SEVERAL:
            del self.unit
        months = months_until(me.book, clock.today())
        self.month.choices = [SelectChoice(f"{one:%Y-%m}", month_name(one)) for one in months]
        bodies = [one for one in me.book.units.values() if takes_money(one)]
        self.refunded_to.choices = [
            SelectChoice("", "没有退赔"),
            *(SelectChoice(one.code, one.name) for one in bodies),
        ]

    def show(self, now: DeclarationVersion, texts: DeclarationTexts) -> None:
        """Fill in what an entry says now."""
        self.version.data = str(now.version)
        self.month.data = f"{now.month:%Y-%m}"
        self.declared.data, self.refunded.data = now.declared, now.refunded
        self.yuan.data = now.yuan or None
        self.refunded_to.data = now.refunded_to or ""
        self.receipt.data, self.receipt_on.data = texts.receipt, now.receipt_on
        self.note.data = texts.note

    def unit_of(self, me: Keeper) -> str:
        """The unit that was chosen, or the only one there is."""
        chosen: Any = getattr(self, "unit", None)
        return chosen.data if chosen else me.writes_of[0].code

    @property
    def said(self) -> Declared:
        """What was typed; only of a form that is valid."""
        return Declared(
            month=date.fromisoformat(f"{self.month.data}-01"),
            declared=self.declared.data or 0,
            refunded=self.refunded.data or 0,
            yuan=self.yuan.data or Decimal(0),
            refunded_to=self.refunded_to.data or None,
            receipt=self.receipt.data or "",
            receipt_on=self.receipt_on.data,
            note=self.note.data or "",
        )


class NewDeclarationForm(OnceForm, DeclarationForm):
    """One that is entered."""


class CorrectionForm(DeclarationForm):
    """The same with the reason for saying it anew."""

    reason = reason_field("为什么更正")


def takes_money(one: Unit) -> bool:
    """Whether a body may be named as where money was paid back to."""
    return one.kind not in _IN_THE_STREETS


def month_name(month: date) -> str:
    """2022年6月."""
    return f"{month.year}年{month.month}月"
