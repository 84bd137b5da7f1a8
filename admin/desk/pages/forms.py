"""What is typed at the desk. Every form carries the version of the case that its writer saw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from wtforms import DateField, Field, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError
from wtforms.widgets import HiddenInput

from admin.accounts.staff_form import StaffForm
from admin.desk.asking import SEEN_BY_OFFICE
from admin.desk.case_file import CaseFile
from admin.desk.identity import Reason
from admin.desk.pages.file_field import FilesToSend
from admin.desk.recusing import Accused
from admin.desk.target import Target, accused_of
from portal.campaign.book import Book
from portal.campaign.unit import UnitKind
from portal.foundation import clock, formats

_MOST = 20_000
_USUAL_DAYS = 5
# For whose eyes a note is.
INTERNAL, MYSELF, REPORTER = "internal", "myself", "reporter"
_AMONG_US = (
    SelectChoice(INTERNAL, "内部：承办单位和办公室看得到，来件人看不到"),
    SelectChoice(MYSELF, "仅本人：只有我自己看得到"),
)
_TO_HIM = SelectChoice(REPORTER, "来件人：他在自己的页面上看得到，期限照算")


def text(label: str, missing: str = "") -> Any:
    """A field for words; without `missing` it may stay empty."""
    needed = [DataRequired(missing)] if missing else []
    return TextAreaField(label, [*needed, Length(max=_MOST, message="太长了，最多两万字")])


class ActForm(StaffForm):
    """A move that needs nothing but the press of a button."""

    version = HiddenField()
    list = HiddenField()

    @property
    def seen(self) -> int:
        """The version of the case that the writer saw; 0, which no case has, where none was
        sent."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0

    @property
    def to_show(self) -> Sequence[Field]:
        """The fields that a person fills in."""
        return [field for field in self if not isinstance(field.widget, HiddenInput)]

    def offer(self, book: Book, file: CaseFile, units: Sequence[str]) -> None:
        """Fill the lists to choose from; most forms have none."""

    def begin_with(self, book: Book, file: CaseFile) -> None:
        """Fill in what stands there when the page is opened."""


class ReasonForm(ActForm):
    """A move that needs its reason."""

    words = text("理由", "请写理由")


class DraftForm(ActForm):
    """A reply."""

    words = text("答复", "请写答复")
    files = FilesToSend()

    def begin_with(self, book: Book, file: CaseFile) -> None:
        """What was drafted before."""
        if file.draft:
            self.words.data = file.draft.text
            self.files.begin_with_enclosed(file.draft.files)


class NoteForm(ActForm):
    """A note, and for whose eyes it is."""

    audience = RadioField(
        "给谁看",
        choices=[*_AMONG_US, _TO_HIM],
        default=INTERNAL,
    )
    words = text("要写的话", "请写要写的话")

    def offer(self, book: Book, file: CaseFile, units: Sequence[str]) -> None:
        """Only whoever may ask the reporter something may tell him something, and nobody where the
        office has to see it first."""
        # Of a sealed case nobody notes anything for himself: it would lie under the master key.
        among_us = _AMONG_US[:1] if file.case.sealed else _AMONG_US
        told = "ask" in file.acts and file.case.kind not in SEEN_BY_OFFICE
        self.audience.choices = [*among_us, _TO_HIM] if told else [*among_us]


class QuestionForm(ActForm):
    """A question to the reporter."""

    words = text("要问的事", "请写要问的事")
    files = FilesToSend()


class RemindForm(ActForm):
    """A reminder, with a few words or without."""

    words = text("想说的话（可以不写）")


class ExtractForm(ActForm):
    """An extract that doesn't betray the writer."""

    words = text("摘要", "请写摘要")


class OpinionForm(ActForm):
    """What an assisting unit has to say."""

    words = text("协办意见", "请写协办意见")


class UnitForm(ActForm):
    """A move that needs a unit."""

    unit = SelectField("单位", [DataRequired("请选单位")])

    def offer(self, book: Book, file: CaseFile, units: Sequence[str]) -> None:
        """The units that may be chosen, bureaus and offices before streets and communities."""
        self.unit.choices = unit_choices(book, units, "请选单位")


