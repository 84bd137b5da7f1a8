"""What is typed about the end of the campaign."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, ValidationError

from admin.accounts.staff_form import StaffForm
from admin.closing.deciding import Onward
from admin.desk.pages.forms import text, unit_choices
from intake.cases.continuation import Way
from portal.campaign.after_rule import AfterRule
from portal.campaign.book import Book
from portal.campaign.unit import UnitKind

_BODY = "body:"


class DecideForm(StaffForm):
    """How the ticked cases go on; the boxes are read one by one."""

    list = HiddenField()
    way = RadioField(
        "治理结束以后",
        [DataRequired("请选留办还是移交")],
        choices=[
            SelectChoice(Way.KEPT.value, "留办：现在归谁就由谁接着办"),
            SelectChoice(Way.HANDED_ON.value, "移交：交给另一个单位或者机关接着办"),
        ],
    )
    target = SelectField("移交给谁（留办不看这一栏）")
    words = text("为什么（移交一定要写）")

    def offer(self, book: Book) -> None:
        """The units of the campaign, but for communities, and the bodies outside it."""
        units = [c for c, one in book.units.items() if one.kind is not UnitKind.COMMUNITY]
        outside = [
            SelectChoice(
                f"{_BODY}{one.code}", f"{one.name}（{one.telephone}）", optgroup="外面的机关"
            )
            for one in AfterRule.of(book.campaign).bodies.values()
        ]
        self.target.choices = [*unit_choices(book, units, "请选"), *outside]

    def validate_target(self, field: Any) -> None:
        """Whoever hands on says to whom."""
        if self.way.data == Way.HANDED_ON and not field.data:
            raise ValidationError("请选移交给谁")

    def validate_words(self, field: Any) -> None:
        """And why."""
        if self.way.data == Way.HANDED_ON and not (field.data or "").strip():
            raise ValidationError("移交要写明为什么")

    @property
    def onward(self) -> Onward:
        """What was decided, from a form that validated."""
        way, target = Way(self.way.data), self.target.data or ""
        handed_on, outside = way is Way.HANDED_ON, target.startswith(_BODY)
        return Onward(
            way=way,
            unit=target if handed_on and not outside else None,
            body=target.removeprefix(_BODY) if handed_on and outside else None,
            reason=self.words.data or "",
        )


class StepForm(StaffForm):
    """A step towards the end, or back; `seen` is what the person saw of it."""

    seen = HiddenField()


class ReopenForm(StepForm):
    """Opening the campaign again."""

    words = text("为什么重新打开", "请写为什么重新打开")
