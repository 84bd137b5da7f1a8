"""What is typed at the desk. Every form carries the version of the case that its writer saw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from admin.accounts.staff_form import StaffForm
from admin.desk.identity import Reason
from admin.desk.queue_view import DUE_WORDS, Filters
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.campaign.place import PlaceKind
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
        choices=[(reason.value, reason.official) for reason in Reason],
    )


class BulkForm(StaffForm):
    """Signing for several cases at once; the boxes are read one by one."""

    list = HiddenField()


class FilterForm(FlaskForm):
    """What a list is narrowed to. It is only read, so it carries no token."""

    class Meta(FlaskForm.Meta):
        """What WTForms asks about this form's token."""

        csrf = False

    due = SelectField("期限")
    kind = SelectField("类")
    policy = SelectField("补贴")
    problem = SelectField("问题")
    place = SelectField("街道")

    @classmethod
    def showing(cls, filters: Filters, book: Book) -> FilterForm:
        """The form with what is chosen now."""
        form = cls(formdata=None, data=filters.as_args())
        form.due.choices = _any(DUE_WORDS.items())
        form.kind.choices = _any((kind.slug, kind.official) for kind in Kind)
        form.policy.choices = _any((p.code, p.name) for p in book.policies.values())
        form.problem.choices = _any(
            (p.code, f"{p.code} {p.plain_text}") for p in book.problem_types.values()
        )
        streets = (p for p in book.places.values() if p.kind is PlaceKind.STREET)
        form.place.choices = _any((p.code, p.name) for p in streets)
        return form


def unit_choices(
    book: Book, codes: Sequence[str], nothing: str
) -> dict[str, list[tuple[str, str]]]:
    """Units in three groups, with a first entry that chooses none."""
    groups: dict[str, list[tuple[str, str]]] = {"": [("", nothing)]}
    names = {UnitKind.STREET: "街道、乡镇", UnitKind.COMMUNITY: "社区、村"}
    for code in codes:
        unit = book.units[code]
        groups.setdefault(names.get(unit.kind, "部门"), []).append((code, unit.name))
    return groups


def _any(choices: Any) -> list[tuple[str, str]]:
    return [("", "全部"), *choices]
