"""What is typed at the publishing desk. Every form carries the version that its writer saw."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from admin.accounts.staff_form import StaffForm
from admin.publishing.drafting import Words

_MOST = 2_000


def _text(label: str, missing: str) -> Any:
    return TextAreaField(
        label, [DataRequired(missing), Length(max=_MOST, message="太长了，最多两千字")]
    )


class DraftForm(StaffForm):
    """The three texts that the public will read."""

    version = HiddenField()
    summary = _text("什么问题", "请写什么问题")
    measures = _text("怎么改", "请写整改措施")
    progress = _text("改到哪一步", "请写整改进展")

    @property
    def words(self) -> Words:
        """What was typed."""
        return Words(
            summary=self.summary.data or "",
            measures=self.measures.data or "",
            progress=self.progress.data or "",
        )


class SendBackForm(StaffForm):
    """What has to change in a draft."""

    version = HiddenField()
    reason = _text("要改什么", "请写要改什么")


class WithdrawForm(StaffForm):
    """Why something is taken down: one line, which the public reads. `version` is of what is
    published in versions."""

    version = HiddenField()
    reason = StringField(
        "为什么撤下", [DataRequired("请写为什么撤下"), Length(max=200, message="太长了，最多200字")]
    )
