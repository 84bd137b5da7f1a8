"""What is typed about who is in charge. Every form carries the version that its writer saw, and
what he has seen the effect of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from admin.accounts.staff_form import StaffForm
from admin.responsibilities.change import Change, ending, replacing
from admin.responsibilities.checks import Wrong, may_be_in_charge
from admin.responsibilities.table import Table
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.campaign.place import PlaceKind
from portal.campaign.responsibility import Actor, Responsibility
from portal.campaign.unit import UnitKind


class _Day(DateField):
    """A day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise ValueError("日期要这样写：2022-06-20") from None


class _Choice(SelectField):
    """One of a list."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what the list doesn't offer."""
        try:
            super().pre_validate(form)
        except ValueError:
            raise ValidationError("请从名单里选") from None


def _begin() -> Any:
    return _Day("从哪天起", [InputRequired("请写从哪天起")])


def _unit() -> Any:
    return _Choice("由哪个单位主管", [DataRequired("请选单位")], default="")


def _basis() -> Any:
    return TextAreaField("依据", [DataRequired("请写依据")])


class ChangeForm(StaffForm):
    """A change of one row."""

    version = HiddenField()
    # The digest of the change whose effect the page showed; saving asks for exactly that one.
    previewed = HiddenField()

    def offer(self, table: Table) -> None:
        """Fill the lists to choose from."""

    def proposed(self, row: Responsibility | None) -> Change:
        """The change that the form describes."""
        raise NotImplementedError

    def blame(self, wrong: Iterable[Wrong]) -> None:
        """Put what is wrong beside the field that it is about."""
        for one in wrong:
            if one.column in self:
                field = self[one.column]
                field.errors = [*field.errors, one.what]
            else:
                self.form_errors.append(one.what)


class NewForm(ChangeForm):
    """A new row. An empty cell stands for any."""

    policy = _Choice("哪项补贴", default="")
    problem = _Choice("哪种问题", default="")
    place = StringField("地方", render_kw={"list": "streets"})
    kind = _Choice("哪类件", default="")
    actor = _Choice("谁做的", default="")
    unit = _unit()
    basis = _basis()
    valid_from = _begin()

    def offer(self, table: Table) -> None:
        """Fill the lists to choose from."""
        book = table.book
        self._book = book
        self.policy.choices = [
            ("", "所有补贴"),
            *((one.code, one.name) for one in book.policies.values()),
        ]
        self.problem.choices = [
            ("", "所有问题"),
            *((one.code, f"{one.code} {one.plain_text}") for one in book.problem_types.values()),
        ]
        self.kind.choices = [("", "所有的类"), *((one.value, one.official) for one in Kind)]
        self.actor.choices = [("", "不管谁做的"), *((one.value, one.official) for one in Actor)]
        self.unit.choices = units_to_choose(book)

    @property
    def streets(self) -> list[str]:
        """Places to pick from while typing; communities would be hundreds."""
        return [one.name for one in self._book.places.values() if one.kind is PlaceKind.STREET]

    def validate_place(self, field: StringField) -> None:
        """A place is typed by its name or its code, since there are hundreds."""
        typed = (field.data or "").strip()
        found = _places_called(self._book, typed)
        if typed and not found:
            raise ValidationError(f"没有找到“{typed[:20]}”，请写街道、乡镇或社区的全名")
        if len(found) > 1:
            codes = "、".join(
                f"{code}（{self._book.places[self._book.places[code].parent_code or code].name}）"
                for code in found[:5]
            )
            raise ValidationError(f"有几个地方叫这个名字，请写编号：{codes}")
        self._place = found[0] if found else None

    def proposed(self, row: Responsibility | None) -> Change:
        """The row as a change."""
        new = Responsibility(
            policy_code=self.policy.data or None,
            problem_code=self.problem.data or None,
            place_code=self._place,
            kind=Kind(self.kind.data) if self.kind.data else None,
            actor=Actor(self.actor.data) if self.actor.data else None,
            unit_code=self.unit.data,
            basis=_tidy(self.basis.data),
            valid_from=self.valid_from.data,
            valid_to=None,
        )
        return Change(added=(new,))


class ReplaceForm(ChangeForm):
    """Another unit for the same, from a day on."""

    unit = _unit()
    basis = _basis()
    valid_from = _begin()

    def offer(self, table: Table) -> None:
        """Fill the list of units."""
        self.unit.choices = units_to_choose(table.book)

    def proposed(self, row: Responsibility | None) -> Change:
        """The old row's end and the new row."""
        assert row is not None  # noqa: S101  # The page of a row has one.
        assert self.valid_from.data is not None  # noqa: S101  # The form asks for it.
        return replacing(row, self.unit.data, _tidy(self.basis.data), self.valid_from.data)


class EndForm(ChangeForm):
    """The end of a row."""

    valid_to = _Day("最后一天", [InputRequired("请写最后一天")])

    def proposed(self, row: Responsibility | None) -> Change:
        """The end."""
        assert row is not None  # noqa: S101  # The page of a row has one.
        assert isinstance(self.valid_to.data, date)  # noqa: S101  # The form asks for it.
        return Change(ended=ending(row, self.valid_to.data))


class SheetForm(StaffForm):
    """A spreadsheet to be looked at; the file itself isn't read by WTForms."""

    version = HiddenField()


class TakeOverForm(StaffForm):
    """A spreadsheet that was looked at, carried as text to be saved."""

    version = HiddenField()
    table = HiddenField()


class FilterForm(FlaskForm):
    """What the list is narrowed to. It is only read, so it carries no token."""

    class Meta(FlaskForm.Meta):
        """What WTForms asks about this form's token."""

        csrf = False

    unit = _Choice("单位", default="")
    policy = _Choice("补贴", default="")

    def offer(self, table: Table) -> None:
        """Fill the lists: units that are in charge of something, and the policies."""
        book = table.book
        there = {row.unit_code for row in table.rows}
        units = [(one.code, one.name) for one in book.units.values() if one.code in there]
        self.unit.choices = [("", "全部单位"), *units]
        policies = [(one.code, one.name) for one in book.policies.values()]
        self.policy.choices = [("", "全部补贴"), *policies]

    @property
    def wanted_unit(self) -> str:
        """The unit that the address names, if there is one of that name."""
        return _named(self.unit)

    @property
    def wanted_policy(self) -> str:
        """The policy that the address names, if there is one of that name."""
        return _named(self.policy)


def units_to_choose(book: Book) -> dict[str, list[tuple[str, str]]]:
    """The units that may be in charge, streets apart, with a first entry that chooses none."""
    groups: dict[str, list[tuple[str, str]]] = {"": [("", "请选")]}
    names: dict[UnitKind, str] = {UnitKind.STREET: "街道、乡镇", UnitKind.COMMUNITY: "社区、村"}
    for unit in book.units.values():
        if may_be_in_charge(unit):
            groups.setdefault(names.get(unit.kind, "部门"), []).append((unit.code, unit.name))
    return groups


def _places_called(book: Book, typed: str) -> list[str]:
    if typed in book.places:
        return [typed]
    return [one.code for one in book.places.values() if typed in {one.name, *one.aliases}]


def _named(field: SelectField) -> str:
    codes = {str(value) for value, *_ in field.iter_choices()}
    return str(field.data) if field.data in codes else ""


def _tidy(text: str | None) -> str:
    """Words on one line, as the campaign's file keeps them; a zero character no database takes."""
    return " ".join((text or "").replace("\0", "").split())
