"""What is typed at the desk. Every form carries the version of the case that its writer saw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from wtforms import DateField, Field, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from admin.accounts.staff_form import StaffForm
from admin.desk.case_file import CaseFile
from admin.desk.identity import Reason
from portal.campaign.book import Book
from portal.campaign.unit import UnitKind
from portal.foundation import clock

_MOST = 20_000
_USUAL_DAYS = 5


def text(label: str, missing: str = "") -> Any:
    """A field for words; without `missing` it may stay empty."""
    needed = [DataRequired(missing)] if missing else []
    return TextAreaField(label, [*needed, Length(max=_MOST, message="太长了，最多两万字")])


class ActForm(StaffForm):
    """A move that needs nothing but the press of a button."""

    version = HiddenField()
    list = HiddenField()

    @property
    def seen(self) -> int:
        """The version of the case that the writer saw; 0, which no case has, where none was
        sent."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0

    @property
    def to_show(self) -> Sequence[Field]:
        """The fields that a person fills in."""
        return [field for field in self if "Hidden" not in field.type and "CSRF" not in field.type]

    def offer(self, book: Book, file: CaseFile, units: Sequence[str]) -> None:
        """Fill the lists to choose from; most forms have none."""

    def begin_with(self, book: Book, file: CaseFile) -> None:
        """Fill in what stands there when the page is opened."""


class ReasonForm(ActForm):
    """A move that needs its reason."""

    words = text("理由", "请写理由")


class DraftForm(ActForm):
    """A reply."""

    words = text("答复", "请写答复")

    def begin_with(self, book: Book, file: CaseFile) -> None:
        """What was drafted before."""
        self.words.data = file.draft.text if file.draft else ""


class NoteForm(ActForm):
    """An internal note."""

    words = text("记事", "请写要记的事")


class ExtractForm(ActForm):
    """An extract that doesn't betray the writer."""

    words = text("摘要", "请写摘要")


class OpinionForm(ActForm):
    """What an assisting unit has to say."""

    words = text("协办意见", "请写协办意见")


class UnitForm(ActForm):
    """A move that needs a unit."""

    unit = SelectField("单位", [DataRequired("请选单位")])

    def offer(self, book: Book, file: CaseFile, units: Sequence[str]) -> None:
        """The units that may be chosen, bureaus and offices before streets and communities."""
        self.unit.choices = unit_choices(book, units, "请选单位")


class RecuseForm(UnitForm):
    """Marking a unit as accused: which, and why."""

    words = text("理由", "请写理由")


class AssistForm(UnitForm):
    """Asking a unit to help: which, with what, by when."""

    due_on = DateField("最晚哪天报意见", [InputRequired("请写日期")])
    words = text("请它办哪一部分", "请写请它办哪一部分")

    def begin_with(self, book: Book, file: CaseFile) -> None:
        """A usual time."""
        self.due_on.data = clock.today() + timedelta(days=_USUAL_DAYS)

    def validate_due_on(self, field: DateField) -> None:
        """Nobody can answer by a day that is over."""
        if field.data and field.data < clock.today():
            raise ValidationError("这一天已经过了，请写今天或者以后的日子")


class ReturnForm(ReasonForm):
    """Returning a case: why, and whose it is."""

    unit = SelectField("该归哪个单位（知道就选）")

    def offer(self, book: Book, file: CaseFile, units: Sequence[str]) -> None:
        """The units that could be right."""
        self.unit.choices = unit_choices(book, units, "不知道")


class IdentityForm(ActForm):
    """Opening a contact."""

    reason = RadioField(
        "为什么要打开",
        [DataRequired("请选理由")],
        choices=[SelectChoice(reason.value, reason.official) for reason in Reason],
    )


class BulkForm(StaffForm):
    """Signing for several cases at once; the boxes are read one by one."""

    list = HiddenField()


def unit_choices(
    book: Book, codes: Sequence[str], nothing: str, first: Sequence[str] = ()
) -> list[SelectChoice]:
    """Units in groups, those that the rules think of `first`, with an entry that chooses none."""
    groups = {UnitKind.STREET: "街道、乡镇", UnitKind.COMMUNITY: "社区、村"}
    order = ["规则想到的", "部门", *groups.values()]
    found = []
    for code in [*first, *(one for one in codes if one not in first)]:
        unit = book.units[code]
        group = order[0] if code in first else groups.get(unit.kind, order[1])
        found.append(SelectChoice(code, unit.name, optgroup=group))
    return [
        SelectChoice("", nothing),
        *sorted(found, key=lambda choice: order.index(choice.optgroup or "")),
    ]
