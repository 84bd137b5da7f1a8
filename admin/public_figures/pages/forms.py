"""What is typed beside the figures. Every form carries the version that its writer saw."""

from __future__ import annotations

from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from admin.accounts.staff_form import StaffForm

# As much as the public site keeps of a note.
_MOST = 300


class PrepareForm(StaffForm):
    """Which month is counted; and of one that was withdrawn, why it is published again."""

    month = HiddenField()
    version = HiddenField()
    note = TextAreaField(
        "为什么再公布", [Length(max=_MOST, message=f"太长了，最多{_MOST}字")], default=""
    )
