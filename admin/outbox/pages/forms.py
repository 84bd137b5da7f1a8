"""The form of somebody who deals with a text that didn't arrive."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField
from wtforms.validators import ValidationError

from admin.accounts.staff_form import StaffForm
from admin.outbox.lost import FOR_LETTING_GO, FOR_SENDING_AGAIN, Reason

AGAIN, LET_GO = "again", "let-go"


class LostTextForm(StaffForm):
    """What to do with it, and why."""

    what = RadioField(
        "怎么办",
        choices={AGAIN: "再发一次", LET_GO: "不再发"},
        validate_choice=False,
    )
    reason = RadioField(
        "为什么", choices={one.value: one.official for one in Reason}, validate_choice=False
    )

    def validate_what(self, field: RadioField) -> None:
        """One of the two."""
        if field.data not in {AGAIN, LET_GO}:
            raise ValidationError("请选再发一次，还是不再发")

    def validate_reason(self, field: RadioField) -> None:
        """A reason that fits what is done."""
        if field.data not in set(Reason):
            raise ValidationError("请选一个理由")
        fitting: dict[Any, tuple[Reason, ...]] = {
            AGAIN: FOR_SENDING_AGAIN,
            LET_GO: FOR_LETTING_GO,
        }
        if Reason(field.data) not in fitting.get(self.what.data, tuple(Reason)):
            raise ValidationError("这个理由和上面选的对不上，请换一个")
