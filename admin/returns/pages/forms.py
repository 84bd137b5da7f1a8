"""What is typed into a return. Every form carries the edition that its writer saw."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from admin.accounts.figures import Whole
from admin.accounts.staff_form import StaffForm
from admin.returns.counts import Households
from admin.returns.filling import Typed

_MOST = 2_000


def _households(label: str, missing: str) -> Any:
    most = NumberRange(0, 10_000_000, "户数不能是负数，也不能这么大")
    return Whole(label, [InputRequired(missing), most])


def _words(label: str) -> Any:
    return TextAreaField(label, [Length(max=_MOST, message="太长了，最多两千字")])


class EditionForm(StaffForm):
    """A step that needs nothing but the press of a button."""

    edition = HiddenField()

    @property
    def seen(self) -> int:
        """The edition that the writer saw; -1, which nothing has, where none was sent."""
        text = self.edition.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


class FillForm(EditionForm):
    """What the unit adds to what the ledger counts."""

    households_due = _households("应摸底多少户", "请写应摸底的户数，没有就写 0")
    visited = _households("摸底了多少户", "请写摸底了的户数，没有就写 0")
    not_reached = _households("没找到人的多少户", "请写没找到人的户数，没有就写 0")
    nil = BooleanField("这一期没有查出问题，零报送")
    remark = _words("要说明的")
    correction = _words("为什么更正")

    @property
    def typed(self) -> Typed:
        """What was typed; asked for only when the form is valid."""
        return Typed(
            nil=bool(self.nil.data),
            households=Households(
                self.households_due.data or 0, self.visited.data or 0, self.not_reached.data or 0
            ),
            remark=self.remark.data or "",
            correction=self.correction.data or "",
        )


class SendBackForm(EditionForm):
    """Why a return is sent back."""

    reason = _words("为什么退回")
