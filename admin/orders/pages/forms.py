"""What is typed about orders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import request
from wtforms import DateField, HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from admin.accounts.guard import signed_in
from admin.accounts.staff_form import StaffForm
from admin.desk.pages.forms import ActForm, text
from admin.orders.demand import Demand, Fault, kinds_from, wrong_days, wrong_number
from admin.orders.rows import Sender, known_identity
from intake.asking.choices import Choices
from intake.asking.draft_fields import DraftFields
from intake.asking.fields import Line
from intake.cases.case import ORDER_CHANNELS, Channel, Identity
from intake.draft import Draft
from portal.campaign.kinds import Kind
from portal.foundation import clock

_SEVERAL = 2
_OF_A_CITIZEN = ("contact_name", "contact_phone", "on_behalf_of")
# Of a clue nobody chooses between five kinds, but whether it accuses.
_CLUE_KINDS = {
    Kind.COMPLAINT: "问题线索：交主管单位查、改",
    Kind.TIP_OFF: "涉嫌违纪违法：被反映的单位和人看不到",
}


class Day(DateField):
    """A day that may stay empty."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day."""
        if not any(one.strip() for one in valuelist):
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise ValueError("日期要这样写：2022-06-20") from None


class OrderForm(DraftFields, StaffForm):
    """One order: what its sender demands, and what it says. Of the words nothing is needed but
    themselves: the sender has registered the rest."""

    lacks_words = "请照来单写下内容"

    number = Line("对方的编号")
    audit_body = SelectField("哪个审计机关移送的")
    ordered_on = Day("哪天交办的")
    answer_by = Day("要求哪天以前答复")
    # Named apart from `kind`, which other forms have from their address.
    case_kind = RadioField("哪一类", default=Kind.COMPLAINT.value, validate_choice=False)

    def __init__(
        self,
        source: Channel,
        choices: Choices,
        *,
        audit_bodies: Sequence[tuple[str, str]] = (),
        blank: bool = False,
    ) -> None:
        self.source = source
        super().__init__(None if blank else request.form)
        self.offer(choices)
        self._offer_bodies(audit_bodies)
        self.case_kind.choices = [SelectChoice(*one) for one in _kind_choices(source)]
        # How its writer may be known, the order says.
        del self.identity
        if source is Channel.AUDIT:
            # Behind a clue there is no citizen, whatever a page sends.
            for name in _OF_A_CITIZEN:
                self[name].data = ""
        if blank:
            self.ordered_on.data = clock.today()
        self._speak_of_an_order()

    def _offer_bodies(self, bodies: Sequence[tuple[str, str]]) -> None:
        """Where there are several, somebody has to say whose clue it is."""
        self.audit_body.choices = [("", "请选"), *bodies]
        if len(bodies) < _SEVERAL:
            del self.audit_body

    def validate_audit_body(self, field: Any) -> None:
        """Whose it is decides who sees what becomes of it."""
        if not field.data:
            raise ValidationError("请选哪个审计机关移送的")

    def _speak_of_an_order(self) -> None:
        """The labels, where the citizen's own form says 您."""
        labels = {
            "contact_name": "来件人的姓名",
            "contact_phone": "来件人的电话",
            "on_behalf_of": "替谁反映的",
            "words": "线索写了什么" if self.source is Channel.AUDIT else "来单写了什么",
        }
        for name, label in labels.items():
            self[name].label.text = label

    def validate(self, extra_validators: Any = None) -> bool:
        """Also hold the demand against what such a sender may demand."""
        fine = super().validate(extra_validators)
        faults: Iterable[Fault] = wrong_number(self.number.data or "")
        if not self.ordered_on.errors and not self.answer_by.errors:
            days = wrong_days(self.source, self.ordered_on.data, self.answer_by.data)
            faults = [*faults, *days]
        for fault in faults:
            self[fault.column].errors = [*self[fault.column].errors, fault.what]
            fine = False
        return bool(fine)

    def validate_contact_name(self, field: Line) -> None:
        """The sender has the name where the law wants one."""

    def validate_contact_phone(self, field: Line) -> None:
        """The same."""

    @property
    def of_kind(self) -> Kind:
        """The kind that was chosen; a complaint where a damaged page named none of these."""
        kinds = kinds_from(self.source)
        return next((one for one in kinds if one == self.case_kind.data), Kind.COMPLAINT)

    @property
    def kind_words(self) -> str:
        """The chosen kind as the form says it."""
        return next(words for value, words in _kind_choices(self.source) if value == self.of_kind)

    @property
    def how_known(self) -> Identity:
        """How the writer is known, by what the order says of him."""
        return known_identity(self.contact_name.data or "", self.contact_phone.number)

    def draft(self) -> Draft:
        """What is registered, from a form that validated."""
        return self.draft_by(
            self.source, recorded_by=signed_in().id, received_on=self.ordered_on.data
        )

    def demand(self, sender: Sender) -> Demand:
        """What the sender demands, from a form that validated."""
        return Demand(
            source=self.source,
            number=self.number.data or "",
            ordered_on=self.ordered_on.data or clock.today(),
            answer_by=self.answer_by.data,
            from_unit=sender.from_unit,
        )

    @property
    def chosen_body(self) -> str:
        """The audit body that was chosen; empty where there is nothing to choose."""
        return self.audit_body.data or "" if "audit_body" in self else ""


