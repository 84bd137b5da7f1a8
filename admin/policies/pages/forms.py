"""What is typed about policies. Every form carries the version that its writer saw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from admin.accounts.staff_form import StaffForm
from admin.policies.cells import cell_of, read_cell
from admin.policies.checks import MOST_NOTE, Wrong, wrong_code
from admin.policies.columns import NAMES
from portal.campaign.book import Book
from portal.campaign.policy import SourceStatus

_YES_NO = [("yes", "是"), ("no", "否")]
_LONG = frozenset({"eligibility", "standard", "payment", "apply_at", "materials", "legal_basis"})
_LONG_LISTS = frozenset({"aliases", "needs"})
_FLAGS = frozenset({"in_scope", "discreet", "sample"})
_CHOSEN = _FLAGS | {"unit_code", "source_status"}


class _Day(DateField):
    """A day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise ValueError("日期要这样写：2022-06-20") from None


class WhyForm(StaffForm):
    """Why the list changes, and from when: what the public reads beside the change."""

    version = HiddenField()
    note = TextAreaField(
        "什么变了",
        [
            DataRequired("请写什么变了，公众会看到"),
            Length(max=MOST_NOTE, message=f"太长了，最多{MOST_NOTE}个字"),
        ],
    )
    holds_from = _Day("从哪天起", [InputRequired("请写从哪天起")])

    @property
    def why(self) -> tuple[str, date]:
        """What was typed, once it was found whole."""
        assert self.holds_from.data is not None  # noqa: S101  # The form asks for it.
        return (self.note.data or "").strip(), self.holds_from.data

    def blame(self, wrong: Iterable[Wrong]) -> None:
        """Put what is wrong beside the field that it is about."""
        for one in wrong:
            if one.field in self:
                field = self[one.field]
                field.errors = [*field.errors, one.what]
            else:
                self.form_errors.append(one.what)


class TakeOverForm(WhyForm):
    """A spreadsheet that was looked at, carried as text to be drafted."""

    table = HiddenField()


def _field(name: str) -> Any:
    """How a field of a policy is asked for; what is wrong with it, reading it says."""
    heading = NAMES[name]
    if name in _CHOSEN:
        return SelectField(heading, validate_choice=False)
    return TextAreaField(heading) if name in _LONG | _LONG_LISTS else StringField(heading)


class PolicyForm(WhyForm):
    """One policy whole. `seen` is what stood when its writer opened it."""

    seen = HiddenField()
    code = StringField("编号")
    # The rest is asked for by the names of the record's attributes.
    name = _field("name")
    unit_code = _field("unit_code")
    eligibility = _field("eligibility")
    standard = _field("standard")
    payment = _field("payment")
    apply_at = _field("apply_at")
    materials = _field("materials")
    legal_basis = _field("legal_basis")
    aliases = _field("aliases")
    needs = _field("needs")
    ended_on = _field("ended_on")
    in_scope = _field("in_scope")
    source_status = _field("source_status")
    discreet = _field("discreet")
    sample = _field("sample")
    checked_on = _field("checked_on")

    def offer(self, book: Book) -> None:
        """Fill the lists to choose from."""
        self.source_status.choices = [(one.value, one.official) for one in SourceStatus]
        for name in _FLAGS:
            self[name].choices = _YES_NO
        units = [(one.code, one.name) for one in book.units.values() if one.desk]
        chosen = book.units.get(self.unit_code.data or "")
        if chosen and not chosen.desk:
            units.append((chosen.code, chosen.name))
        self.unit_code.choices = [("", "请选"), *units]

    def read(self, book: Book) -> dict[str, Any] | None:
        """The fields that were typed; none where one of them can't be taken, which it then says."""
        read: dict[str, Any] = {}
        for name in NAMES:
            try:
                read[name] = read_cell(name, self[name].data or "", book)
            except ValueError as error:
                self[name].errors = [*self[name].errors, str(error)]
        return None if self.errors else read

    def blame_code(self, book: Book) -> None:
        """Say what is wrong with the code of a new policy."""
        code = (self.code.data or "").strip()
        what = wrong_code(code)
        if not what and code in book.policies:
            what = f"编号“{code}”已经有了"
        if what:
            self.code.errors = [*self.code.errors, what]


def as_typed(fields: Mapping[str, Any]) -> dict[str, str]:
    """Fields as the form shows them."""
    return {
        name: "、".join(value) if isinstance(value, list) else cell_of(value)
        for name, value in fields.items()
    }
