"""What is typed into a summary. Every form carries the version that its writer saw."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, InputRequired, Length

from admin.accounts.figures import Day
from admin.accounts.staff_form import OnceForm, StaffForm
from admin.summaries.contributing import Typed
from admin.summaries.part_content import PARTS, PartTexts
from admin.summaries.sending import Heard, HowSent
from admin.summaries.sending_up import Sent, SentWords
from admin.summaries.summary_words import SECTIONS

_MOST = 5_000
_MOST_OF_A_SECTION = 20_000


def _words(label: str, *checks: Any, most: int = _MOST) -> Any:
    return TextAreaField(label, [*checks, Length(max=most, message=f"太长了，最多{most}字")])


def _line(label: str, most: int, *checks: Any) -> Any:
    return StringField(label, [*checks, Length(max=most, message=f"太长了，最多{most}字")])


class PressForm(StaffForm):
    """A step that needs nothing but the press of a button."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version that the writer saw; -1, which nothing has, where none was sent."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


class PartForm(PressForm):
    """A unit's part."""

    work = _words(PARTS["work"])
    experience = _words(PARTS["experience"])
    difficulties = _words(PARTS["difficulties"])
    suggestions = _words(PARTS["suggestions"])
    correction = _words("为什么更正")

    @property
    def typed(self) -> Typed:
        """What was typed; asked for only when the form is valid."""
        texts = {name: (self[name].data or "").strip() for name in PARTS}
        return Typed(texts=PartTexts(**texts), correction=self.correction.data or "")


class ReasonForm(PressForm):
    """Why something is sent back."""

    reason = _words("为什么退回")


class SectionsForm(PressForm):
    """The sentences of the whole."""

    work = _words(SECTIONS["work"], most=_MOST_OF_A_SECTION)
    experience = _words(SECTIONS["experience"], most=_MOST_OF_A_SECTION)
    difficulties = _words(SECTIONS["difficulties"], most=_MOST_OF_A_SECTION)
    next = _words(SECTIONS["next"], most=_MOST_OF_A_SECTION)

    @property
    def texts(self) -> dict[str, str]:
        """What was typed, by the keys of SECTIONS."""
        return {name: self[name].data or "" for name in SECTIONS}


class SentForm(OnceForm):
    """That something was sent."""

    title = _line("标题", 200, DataRequired("请写标题"))
    receiver = _line("报给谁", 100, DataRequired("请写报给谁"))
    sent_on = Day("哪天报的", [InputRequired("请写哪天报的")])
    how = RadioField(
        "怎么报的",
        [DataRequired("请选怎么报的")],
        choices=[SelectChoice(one.value, one.official) for one in HowSent],
    )
    number = _line("文号", 80)
    remark = _words("要记的", most=2_000)

    def sent(self, file: bytes) -> Sent:
        """What was typed, with the file; asked for only when the form is valid."""
        assert self.sent_on.data is not None  # noqa: S101  # The form asks for it.
        typed = {name: (self[name].data or "").strip() for name in ("title", "receiver", "number")}
        return Sent(
            words=SentWords(**typed, remark=(self.remark.data or "").strip()),
            sent_on=self.sent_on.data,
            how=HowSent(self.how.data),
            file=file,
        )


class HeardForm(OnceForm):
    """What the superior said."""

    heard = RadioField(
        "对方怎么说",
        [DataRequired("请选对方怎么说")],
        choices=[SelectChoice(one.value, one.official) for one in Heard],
    )
    heard_on = Day("哪天", [InputRequired("请写哪天")])
    text = _words("写下来", most=2_000)
