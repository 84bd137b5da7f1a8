"""What is typed about publicity. A correction carries the version that its writer saw."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import DateField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from admin.accounts.staff_form import OnceForm, StaffForm
from admin.publicity.entry_list import WHOLE_DISTRICT
from admin.publicity.entry_texts import EntryTexts
from admin.publicity.publicity_entry import PublicityKind, PublicityVersion
from admin.publicity.recorder import Recorder
from admin.publicity.recording import Done

_MOST_LETTERS = 500
_MOST = 1_000_000
_SEVERAL = 2


class Day(DateField):
    """A day, with our own words where it is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise ValueError("日期要这样写：2022-06-20") from None


class Whole(IntegerField):
    """A whole number, with our own words where it is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise ValueError("数量写整数，例如20") from None


class EntryForm(StaffForm):
    """One entry: when, where, what, how many."""

    version = HiddenField()
    unit = SelectField("以哪个单位的名义")
    kind = SelectField("做了什么", choices={one.value: one.official for one in PublicityKind})
    done_on = Day("哪一天", [InputRequired("请写哪一天")])
    place = SelectField("哪个街道")
    quantity = Whole(
        "数量", [InputRequired("请写数量"), NumberRange(1, _MOST, message="数量从1到一百万")]
    )
    where = StringField(
        "具体在哪里，或者网址",
        [DataRequired("请写具体在哪里"), Length(max=_MOST_LETTERS, message="太长了，最多500字")],
    )
    note = TextAreaField("说明", [Length(max=_MOST_LETTERS, message="太长了，最多500字")])

    def offer(self, me: Recorder, *, unit: str | None = None) -> None:
        """Fill the lists; a correction keeps the `unit` that the entry has."""
        units = [me.book.units[code] for code in sorted(me.units)] if unit is None else []
        streets = me.streets if unit is None else me.streets_of(unit)
        district = any(map(me.writes_of_district, me.units if unit is None else {unit}))
        self.place.choices = {
            **({WHOLE_DISTRICT: "全区"} if district else {}),
            **{one.code: one.name for one in streets},
        }
        self.unit.choices = {one.code: one.name for one in units}
        if len(units) < _SEVERAL:
            del self.unit

    def show(self, version: PublicityVersion, texts: EntryTexts) -> None:
        """Fill in what an entry says now."""
        self.version.data = str(version.version)
        self.kind.data = version.kind.value
        self.done_on.data = version.done_on
        self.place.data = version.place_code or WHOLE_DISTRICT
        self.quantity.data = version.quantity
        self.where.data, self.note.data = texts.where, texts.note

    def unit_of(self, me: Recorder) -> str:
        """The unit that was chosen, or the only one there is."""
        chosen: Any = getattr(self, "unit", None)
        return chosen.data if chosen else next(iter(me.units))

    @property
    def done(self) -> Done:
        """What was typed; only of a form that is valid."""
        place: str = self.place.data
        day: date = self.done_on.data or date.max
        return Done(
            kind=PublicityKind(self.kind.data),
            done_on=day,
            place=None if place == WHOLE_DISTRICT else place,
            quantity=self.quantity.data or 0,
            where=self.where.data or "",
            note=self.note.data or "",
        )


class NewEntryForm(OnceForm, EntryForm):
    """One that is written for the first time."""
