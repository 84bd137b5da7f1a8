"""What is typed when the office is told, and when another unit is asked to check a fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wtforms import DateField
from wtforms.validators import InputRequired, ValidationError

from admin.desk.case_file import CaseFile
from admin.desk.pages.forms import ActForm, AssistForm, text
from admin.desk.verifying import Question
from intake.dates import usual_day
from intake.rules.given_dates import REPORT_BACK
from portal.campaign.book import Book
from portal.foundation import clock


class ReportForm(ActForm):
    """What came of a case, for the office."""

    words = text("办理结果", "请写办理结果")


class ReportDayForm(ActForm):
    """By when the office wants to be told."""

    report_by = DateField("哪天以前报", [InputRequired("请写日期")])

    def begin_with(self, book: Book, file: CaseFile) -> None:
        """The day that stands, or the usual one."""
        now = file.turn.report_by if file.turn else None
        self.report_by.data = now or usual_report_day(book, file)

    def validate_report_by(self, field: DateField) -> None:
        """Nobody can report by a day that is over."""
        check_report_day(field)


class VerifyForm(AssistForm):
    """Asking a unit to check a fact: which, what, by when; of an accusation also why."""

    due_on = DateField("最晚哪天答复", [InputRequired("请写日期")])
    words = text("请它核查什么", "请写请它核查什么")
    reason = text(
        "为什么非问不可（只有办公室看得到；这件涉及举报，一问就可能让人猜到有人反映）",
        "涉及举报，请写为什么非问不可",
    )
    wanted = "核查结果"

    def offer(self, book: Book, file: CaseFile, units: Sequence[str]) -> None:
        """The units that may be asked; a reason only where it is an accusation."""
        super().offer(book, file, units)
        if not file.case.accusing:
            del self.reason

    @property
    def question(self) -> Question:
        """What is asked."""
        return Question(
            unit=self.unit.data or "",
            words=self.words.data or "",
            due_on=self.due_on.data or clock.today(),
            reason=self.reason.data or "" if "reason" in self else "",
        )


def usual_report_day(book: Book, file: CaseFile) -> date:
    """By when a unit usually reports back; where the campaign doesn't say, when the reporter
    hears."""
    usual = usual_day(book, file.case.kind, REPORT_BACK)
    return usual or max(file.case.answer_by, clock.today())


def check_report_day(field: DateField) -> None:
    """Refuse a day that is over.

    Raises:
        ValidationError: see there.
    """
    if field.data and field.data < clock.today():
        raise ValidationError("这一天已经过了，请写今天或者以后的日子")
