"""What the office says of a case: where it belongs, what it is, whom it accuses; and what it cuts
out of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import DateField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import Optional, ValidationError

from admin.desk.case_file import CaseFile
from admin.desk.pages.forms import ActForm, target_choices, text, unit_choices
from admin.desk.pages.reporting_forms import check_report_day, usual_report_day
from admin.desk.sorting import Ruling
from admin.desk.splitting import Cut
from admin.desk.target import accused_of
from intake.cases.assignment import Manner
from portal.campaign.book import Book
from portal.campaign.kinds import Kind


class _Matter(ActForm):
    """What a case is about."""

    kind = SelectField("哪一类")
    policy = SelectField("哪项补贴")
    problem = SelectField("什么问题")

    def offer(self, book: Book, file: CaseFile, units: Sequence[str]) -> None:
        """The kinds, policies and problem types of the campaign."""
        self.kind.choices = [(kind.value, kind.official) for kind in Kind]
        self.policy.choices = [
            ("", "不知道，或者不是补贴的事"),
            *((one.code, one.name) for one in book.policies.values()),
        ]
        self.problem.choices = [
            ("", "都不是，或者不知道"),
            *((one.code, f"{one.code} {one.plain_text}") for one in book.problem_types.values()),
        ]

    def begin_with(self, book: Book, file: CaseFile) -> None:
        """What stands there now."""
        self.kind.data = file.case.kind
        self.policy.data = file.case.policy_code or ""
        self.problem.data = file.case.problem_code or ""

    @property
    def chosen(self) -> dict[str, Any]:
        """Kind, policy and problem type as the acts want them."""
        return {
            "kind": Kind(self.kind.data),
            "policy": self.policy.data or None,
            "problem": self.problem.data or None,
        }


class SortForm(_Matter):
    """Sorting a case."""

    freed = SelectMultipleField(
        "哪些其实没有被反映",
        default=[],
        description="规则从文字里读出它们像是被反映，先让它们回避。看过以后认为只是提到的，勾上。",
    )
    accused = SelectField("还反映了谁")
    unit = SelectField("交给哪个单位")
    manner = SelectField(
        "怎么交",
        choices=[
            SelectChoice(Manner.ASSIGN.value, "交办：办完向办公室报结果"),
            SelectChoice(Manner.TRANSFER.value, "转办：不用报结果，照期限答复来件人"),
        ],
        default=Manner.ASSIGN.value,
    )
    report_by = DateField("交办的，哪天以前报结果（转办不看这一栏）", [Optional()])
    arbiter = text("第三次退回，裁定单位怎么定的：哪天、谁定的、文号")
    told = text("改成别的类，为什么（来件人可见）")
    words = text("记一句（内部，只有办公室看得到）")

    def offer(self, book: Book, file: CaseFile, units: Sequence[str]) -> None:
        """The units that may have it, the rules' own thoughts first; those that may be accused."""
        super().offer(book, file, units)
        self._kind_now = file.case.kind
        self._barred = [one.unit for one in file.freeable if one.unit]
        possible = [*units, *(code for code in self._barred if book.units[code].desk)]
        self._likely = likely_units(file, possible)
        here = book.units[file.case.unit_code].name
        self.unit.choices = unit_choices(book, possible, f"留在{here}", self._likely)
        self.accused.choices = target_choices(book, file.may_be_barred, "没有别的")
        self.freed.choices = [(one.value, one.name) for one in file.freeable]
        if not file.freeable:
            del self.freed
        if not file.to_decide.may_be_given:
            del self.unit, self.manner, self.report_by
        if not file.to_decide.needs_arbiter:
            del self.arbiter
        else:
            name = book.unit_name(book.campaign.arbiter_code)
            self.arbiter.label.text = (
                f"第三次退回，交给哪个单位由{name}裁定：哪天、谁定的、文号（不换单位就不用写）"
            )

    def begin_with(self, book: Book, file: CaseFile) -> None:
        """What the rules think, where somebody has to decide."""
        super().begin_with(book, file)
        if "unit" not in self:
            return
        self.report_by.data = usual_report_day(book, file)
        if file.to_decide.waits:
            free = (code for code in self._likely if code not in self._barred)
            self.unit.data = next(free, "")

    def validate_unit(self, field: Any) -> None:
        """A unit that may be accused gets nothing before somebody says that it isn't."""
        if field.data in self._barred and field.data not in (self.freed.data or ()):
            raise ValidationError("这个单位像是被反映，先勾上“其实没有被反映”，才能交给它")

    def validate_manner(self, field: Any) -> None:
        """Of a tip-off the office always hears what came of it; and whoever owes a report has to
        know by when."""
        transferred = field.data == Manner.TRANSFER
        if not self.unit.data:
            return
        if transferred and self.kind.data == Kind.TIP_OFF:
            raise ValidationError("举报件不能转办，请选交办，写哪天以前报结果")
        if not transferred and self.report_by.data is None:
            raise ValidationError("请写哪天以前报结果；不用报的，选转办")

    def validate_report_by(self, field: DateField) -> None:
        """Nobody can report by a day that is over."""
        if self.unit.data and self.manner.data == Manner.ASSIGN:
            check_report_day(field)

    def validate_arbiter(self, field: Any) -> None:
        """Only whose it is has the arbiter to say; the rest the office puts right itself."""
        if self.unit.data and not (field.data or "").strip():
            raise ValidationError("请写裁定单位怎么定的")

    def validate_told(self, field: Any) -> None:
        """Whoever wrote must be told why his case is now one of another kind."""
        if self.kind.data != self._kind_now and not (field.data or "").strip():
            raise ValidationError("改了类，要告诉来件人为什么")

    @property
    def _handing(self) -> dict[str, Any]:
        """How the unit gets it, where one gets it."""
        if "manner" not in self:
            return {}
        return {"manner": Manner(self.manner.data), "report_by": self.report_by.data}

    @property
    def ruling(self) -> Ruling:
        """What the office says."""
        return Ruling(
            **self.chosen,
            unit=self.unit.data if "unit" in self else "",
            **self._handing,
            freed=accused_of(self.freed.data or () if "freed" in self else ()),
            accused=accused_of([self.accused.data or ""]),
            told=self.told.data or "",
            note=self.words.data or "",
            arbiter=self.arbiter.data or "" if "arbiter" in self else "",
        )


