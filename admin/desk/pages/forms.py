"""What is typed at the desk. Every form carries the version of the case that its writer saw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import Field, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, Length

from admin.accounts.staff_form import StaffForm
from admin.desk.identity import Reason
from portal.campaign.book import Book
from portal.campaign.unit import UnitKind

_MOST = 20_000


def _text(label: str, missing: str) -> Any:
    return TextAreaField(
        label, [DataRequired(missing), Length(max=_MOST, message="太长了，最多两万字")]
    )


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

    def offer(self, book: Book, units: Sequence[str]) -> None:
        """Fill the lists to choose from; most forms have none."""


class ReasonForm(ActForm):
    """A move that needs its reason."""

    words = _text("理由", "请写理由")


class DraftForm(ActForm):
    """A reply."""

    words = _text("答复", "请写答复")


class NoteForm(ActForm):
    """An internal note."""

    words = _text("记事", "请写要记的事")


class ExtractForm(ActForm):
    """An extract that doesn't betray the writer."""

    words = _text("摘要", "请写摘要")


class UnitForm(ActForm):
    """A move that needs a unit."""

    unit = SelectField("单位", [DataRequired("请选单位")])

    def offer(self, book: Book, units: Sequence[str]) -> None:
        """The units that may be chosen, bureaus and offices before streets and communities."""
        self.unit.choices = unit_choices(book, units, "请选单位")


class RecuseForm(UnitForm):
    """Marking a unit as accused: which, and why."""

    words = _text("理由", "请写理由")


class ReturnForm(ReasonForm):
    """Returning a case: why, and whose it is."""

    unit = SelectField("该归哪个单位（知道就选）")

    def offer(self, book: Book, units: Sequence[str]) -> None:
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


def unit_choices(book: Book, codes: Sequence[str], nothing: str) -> list[SelectChoice]:
    """Units in three groups, with a first entry that chooses none."""
    groups = {UnitKind.STREET: "街道、乡镇", UnitKind.COMMUNITY: "社区、村"}
    units = [book.units[code] for code in codes]
    found = [
        SelectChoice(unit.code, unit.name, optgroup=groups.get(unit.kind, "部门")) for unit in units
    ]
    order = ["部门", *groups.values()]
    return [
        SelectChoice("", nothing),
        *sorted(found, key=lambda choice: order.index(choice.optgroup or "")),
    ]
