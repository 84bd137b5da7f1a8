"""What is typed about an assessment. Every form of the office carries the version that its writer
saw."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from admin.accounts.figures import Day, Whole
from admin.accounts.staff_form import StaffForm
from admin.assessments.entry import Entry, How, Result
from admin.assessments.giving_rows import Gift
from admin.assessments.opening import (
    MOST_ASKED,
    Plan,
    streets_to_assess,
    units_to_assess,
)
from admin.assessments.printing_slips import MOST_AT_ONCE
from admin.assessments.reporting_lists import MOST_RECIPIENTS, ListReport
from admin.ledger.pages.forms import StepForm
from intake.asking.questionnaire_fields import chosen_in, question_fields
from intake.assessing.questions import BadQuestions, Question, of_text
from intake.assessing.said import Said
from portal.campaign.book import Book
from portal.foundation.staff import Staff

# What the office begins with, to be changed as it likes.
USUAL_QUESTIONS = (Path(__file__).parents[1] / "usual_questions.txt").read_text(encoding="utf-8")


class PlanForm(StaffForm):
    """What is assessed."""

    title = StringField(
        "题目", [DataRequired("请写题目"), Length(max=80, message="太长了，最多80字")]
    )
    first_on = Day("补贴从哪天发", [InputRequired("请写从哪天")])
    last_on = Day("发到哪天", [InputRequired("请写到哪天")])
    policies = SelectMultipleField("评估哪些补贴", [DataRequired("请选评估哪些补贴")])
    streets = SelectMultipleField("哪些街道的受助户", [DataRequired("请选街道")])
    units = SelectMultipleField("还评估哪些单位")
    asked = Whole(
        "一共抽多少户",
        [
            InputRequired("请写抽多少户"),
            NumberRange(1, MOST_ASKED, f"要写1到{MOST_ASKED}的整数"),
        ],
    )
    questions = TextAreaField("问卷", [DataRequired("请写问题")])

    def offer(self, book: Book) -> None:
        """Fill the lists to choose from."""
        self.policies.choices = [SelectChoice(one.code, one.name) for one in book.policies.values()]
        self.streets.choices = _named(book, streets_to_assess(book))
        self.units.choices = _named(book, units_to_assess(book))

    def validate_questions(self, field: TextAreaField) -> None:
        """It has to be a questionnaire."""
        try:
            of_text(field.data or "")
        except BadQuestions as bad:
            raise ValidationError("；".join(bad.problems)) from None

    @property
    def plan(self) -> Plan:
        """What was typed; asked for only when the form is valid."""
        assert self.first_on.data is not None  # noqa: S101  # The form asks for it.
        assert self.last_on.data is not None  # noqa: S101  # The form asks for it.
        return Plan(
            title=self.title.data or "",
            first_on=self.first_on.data,
            last_on=self.last_on.data,
            policies=frozenset(self.policies.data or ()),
            units=frozenset(self.units.data or ()),
            streets=frozenset(self.streets.data or ()),
            asked=self.asked.data or 0,
            questions=of_text(self.questions.data or ""),
        )


class ListForm(StepForm):
    """How many rows a street's list has, and by what it is known again; with the version of what
    was said of it before."""

    recipients = Whole(
        "名单有多少行",
        [
            InputRequired("请写名单有多少行"),
            NumberRange(1, MOST_RECIPIENTS, f"要写1到{MOST_RECIPIENTS}的整数"),
        ],
    )
    fingerprint = StringField("名单文件的指纹（SHA-256）", [Length(max=200, message="太长了")])
    paper = StringField("纸质名单的封存编号", [Length(max=40, message="太长了，最多40字")])

    @property
    def report(self) -> ListReport:
        """What was typed."""
        return ListReport(
            self.recipients.data or 0, self.fingerprint.data or "", self.paper.data or ""
        )


class GiftForm(StepForm):
    """Who asks how many rows of which street."""

    street = SelectField("哪个街道", [DataRequired("请选街道")])
    person = SelectField("谁去访", [DataRequired("请选谁去访")])
    rows = Whole(
        "几户", [InputRequired("请写几户"), NumberRange(1, MOST_ASKED, "要写大于零的整数")]
    )

    def offer_to(self, book: Book, people: Sequence[Staff], left: dict[str, int]) -> None:
        """Fill the two lists."""
        self.street.choices = [("", "请选")] + [
            (code, f"{book.units[code].name}（还有{number}户没分）")
            for code, number in left.items()
        ]
        self.person.choices = [("", "请选")] + [
            (str(one.id), f"{one.display_name}（{_units_of(one, book)}）") for one in people
        ]

    @property
    def gift(self) -> Gift:
        """What was typed."""
        return Gift(self.street.data, int(self.person.data), self.rows.data or 0)


class TakeBackForm(StepForm):
    """Whose rows of a street are taken back."""

    street = HiddenField()
    person = HiddenField()


class SheetForm(StepForm):
    """A spreadsheet of numbers for the version of the assessment that its sender saw."""


class SlipsForm(StepForm):
    """How many slips for which street. Pressing twice sends the same `once`."""

    once = HiddenField(default=lambda: secrets.token_hex(16))
    street = SelectField("哪个街道", [DataRequired("请选街道")])
    number = Whole(
        "几张",
        [
            InputRequired("请写几张"),
            NumberRange(1, MOST_AT_ONCE, f"一次1到{MOST_AT_ONCE}张"),
        ],
    )

    def offer_to(self, book: Book, streets: Sequence[str]) -> None:
        """Fill the list."""
        self.street.choices = [("", "请选")] + [(one, book.units[one].name) for one in streets]


class EntryForm(StaffForm):
    """What came of one row; the questions are added by `entry_form`. `shown` proves that this
    person was shown it, for when it isn't his any more."""

    shown = HiddenField()
    result = RadioField(
        "结果",
        [DataRequired("请选结果")],
        choices=[SelectChoice(one.value, one.official) for one in Result],
    )
    how = RadioField(
        "怎么访的",
        [DataRequired("请选怎么访的")],
        choices=[SelectChoice(one.value, one.official) for one in How],
    )
    tries = Whole(
        "第几次才成，或者试了几次",
        [Optional(), NumberRange(1, 20, "次数写1到20的整数")],
        default=1,
    )
    remark = TextAreaField("想说明的（可以不写）", [Length(max=500, message="太长了，最多500字")])

    def entry(self, questions: Sequence[Question]) -> Entry:
        """What was typed; asked for only when the form is valid."""
        result = Result(self.result.data)
        return Entry(
            how=How(self.how.data),
            result=result,
            tries=self.tries.data or 1,
            said=Said(result is Result.COMPLAINED, chosen_in(self, questions)),
            remark=(self.remark.data or "").strip(),
        )


def entry_form(
    questions: Sequence[Question],
    *,
    typed: bool = True,
    known: Entry | None = None,
    shown: str = "",
) -> Any:
    """The form for a questionnaire: with what was sent, or with what was written down before."""
    made: Any = type("QuestionnaireEntryForm", (EntryForm,), question_fields(questions))
    return made() if typed else made(formdata=None, data={**_data(known), "shown": shown})


def _data(known: Entry | None) -> dict[str, Any]:
    if known is None:
        return {"how": How.VISIT.value, "tries": 1}
    chosen = {f"q{place}": str(at) for place, at in known.said.chosen.items()}
    return {
        "how": known.how.value,
        "result": known.result.value,
        "tries": known.tries,
        "remark": known.remark,
        **chosen,
    }


def _named(book: Book, codes: Sequence[str]) -> list[SelectChoice]:
    return [SelectChoice(code, book.units[code].name) for code in codes]


def _units_of(person: Staff, book: Book) -> str:
    codes = sorted(code for code in person.unit_codes if code in book.units)
    return "、".join(book.units[code].short_name for code in codes)