class FindForm(StaffForm):
    """Looking an order up by its sender's number, which belongs into no address."""

    source = SelectField(
        "谁的来单", choices=[SelectChoice(one.value, one.official) for one in ORDER_CHANNELS]
    )
    number = StringField("对方的编号", [DataRequired("请写对方的编号"), Length(max=200)])


class AnsweredForm(StaffForm):
    """Noting that several senders have their answer; the boxes are read one by one."""

    list = HiddenField()
    on = Day("哪天报回的")


class AnswerForm(ActForm):
    """Noting that the sender has its answer."""

    on = Day("哪天报回的", [InputRequired("请写日期")])
    words = text("报给对方的话")


class MoreTimeForm(ActForm):
    """Noting that the sender agreed to a later day."""

    until = Day("延到哪天", [InputRequired("请写对方同意的日子")])
    words = text("谁同意的，为什么", "请写对方谁同意的、为什么")


class SentAgainForm(ActForm):
    """Noting that the sender wants another answer."""

    on = Day("对方哪天退回的", [InputRequired("请写日期")])
    answer_by = Day("要求哪天以前再答复")
    words = text("对方为什么退回", "请写对方为什么退回、要求再办什么")


class NumberForm(ActForm):
    """Putting the sender's number right."""

    number = Line("对的编号")
    words = text("为什么改", "请写为什么改")

    def validate_number(self, field: Line) -> None:
        """What every number must be."""
        for fault in wrong_number(field.data or ""):
            raise ValidationError(fault.what)


class HandOutForm(ActForm):
    """Printing a receipt for the citizen. The one-time id makes the same code of the same press."""

    submission = HiddenField()


class UploadForm(StaffForm):
    """Whose clues a spreadsheet holds; the file is read by itself."""

    audit_body = SelectField("哪个审计机关移送的")

    def offer(self, bodies: Sequence[tuple[str, str]]) -> None:
        """Where there are several, somebody has to say whose they are."""
        self.audit_body.choices = [("", "请选"), *bodies]
        if len(bodies) < _SEVERAL:
            del self.audit_body

    def validate_audit_body(self, field: Any) -> None:
        """As of a single clue."""
        if not field.data:
            raise ValidationError("请选哪个审计机关移送的，再传一次表格")

    @property
    def chosen_body(self) -> str:
        """The audit body that was chosen; empty where there is nothing to choose."""
        return self.audit_body.data or "" if "audit_body" in self else ""


class SheetForm(StaffForm):
    """A press of a button about an upload."""


def _kind_choices(source: Channel) -> list[tuple[str, str]]:
    if source is Channel.AUDIT:
        return [(kind.value, label) for kind, label in _CLUE_KINDS.items()]
    return [(kind.value, f"{kind.official}：{kind.plain}") for kind in kinds_from(source)]
