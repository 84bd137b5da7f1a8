"""What is typed after a visit."""

from __future__ import annotations

from wtforms import DateField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from admin.desk.case_file import CaseFile
from admin.desk.pages.forms import ActForm, text
from admin.follow_up.visiting import Visit
from intake.cases.follow_up import How
from intake.rules.satisfaction import SCORES, Solved
from portal.campaign.book import Book
from portal.foundation import clock

_LONGEST_NAMES = 200


class _AnswersForm(ActForm):
    """The day of a visit and the same two questions as on the reporter's page."""

    on = DateField("哪一天", [InputRequired("请写哪一天")])
    solved = RadioField(
        "事情解决了没有",
        [DataRequired("请选解决了没有")],
        choices=[SelectChoice(one.value, one.plain) for one in Solved],
    )
    satisfaction = RadioField(
        "他满意吗",
        [DataRequired("请选满意不满意")],
        choices=[SelectChoice(str(score), words) for score, words in SCORES.items()],
    )

    def begin_with(self, book: Book, file: CaseFile) -> None:
        """Most visits are written down on their day."""
        self.on.data = clock.today()

    def validate_on(self, field: DateField) -> None:
        """Nobody was visited on a day that is still to come."""
        if field.data and field.data > clock.today():
            raise ValidationError("这一天还没有到，请写回访的那天")


class VisitForm(_AnswersForm):
    """A visit by telephone or on the spot."""

    how = RadioField(
        "怎么回访的",
        [DataRequired("请选怎么回访的")],
        choices=[SelectChoice(one.value, one.official) for one in (How.TELEPHONE, How.ON_THE_SPOT)],
    )
    words = text("他怎么说", "请写他怎么说")
    order = ("how", "on", "solved", "satisfaction", "words")

    @property
    def visit(self) -> Visit:
        """What is recorded, from a form that validated."""
        return _visit(self, How(self.how.data), self.words.data or "")


class HouseholdForm(_AnswersForm):
    """A visit at home, which two people make."""

    companion = StringField(
        "和谁一起去的",
        [
            DataRequired("入户要两个人，请写和谁一起去的"),
            Length(max=_LONGEST_NAMES, message="太长了，写姓名和单位就行"),
        ],
    )
    words = text("看到什么，他怎么说", "请写看到什么、他怎么说")
    order = ("on", "companion", "solved", "satisfaction", "words")

    @property
    def visit(self) -> Visit:
        """What is recorded, from a form that validated."""
        words = f"同去：{self.companion.data}\n{self.words.data}"
        return _visit(self, How.HOUSEHOLD, words)


class NotReachedForm(ActForm):
    """Nobody could be reached; a few words may be said about it."""

    words = text("怎么联系的（可以不写）")


def _visit(form: _AnswersForm, how: How, words: str) -> Visit:
    return Visit(
        how=how,
        on=form.on.data or clock.today(),
        solved=Solved(form.solved.data),
        satisfaction=int(form.satisfaction.data),
        words=words,
    )
