"""What is typed beside the figures. Every form carries the version that its writer saw."""

from __future__ import annotations

from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from admin.accounts.staff_form import StaffForm
from admin.public_figures.draft_words import NotForThePublic

# As much as the public site keeps of a note.
_MOST = 300


class PrepareForm(StaffForm):
    """Which month is counted; and of one that was withdrawn, why it is published again."""

    month = HiddenField()
    version = HiddenField()
    note = TextAreaField(
        "为什么再公布", [Length(max=_MOST, message=f"太长了，最多{_MOST}字")], default=""
    )


class ReasonForm(StaffForm):
    """Why something is sent back or withdrawn."""

    version = HiddenField()
    reason = TextAreaField(
        "为什么",
        [DataRequired("请写为什么"), Length(max=_MOST, message=f"太长了，最多{_MOST}字")],
    )


def in_words(found: NotForThePublic) -> str:
    """What has to go out of a text, as an error beside its field."""
    what = "、".join(sorted(leak.plain for leak in found.leaks))
    return f"公众会看到这几句，里面像是有{what}，请改掉"
