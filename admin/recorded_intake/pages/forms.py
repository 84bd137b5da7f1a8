"""The form of whoever writes down what he hears or reads: the same fields as on the citizen's own
form, in another order and in words for staff."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from flask import current_app, request
from wtforms import BooleanField, DateField, RadioField
from wtforms.validators import ValidationError

from admin.accounts.guard import signed_in
from admin.accounts.staff_form import StaffForm
from admin.outbox.choosing import sends_texts
from intake.asking.choices import Choices
from intake.asking.draft_fields import DraftFields
from intake.asking.fields import Words
from intake.cases.case import Channel, Identity
from intake.draft import Draft
from intake.outbox.addressing import as_texted, may_be_texted
from portal.campaign.kinds import Kind
from portal.foundation import clock

_TOO_MANY_REPRESENTATIVES = (
    "写了{count}个人。代表不得超过{most}人（{source}），请他们推选，只写代表"
)
_LONGEST_NAME = 50
# A letter that came longer ago than this is a slip of the pen.
_OLDEST_LETTER = timedelta(days=366)
_BETWEEN_NAMES = re.compile(r"[\n、，,；;]+")


class _ReceivedOn(DateField):
    """The day on which a letter came."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise ValueError("日期要这样写：2022-06-20") from None


class RecordForm(DraftFields, StaffForm):
    """What came by some channel. Only the words are needed, and what the law asks of some kinds."""

    lacks_telephone = "来件人愿意留电话，请写电话；不愿意，改选匿名"
    lacks_name = "来件人愿意留真名，请写姓名和电话；不愿意，改选匿名"
    lacks_words = "请写下来件人说了什么"
    must_be_reached = "这一类要能联系到来件人，请写电话"

    # Named apart from `kind`, which other forms have from their address.
    case_kind = RadioField(
        "哪一类",
        choices={one.value: f"{one.official}：{one.plain}" for one in Kind},
        default=Kind.COMPLAINT.value,
        validate_choice=False,
    )
    representatives = Words("代表是谁")
    received_on = _ReceivedOn("哪天收到信")
    receipt_by_text = BooleanField("编号和查询码发短信给他")

    def __init__(self, channel: Channel, choices: Choices, *, blank: bool = False) -> None:
        self.channel = channel
        self._representatives = choices.book.campaign.representatives
        super().__init__(None if blank else request.form)
        self.offer(choices)
        if channel is not Channel.VISIT:
            del self.representatives
        if not sends_texts(current_app.extensions["settings"]):
            del self.receipt_by_text
        if channel is not Channel.LETTER:
            del self.received_on
        elif blank:
            self.received_on.data = clock.today()
        if blank:
            # Whoever has somebody on the telephone types at once.
            first = "received_on" if channel is Channel.LETTER else "contact_phone"
            self[first].render_kw = {"autofocus": True}
        self._speak_of_somebody_else()

    def _speak_of_somebody_else(self) -> None:
        """The labels, where the citizen's own form says 您."""
        labels = {
            "identity": "来件人愿意怎么留",
            "contact_name": "姓名",
            "contact_phone": "电话",
            "on_behalf_of": "替谁反映的",
            "texts_wanted": "举报人愿意收短信通知",
            "words": "信里写了什么" if self.channel is Channel.LETTER else "他说了什么",
        }
        for name, text in labels.items():
            self[name].label.text = text

    @property
    def of_kind(self) -> Kind:
        """The kind that was chosen; a complaint where a damaged page named none."""
        chosen = self.case_kind.data
        return Kind(chosen) if chosen in set(Kind) else Kind.COMPLAINT

    def validate_representatives(self, field: Words) -> None:
        """No more than the campaign's data allow (信访工作条例 20)."""
        names, rule = self.names_of_representatives, self._representatives
        if rule and len(names) > rule["most"]:
            raise ValidationError(_TOO_MANY_REPRESENTATIVES.format(count=len(names), **rule))
        if any(len(name) > _LONGEST_NAME for name in names):
            raise ValidationError("一行写一个姓名，每个最多50字")

    def validate_received_on(self, field: DateField) -> None:
        """A letter came today or before."""
        day, today = field.data, clock.today()
        if not isinstance(day, date):
            raise ValidationError("请写哪天收到信，期限从这一天算")
        if not today - _OLDEST_LETTER <= day <= today:
            raise ValidationError("收到信的日子不能在今天以后，也不会早过一年，请对一对")

    def validate_receipt_by_text(self, field: BooleanField) -> None:
        """A receipt can be texted to a mobile telephone that may be kept for texts."""
        if not field.data:
            return
        if self.how_known is Identity.ANONYMOUS:
            raise ValidationError("匿名的不留号码，发不了短信。请去掉这个勾，打印或者念给他")
        if as_texted(self.contact_phone.number) is None:
            raise ValidationError("座机收不到短信。请写手机号，或者去掉这个勾，打印给他")
        ticked = bool(self.texts_wanted.data)
        if not may_be_texted(self.of_kind, self.channel, ticked=ticked):
            raise ValidationError("举报人愿意收短信通知，才发得了。请问他，愿意就把那一项也打勾")

    @property
    def texts_receipt(self) -> bool:
        """Whether the receipt goes by text too."""
        return "receipt_by_text" in self and bool(self.receipt_by_text.data)

    @property
    def names_of_representatives(self) -> tuple[str, ...]:
        """The names that were typed, one a line or between commas."""
        typed = self.representatives.data if "representatives" in self else ""
        names = (name.strip() for name in _BETWEEN_NAMES.split(typed or ""))
        return tuple(name for name in names if name)

    def draft(self) -> Draft:
        """What is registered, from a form that validated."""
        given: dict[str, Any] = {
            "recorded_by": signed_in().id,
            "representatives": self.names_of_representatives,
            "received_on": self.received_on.data if "received_on" in self else None,
            "receipt_by_text": self.texts_receipt,
        }
        return self.draft_by(self.channel, **given)

    @property
    def contact(self) -> str:
        """How the reporter may be known, as it is read back to him."""
        known = self.how_known
        if known is Identity.ANONYMOUS:
            return known.official
        parts = (known.official, self.contact_name.data, self.contact_phone.number)
        return "，".join(part for part in parts if part)
