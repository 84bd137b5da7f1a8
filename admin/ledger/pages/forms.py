"""What is typed about the ledger. Every form carries the version that its writer saw."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
)

from admin.accounts.figures import Day, Whole, yuan
from admin.accounts.staff_form import OnceForm, StaffForm
from admin.files.file_field import EvidenceFiles
from admin.ledger.finding import Finding
from admin.ledger.office_entry import FROM_OUTSIDE
from admin.ledger.problem import Source
from portal.campaign.book import Book
from portal.campaign.unit import UnitKind

MOST = 5_000


def _text(label: str, missing: str) -> Any:
    return TextAreaField(
        label, [DataRequired(missing), Length(max=MOST, message="太长了，最多五千字")]
    )


class StepForm(StaffForm):
    """A step that needs nothing but the press of a button."""

    version = HiddenField()

    def offer(self, _book: Book) -> None:
        """Fill the lists to choose from, where a step has any."""

    @property
    def seen(self) -> int:
        """The version that the writer saw; -1, which nothing has, where none was sent."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1

    @property
    def to_show(self) -> list[Field]:
        """The fields that a person fills in."""
        return [field for field in self if "Hidden" not in field.type and "CSRF" not in field.type]


class FindingForm(OnceForm, StepForm):
    """What was found, and who puts it right."""

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
    files: EvidenceFiles | None = EvidenceFiles()

    def offer(self, book: Book) -> None:
        """Fill the lists to choose from."""
        self.unit.choices = desk_units(book)
        self.problem_type.choices = problem_types(book)
        self.policy.choices = [
            ("", "不限一项"),
            *((one.code, one.name) for one in book.policies.values()),
        ]
        self.place.choices = [
            ("", "全区"),
            *((one.code, one.name) for one in book.places.values()),
        ]

    @property
    def finding(self) -> Finding:
        """What was typed; asked for only when the form is valid."""
        assert self.rectify_by.data is not None  # noqa: S101  # The form asks for it.
        return Finding(
            unit=self.unit.data,
            problem_type=self.problem_type.data,
            what_is_wrong=self.what_is_wrong.data or "",
            rectify_by=self.rectify_by.data,
            place=self.place.data or None,
            policy=self.policy.data or None,
            fund_year=self.fund_year.data,
            amount=self.amount.data,
            persons=self.persons.data,
            files=self.files.data if self.files else (),
        )


class ProblemForm(FindingForm):
    """A problem to be entered into the ledger from a case. It takes no files: those of a reporter
    would give him away."""

    files = None
    source = SelectField("来源", default=Source.VERIFICATION.value)
    verified = BooleanField("办公室已经核实，事实成立")
    wording_checked = BooleanField("已经和原文逐句比过，相同的地方看不出是谁反映的")

    def offer(self, book: Book) -> None:
        """Fill the lists to choose from."""
        super().offer(book)
        self.source.choices = sources((Source.VERIFICATION, *FROM_OUTSIDE))

    @property
    def finding(self) -> Finding:
        """The same, with what the office vouches for."""
        return replace(
            super().finding,
            verified=bool(self.verified.data),
            wording_checked=bool(self.wording_checked.data),
        )


class OutsideForm(FindingForm):
    """What the office was told by audit, from above or by the press."""

    source = SelectField("来源", [DataRequired("请选来源")])

    def offer(self, book: Book) -> None:
        """Fill the lists to choose from."""
        super().offer(book)
        self.source.choices = [("", "请选"), *sources(FROM_OUTSIDE)]


class MeasureForm(StepForm):
    """A measure."""

    text = _text("整改措施", "请写整改措施")
    person = StringField(
        "谁负责", [DataRequired("请写谁负责"), Length(max=80, message="太长了，最多80个字")]
    )
    due_on = Day("最迟哪天做完", [InputRequired("请写最迟哪天做完")])


class DoneForm(StepForm):
    """A measure that was done."""

    done_on = Day("哪一天完成的", [InputRequired("请写完成的日子")])
    evidence = _text("凭什么证明做完了", "请写完成的证明")
    files = EvidenceFiles()


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
    files = EvidenceFiles()


class SendBackForm(StepForm):
    """Why a problem isn't put right yet."""

    reason = _text("还差什么", "请写退回的理由")


class StrikeOffForm(StepForm):
    """The approver's opinion."""

    opinion = _text("审核意见", "请写审核意见")


class CarryOverForm(StepForm):
    """Why a problem can't be put right yet, and when it is looked at again."""

    reason = _text("为什么挂账", "请写挂账的理由")
    day = Day("哪一天再看", [InputRequired("请写哪一天再看")])


class UnfoundedForm(StepForm):
    """Why there is no problem."""

    reason = _text("查下来的情况", "请写查下来的情况")


class RectifyByForm(StepForm):
    """Why a problem is taken up again, and by when it is to be put right."""

    reason = _text("理由", "请写理由")
    day = Day("新的整改时限", [InputRequired("请写新的整改时限")])


class ChangeForm(StepForm):
    """The figures of a problem, set anew."""

    problem_type = SelectField("问题类别", [DataRequired("请选问题类别")])
    fund_year = Whole(
        "资金年度", [Optional(), NumberRange(2000, 2100, "资金年度写四位数，比如 2021")]
    )
    amount = yuan("涉及金额（元）")
    persons = Whole(
        "涉及人数", [Optional(), NumberRange(0, 10_000_000, "人数不能是负数，也不能这么大")]
    )
    rectify_by = Day("整改时限", [InputRequired("请写整改时限")])
    reason = _text("为什么改", "请写为什么改")

    def offer(self, book: Book) -> None:
        """Fill the lists to choose from."""
        self.problem_type.choices = problem_types(book)


def problem_types(book: Book, nothing: str = "请选") -> list[tuple[str, str]]:
    """The types of problems to choose from, with a first entry that chooses none."""
    types = book.problem_types.values()
    return [("", nothing), *((one.code, f"{one.code} {one.plain_text}") for one in types)]


def sources(those: Iterable[Source]) -> list[tuple[str, str]]:
    """Some sources to choose from."""
    return [(one.value, one.official) for one in those]


def desk_units(
    book: Book, nothing: str = "请选", *, only: AbstractSet[str] | None = None
) -> dict[str, list[tuple[str, str]]]:
    """The units that work here, or `only` some of them, streets apart, with a first entry that
    chooses none."""
    groups: dict[str, list[tuple[str, str]]] = {"": [("", nothing)]}
    names: dict[UnitKind, str] = {UnitKind.STREET: "街道、乡镇", UnitKind.COMMUNITY: "社区、村"}
    for unit in book.units.values():
        if unit.desk and (only is None or unit.code in only):
            groups.setdefault(names.get(unit.kind, "部门"), []).append((unit.code, unit.name))
    return groups
