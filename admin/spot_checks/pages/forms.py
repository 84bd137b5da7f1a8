"""What is typed about a spot check. Every form of the office carries the version that its writer
saw."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Regexp

from admin.accounts.figures import Day, Whole
from admin.accounts.staff_form import OnceForm
from admin.files.file_field import EvidenceFiles
from admin.ledger.pages.forms import FindingForm, StepForm, desk_units
from admin.spot_checks.checking import Visits, to_blame
from admin.spot_checks.freezing import MOST_WEIGHT, Plan
from admin.spot_checks.reasons import Cause, Reason
from admin.spot_checks.what_is_published import PublicNumber
from portal.campaign.book import Book
from portal.campaign.spot_check_rule import Risk
from portal.campaign.unit import UnitKind
from portal.foundation.staff import Staff

_MOST, _MOST_PUBLIC = 2_000, 200
_GROUPS = {UnitKind.STREET: "街道、乡镇", UnitKind.COMMUNITY: "社区、村"}


def _line(label: str, missing: str) -> Any:
    too_long = Length(max=_MOST_PUBLIC, message=f"太长了，最多{_MOST_PUBLIC}字")
    return StringField(label, [DataRequired(missing), too_long])


def _words(label: str, missing: str = "") -> Any:
    needed = [DataRequired(missing)] if missing else []
    too_long = Length(max=_MOST, message="太长了，最多两千字")
    return TextAreaField(label, [*needed, too_long], default="")


def _count(label: str) -> Any:
    asked = InputRequired("请写数字，没有就写0")
    return Whole(label, [asked, NumberRange(0, 100_000, "数字不能是负数，也不能这么大")])


def _weight(risk: Risk) -> Any:
    right = NumberRange(1, MOST_WEIGHT, f"权重要写1到{MOST_WEIGHT}的整数")
    return Whole(f"权重：{risk.plain}", [InputRequired("请写权重"), right])


class ReasonForm(StepForm):
    """Why a unit is to stand in some stratum."""

    unit = SelectField("哪个单位", [DataRequired("请选单位")])
    cause = RadioField(
        "为什么",
        [DataRequired("请选为什么")],
        choices=[SelectChoice(one.value, one.official) for one in Cause],
    )
    words = _words("依据", "请写依据")

    def offer_units(self, book: Book, codes: list[str]) -> None:
        """Fill the list of units."""
        groups: dict[str, list[tuple[str, str]]] = {"": [("", "请选")]}
        for code in codes:
            unit = book.units[code]
            groups.setdefault(_GROUPS.get(unit.kind, "部门"), []).append((code, unit.name))
        self.unit.choices = groups

    @property
    def reason(self) -> Reason:
        """What was typed."""
        return Reason(self.unit.data, Cause(self.cause.data), self.words.data or "")


class FreezeForm(StepForm):
    """How many, by which weights, and which public number is waited for."""

    asked = Whole("抽多少个单位", [InputRequired("请写抽多少个")])
    source = _line("用哪个公开号码", "请写用哪个公开号码")
    day = Day("哪一天的号码", [InputRequired("请写哪一天的号码")])
    published = _line("号码在哪里公布", "请写号码在哪里公布")
    nil = _weight(Risk.NIL)
    coverage = _weight(Risk.COVERAGE)
    weak = _weight(Risk.WEAK)
    few = _weight(Risk.FEW)
    others = _weight(Risk.OTHERS)

    @property
    def plan(self) -> Plan:
        """What was typed; asked for only when the form is valid."""
        assert self.day.data is not None  # noqa: S101  # The form asks for it.
        weights = {
            Risk.NIL: self.nil.data,
            Risk.COVERAGE: self.coverage.data,
            Risk.WEAK: self.weak.data,
            Risk.FEW: self.few.data,
            Risk.OTHERS: self.others.data,
        }
        waits_for = PublicNumber(
            (self.source.data or "").strip(), self.day.data, (self.published.data or "").strip()
        )
        return Plan(self.asked.data or 0, {one: n or 0 for one, n in weights.items()}, waits_for)


class RevealForm(StepForm):
    """The public number, and where anybody can look it up."""

    public_number = StringField(
        "公开号码",
        [
            DataRequired("请写公开号码"),
            Length(max=80, message="太长了，最多80个字"),
            Regexp(r"[0-9A-Za-z .,+-]+$", message="号码只写数字、字母、空格和 . , + -"),
        ],
    )
    stands = _line("在哪里查得到", "请写在哪里查得到")


class GiveUpForm(StepForm):
    """Why a promise isn't kept."""

    why = _line("为什么作废", "请写为什么作废")


class TeamForm(StepForm):
    """Who is in a team, and what it checks."""

    members = SelectMultipleField("谁去查")
    units = SelectMultipleField("查哪些单位")

    def offer_people(self, book: Book, people: list[Staff], codes: list[str]) -> None:
        """Fill the two lists."""
        self.members.choices = [SelectChoice(str(one.id), _named(one, book)) for one in people]
        self.units.choices = [SelectChoice(code, book.units[code].name) for code in codes]

    @property
    def member_ids(self) -> list[int]:
        """The ids of the people."""
        return [int(one) for one in self.members.data or ()]


class BeginForm(OnceForm):
    """Beginning a spot check needs nothing but the press of a button."""


class TakeForm(StepForm):
    """Taking something back needs nothing but the press of a button."""


class VisitsForm(OnceForm, StepForm):
    """Visits to households, without a name."""

    on = Day("哪一天入户的", [InputRequired("请写哪一天")])
    visited = _count("入了几户")
    confirmed = _count("其中属实的")
    deviating = _count("其中不符的")
    note = _words("记一笔")
    files = EvidenceFiles()

    @property
    def visits(self) -> Visits:
        """What was typed; asked for only when the form is valid."""
        assert self.on.data is not None  # noqa: S101  # The form asks for it.
        counts = (self.visited.data or 0, self.confirmed.data or 0, self.deviating.data or 0)
        return Visits(self.on.data, *counts)


class ConclusionForm(OnceForm, StepForm):
    """What came of a check."""

    words = _words("查下来怎么样", "请写查下来的情况")
    files = EvidenceFiles()


class FoundForm(FindingForm):
    """A problem that a team found."""

    def offer_places(self, book: Book, code: str) -> None:
        """Fill the lists; only the unit that was checked and those below it put it right."""
        self.offer(book)
        to_name = to_blame(book, code)
        self.unit.choices = desk_units(book, only=to_name)
        if not self.is_submitted():
            self.unit.data = next(iter(to_name)) if len(to_name) == 1 else ""
            places = (one.code for one in book.places.values() if one.unit_code == code)
            self.place.data = next(places, "")


def _named(person: Staff, book: Book) -> str:
    units = [
        book.units[code].short_name for code in sorted(person.unit_codes) if code in book.units
    ]
    return f"{person.display_name}（{'、'.join(units)}）"
