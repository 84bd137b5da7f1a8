"""What is typed about reply templates: their own wording, and a draft that begins with one."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, Length, Optional

from admin.accounts.staff_form import StaffForm
from admin.desk.pages.forms import DraftForm
from admin.reply_templates.templates import Template
from admin.reply_templates.wording import Wording
from portal.campaign.kinds import Kind

_MOST_NAMED = 5


class WordingForm(StaffForm):
    """A template. `seen` is the revision that its writer saw."""

    seen = HiddenField()
    name = StringField(
        "叫什么", [DataRequired("请写名字"), Length(max=40, message="太长了，最多40字")]
    )
    kinds = SelectMultipleField(
        "哪几类件能用",
        [DataRequired("请至少选一类")],
        choices=[SelectChoice(kind.value, kind.official) for kind in Kind],
    )
    text = TextAreaField(
        "内容", [DataRequired("请写内容"), Length(max=5000, message="太长了，最多五千字")]
    )

    @classmethod
    def of(cls, one: Template) -> WordingForm:
        """The form with what a template says now."""
        said = one.wording
        kinds = [kind.value for kind in said.kinds]
        seen = str(one.revision)
        return cls(
            formdata=None,
            data={"seen": seen, "name": said.name, "kinds": kinds, "text": said.text},
        )

    @property
    def wording(self) -> Wording:
        """What was typed."""
        return Wording(
            name=(self.name.data or "").strip(),
            kinds=tuple(kind for kind in Kind if kind.value in (self.kinds.data or ())),
            text=(self.text.data or "").replace("\r\n", "\n").strip(),
        )

    @property
    def faults(self) -> list[str]:
        """What is wrong with the text itself, said together with what the fields lack."""
        return self.wording.faults() if self.text.data else []

    @property
    def revision(self) -> int:
        """The revision that its writer saw; 0, which there is none of, where none was sent."""
        return revision_in(self.seen.data or "")


class TemplateDraftForm(DraftForm):
    """A reply that is drafted with templates. `used` names those that went into it."""

    used = HiddenField()
    template = RadioField("选一个模板", [Optional()], validate_choice=False)

    def offer_templates(self, offered: Sequence[Template]) -> None:
        """The templates to choose from."""
        self.template.choices = [SelectChoice(one.key, one.wording.name) for one in offered]

    @property
    def used_keys(self) -> list[str]:
        """The templates that went into the draft, each once."""
        return list(dict.fromkeys((self.used.data or "").split()))[:_MOST_NAMED]

    def add(self, key: str, filled: str) -> None:
        """Put a filled template behind what is typed already."""
        typed = (self.words.data or "").rstrip()
        self.words.data = f"{typed}\n\n{filled}" if typed else filled
        self.used.data = " ".join([*self.used_keys, key])


def revision_in(typed: str) -> int:
    """A revision as a form carries it."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
