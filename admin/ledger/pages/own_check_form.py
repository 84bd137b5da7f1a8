"""What a unit types of its own check: what it found, and the first measure with its person and its
day."""

from __future__ import annotations

from typing import Any

from wtforms import Field, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, StopValidation, ValidationError

from admin.accounts.access import Access
from admin.accounts.figures import Day
from admin.ledger.own_check import places_to_check, units_that_find
from admin.ledger.pages.forms import MOST, FindingForm, desk_units
from admin.ledger.rectifying import PlannedMeasure
from portal.campaign.book import Book


class _BesideMeasure:
    """Asks for a field where a measure is typed, and lets it be empty where none is."""

    def __init__(self, missing: str) -> None:
        self.missing = missing

    def __call__(self, form: Any, field: Field) -> None:
        if not _is_typed(field):
            field.errors = []
            raise StopValidation(self.missing if _is_typed(form.measure) else "")


def _is_typed(field: Field) -> bool:
    return any(isinstance(one, str) and one.strip() for one in field.raw_data or ())


class OwnCheckForm(FindingForm):
    """What a unit found by its own check, with the first measure that it takes."""

    found_by = SelectField("哪个单位查的", [DataRequired("请选是哪个单位查的")])
    measure = TextAreaField("已经定了的整改措施", [Length(max=MOST, message="太长了，最多五千字")])
    person = StringField(
        "措施谁负责",
        [_BesideMeasure("请写措施谁负责"), Length(max=80, message="太长了，最多80个字")],
    )
    due_on = Day("措施最迟哪天做完", [_BesideMeasure("请写措施最迟哪天做完")])

    def validate_measure(self, field: Field) -> None:
        """Ask for the measure that somebody is named for."""
        if not _is_typed(field) and (_is_typed(self.person) or _is_typed(self.due_on)):
            raise ValidationError("写了谁负责或者哪天做完，没有写措施")

    @property
    def measures(self) -> tuple[PlannedMeasure, ...]:
        """The measure that was typed, if one was; asked for only when the form is valid."""
        if self.due_on.data is None:
            return ()
        text, person = self.measure.data or "", self.person.data or ""
        return (PlannedMeasure(text=text, person=person, due_on=self.due_on.data),)

    def offer_to(self, book: Book, access: Access) -> None:
        """Fill the lists with the units of the writer, and those at which they may check."""
        self.offer(book)
        own = units_that_find(book, access)
        self.found_by.choices = [(one.code, one.name) for one in own]
        checked = {code for one in own for code in places_to_check(book, one.code)}
        self.unit.choices = desk_units(book, only=checked)
