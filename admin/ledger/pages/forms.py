"""What is typed about the ledger. Every form carries the version that its writer saw."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from admin.accounts.figures import Day, Whole, yuan
from admin.accounts.staff_form import StaffForm
from portal.campaign.book import Book
from portal.campaign.unit import UnitKind
from portal.published.result import ResultState

_MOST = 5_000


def _text(label: str, missing: str) -> Any:
    return TextAreaField(
        label, [DataRequired(missing), Length(max=_MOST, message="太长了，最多五千字")]
    )


class StepForm(StaffForm):
    """A step that needs nothing but the press of a button."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version that the writer saw; -1, which nothing has, where none was sent."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1

    @property
    def to_show(self) -> list[Field]:
        """The fields that a person fills in."""
        return [field for field in self if "Hidden" not in field.type and "CSRF" not in field.type]


class ProblemForm(StepForm):
    """A problem to be entered into the ledger."""

    what_is_wrong = _text("查到什么问题", "请写查到的问题")
    unit = SelectField("由哪个单位整改", [DataRequired("请选整改的单位")])
    problem_type = SelectField("问题类别", [DataRequired("请选问题类别")])
    policy = SelectField("涉及补贴")
    place = SelectField("地方")
    fund_year = Whole(
        "资金年度", [Optional(), NumberRange(2000, 2100, "资金年度写四位数，比如 2021")]
    )
    amount = yuan("涉及金额（元）")
    persons = Whole(
        "涉及人数", [Optional(), NumberRange(0, 10_000_000, "人数不能是负数，也不能这么大")]
    )
    rectify_by = Day("整改时限", [InputRequired("请写整改时限")])
    verified = BooleanField("办公室已经核实，事实成立")
    wording_checked = BooleanField("已经和原文逐句比过，相同的地方看不出是谁反映的")

    def offer(self, book: Book) -> None:
        """Fill the lists to choose from."""
        self.unit.choices = desk_units(book)
        self.problem_type.choices = [
            ("", "请选"),
            *((one.code, f"{one.code} {one.plain_text}") for one in book.problem_types.values()),
        ]
        self.policy.choices = [
            ("", "不限一项"),
            *((one.code, one.name) for one in book.policies.values()),
        ]
        self.place.choices = [
            ("", "全区"),
            *((one.code, one.name) for one in book.places.values()),
        ]


class MeasureForm(StepForm):
    """A measure."""

    text = _text("整改措施", "请写整改措施")


class DoneForm(StepForm):
    """A measure that was done."""

    done_on = Day("哪一天完成的", [InputRequired("请写完成的日子")])
    evidence = _text("凭什么证明做完了", "请写完成的证明")


class ResponsibleForm(StepForm):
    """Who answers for the rectification."""

    leader = StringField(
        "责任领导", [DataRequired("请写责任领导"), Length(max=80, message="太长了，最多80个字")]
    )
    person = StringField(
        "责任人", [DataRequired("请写责任人"), Length(max=80, message="太长了，最多80个字")]
    )


class RectifiedForm(StepForm):
    """The head's word."""

    word = _text("单位负责人的意见", "请写您的意见")
    recovered = yuan("追回资金（元）")
    paid_back = yuan("补发给群众（元）")


class SendBackForm(StepForm):
    """Why a problem isn't put right yet."""

    reason = _text("还差什么", "请写退回的理由")


class StrikeOffForm(StepForm):
    """The approver's opinion."""

    opinion = _text("审核意见", "请写审核意见")


class FilterForm(FlaskForm):
    """What the ledger is narrowed to. It is only read, so it carries no token."""

    class Meta(FlaskForm.Meta):
        """What WTForms asks about this form's token."""

        csrf = False

    unit = SelectField("单位")
    type = SelectField("问题类别")
    state = HiddenField()

    def offer(self, book: Book) -> None:
        """Fill the lists to choose from."""
        self.unit.choices = desk_units(book, "全部单位")
        self.type.choices = [
            ("", "全部类别"),
            *((one.code, f"{one.code} {one.plain_text}") for one in book.problem_types.values()),
        ]


def desk_units(book: Book, nothing: str = "请选") -> dict[str, list[tuple[str, str]]]:
    """The units that work here, streets apart, with a first entry that chooses none."""
    groups: dict[str, list[tuple[str, str]]] = {"": [("", nothing)]}
    names: dict[UnitKind, str] = {UnitKind.STREET: "街道、乡镇", UnitKind.COMMUNITY: "社区、村"}
    for unit in book.units.values():
        if unit.desk:
            groups.setdefault(names.get(unit.kind, "部门"), []).append((unit.code, unit.name))
    return groups


def state_of(text: str | None) -> ResultState | None:
    """The state of that name, None where there is none."""
    return ResultState(text) if text in set(ResultState) else None


def named(codes: Iterable[str], wanted: str | None) -> str | None:
    """The code that an address names, None where it names none that there is."""
    return wanted if wanted and wanted in set(codes) else None