class SplitForm(_Matter):
    """Cutting a matter out of a case."""

    words = text("分出来的这一部分", "请留下要分出来的那一部分")
    unit = SelectField("交给哪个单位")
    files = SelectMultipleField(
        "哪些文件也分过去",
        default=[],
        description="勾上的，办这一部分的单位看得到；没有勾的看不到。",
    )
    report_by = DateField("哪天以前向办公室报结果（不用报就空着）", [Optional()])

    def offer(self, book: Book, file: CaseFile, units: Sequence[str]) -> None:
        """The units that may have it, where the rules decide unless one is chosen; and the files
        that came with the words."""
        super().offer(book, file, units)
        self.unit.choices = unit_choices(book, units, "按规则分")
        self.files.choices = [(one.file.stored, one.file.name) for one in file.files]
        if not file.files:
            del self.files

    def begin_with(self, book: Book, file: CaseFile) -> None:
        """The whole text, to be cut down."""
        super().begin_with(book, file)
        self.policy.data = self.problem.data = ""
        self.words.data = file.words or ""

    def validate_report_by(self, field: DateField) -> None:
        """Who is to report has to be named: the rules may leave it to people whose it is."""
        if field.data and not self.unit.data:
            raise ValidationError("写了哪天报结果，就要选交给哪个单位")
        check_report_day(field)

    @property
    def cut(self) -> Cut:
        """What was cut out."""
        files = tuple(self.files.data or ()) if "files" in self else ()
        return Cut(
            words=self.words.data or "",
            unit=self.unit.data or "",
            files=files,
            report_by=self.report_by.data,
            **self.chosen,
        )


def likely_units(file: CaseFile, units: Sequence[str]) -> list[str]:
    """The units that the rules thought of, the likeliest first, that may have the case."""
    if file.decision is None:
        return []
    thought = [file.decision.natural, *(unit for unit, _score in file.decision.candidates)]
    return [code for code in dict.fromkeys(thought) if code and code in units]
