"""What is typed where clocks are concerned: routes, extensions, declining, and days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from wtforms import DateField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, InputRequired, ValidationError

from admin.desk.case_file import CaseFile
from admin.desk.declining import Declining
from admin.desk.pages.file_field import FilesToSend
from admin.desk.pages.forms import ActForm, text
from admin.desk.proposal import Ground
from portal.campaign.book import Book
from portal.foundation import clock

# The routes of 信访工作条例 31; most matters are of the sixth.
_ROUTES = {
    "6": "没有别的途径：听取事实和理由，调查核实，出处理意见书",
    "5": "申请查处违法行为、履行职责：依法履行或者答复",
    "4": "行政复议、行政裁决等行政程序",
    "3": "党员申诉、申请复审等",
    "2": "仲裁",
    "1": "审判机关、检察机关办的事（诉讼）",
}
_USUAL_CORRECTION = 15


class RouteForm(ActForm):
    """By which route a petition is handled."""

    route = RadioField(
        "走哪条途径（《信访工作条例》第三十一条）",
        [DataRequired("请选走哪条途径")],
        choices=[SelectChoice(value, label) for value, label in _ROUTES.items()],
        default="6",
    )


def route_in(form: ActForm) -> str:
    """The route that was chosen; none where nobody was asked."""
    return form.route.data if isinstance(form, RouteForm) else ""


class ExtensionForm(ActForm):
    """How much more time, and why."""

    days = IntegerField("再要几天", [InputRequired("请写天数，用数字")])
    words = text("为什么要延期", "请写为什么要延期")

    def offer(self, book: Book, file: CaseFile, units: Sequence[str]) -> None:
        """How many days the time limit allows."""
        self._may = file.to_decide.extendable
        if self._may:
            self.days.label.text = f"再要几{self._may.unit}（最多{self._may.most}）"

    def validate_days(self, field: IntegerField) -> None:
        """No more than the law or the promise allows."""
        most = self._may.most if self._may else 0
        if field.data is not None and not 1 <= field.data <= most:
            raise ValidationError(f"要写1到{most}")


class DeclineForm(ActForm):
    """Why a case isn't accepted, and where its reporter should go."""

    ground = RadioField("依据", [DataRequired("请选依据")])
    door = SelectField("该找哪里")
    words = text("告诉来件人的话", "请写告诉来件人的话")
    files = FilesToSend()

    def offer(self, book: Book, file: CaseFile, units: Sequence[str]) -> None:
        """The grounds that this kind has, and the doors that the campaign knows, with their
        telephones."""
        grounds = (one for one in Ground if one.fits(file.case.kind))
        self.ground.choices = [SelectChoice(one.value, one.official) for one in grounds]
        doors = (f"{one['name']}，电话{one['telephone']}" for one in book.campaign.doors)
        self.door.choices = [("", "写在下面的话里"), *((door, door) for door in doors)]

    @property
    def how(self) -> Declining:
        """What was typed and chosen."""
        return Declining(Ground(self.ground.data), self.door.data, self.words.data, self.files.data)


class DayForm(ActForm):
    """The day on which something was."""

    on = DateField("哪一天", [InputRequired("请写日期")])

    def begin_with(self, book: Book, file: CaseFile) -> None:
        """Today, as a rule."""
        self.on.data = clock.today()


class CorrectionForm(DayForm):
    """What an applicant has to correct, and until when."""

    on = DateField("最晚哪天补正", [InputRequired("请写日期")])
    words = text("要补正什么", "请写要补正什么")

    def begin_with(self, book: Book, file: CaseFile) -> None:
        """A reasonable time."""
        self.on.data = clock.today() + timedelta(days=_USUAL_CORRECTION)

    def validate_on(self, field: DateField) -> None:
        """He needs some time."""
        if field.data and field.data <= clock.today():
            raise ValidationError("要给申请人留时间，请写明天以后的日子")