class RecuseForm(ActForm):
    """Marking a unit or a person as accused: whom, and why."""

    unit = SelectField("哪个单位，或者哪个人", [DataRequired("请选单位或者人")])
    words = text("理由", "请写理由")

    def offer(self, book: Book, file: CaseFile, units: Sequence[str]) -> None:
        """Who isn't barred yet."""
        self.unit.choices = target_choices(book, file.may_be_barred, "请选")

    @property
    def accused(self) -> Accused:
        """Whom it is about."""
        return accused_of([self.unit.data or ""])


class LiftForm(RecuseForm):
    """Saying that somebody isn't accused: who, and why."""

    def offer(self, book: Book, file: CaseFile, units: Sequence[str]) -> None:
        """Whom only the rules barred."""
        self.unit.choices = target_choices(book, file.freeable, "请选")


class AssistForm(UnitForm):
    """Asking a unit to help: which, with what, by when."""

    due_on = DateField("最晚哪天报意见", [InputRequired("请写日期")])
    words = text("请它办哪一部分", "请写请它办哪一部分")
    wanted = "协办意见"

    def begin_with(self, book: Book, file: CaseFile) -> None:
        """A usual time, and before the case itself has to be answered, unless that is over."""
        today = clock.today()
        usual, last = today + timedelta(days=_USUAL_DAYS), file.case.answer_by
        self.due_on.data = min(usual, last) if last >= today else usual

    def offer(self, book: Book, file: CaseFile, units: Sequence[str]) -> None:
        """The units that may be asked."""
        super().offer(book, file, units)
        self._answer_by = file.case.answer_by

    def validate_due_on(self, field: DateField) -> None:
        """Nobody can answer by a day that is over, nor does it help after the case was answered.
        Where the case is late already, its own day says nothing any more."""
        if field.data and field.data < clock.today():
            raise ValidationError("这一天已经过了，请写今天或者以后的日子")
        if field.data and field.data > self._answer_by >= clock.today():
            last = formats.day(self._answer_by)
            raise ValidationError(f"这件最晚{last}答复来件人，{self.wanted}要在这以前")


class ReturnForm(ReasonForm):
    """Returning a case: why, and whose it is."""

    unit = SelectField("该归哪个单位（知道就选）")

    def offer(self, book: Book, file: CaseFile, units: Sequence[str]) -> None:
        """The units that could be right."""
        self.unit.choices = unit_choices(book, units, "不知道")


class IdentityForm(ActForm):
    """Opening a contact."""

    reason = RadioField(
        "为什么要打开",
        [DataRequired("请选理由")],
        choices=[SelectChoice(reason.value, reason.official) for reason in Reason],
    )


class BulkForm(StaffForm):
    """An act on several cases at once, with a few words for all where they are reminded; the boxes
    are read one by one."""

    list = HiddenField()
    words = text("想对承办单位说的话（可以不写）")


def target_choices(book: Book, found: Sequence[Target], nothing: str) -> list[SelectChoice]:
    """Units and people in groups, with an entry that chooses none."""
    units = unit_choices(book, [one.unit for one in found if one.unit], nothing)
    people = (one for one in found if one.unit is None)
    return [*units, *(SelectChoice(one.value, one.name, optgroup="人员") for one in people)]


def unit_choices(
    book: Book, codes: Sequence[str], nothing: str, first: Sequence[str] = ()
) -> list[SelectChoice]:
    """Units in groups, those that the rules think of `first`, with an entry that chooses none."""
    groups = {UnitKind.STREET: "街道、乡镇", UnitKind.COMMUNITY: "社区、村"}
    order = ["规则想到的", "部门", *groups.values()]
    found = []
    for code in [*first, *(one for one in codes if one not in first)]:
        unit = book.units[code]
        group = order[0] if code in first else groups.get(unit.kind, order[1])
        found.append(SelectChoice(code, unit.name, optgroup=group))
    return [
        SelectChoice("", nothing),
        *sorted(found, key=lambda choice: order.index(choice.optgroup or "")),
    ]
