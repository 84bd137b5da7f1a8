"""What is typed about issued rules. A correction carries the version that its writer saw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, InputRequired, Length

from admin.accounts.figures import Day
from admin.accounts.staff_form import OnceForm, StaffForm
from admin.entries.withdrawal import reason_field
from admin.issued_rules.entering import Issued
from admin.issued_rules.issued_rule import IssuedRuleVersion, RuleAct
from admin.issued_rules.rule_list import Line
from admin.issued_rules.rule_reader import RuleReader
from portal.published.notice import Notice

_LONGEST_TITLE, _LONGEST_NUMBER, _LONGEST_LINK = 200, 80, 400
_SEVERAL = 2


def _problems() -> Any:
    return TextAreaField("回应台账里的哪些问题", [Length(max=5_000, message="太长了，分两次写")])


class RuleForm(StaffForm):
    """One entry: what was issued, when, by whom, what it changes."""

    version = HiddenField()
    unit = SelectField("发文单位")
    act = SelectField(
        "新订、修订还是废止",
        choices=[SelectChoice(one.value, one.official) for one in RuleAct],
    )
    title = StringField(
        "文件标题",
        [
            DataRequired("请写文件标题"),
            Length(max=_LONGEST_TITLE, message="太长了，最多200字"),
        ],
    )
    document_number = StringField("文号", [Length(max=_LONGEST_NUMBER, message="文号没有这么长")])
    issued_on = Day("印发日期", [InputRequired("请写印发日期")])
    link = StringField("公开的网址", [Length(max=_LONGEST_LINK, message="网址太长了，最多400字")])
    notice = SelectField("本网站上的通知")
    policies = SelectMultipleField("涉及哪些补贴", default=[])

    def offer(self, me: RuleReader, notices: Sequence[Notice], *, unit: str | None = None) -> None:
        """Fill the lists; a correction keeps the `unit` that the entry has."""
        units = me.units if unit is None else []
        self.unit.choices = [SelectChoice(one.code, one.name) for one in units]
        if len(units) < _SEVERAL:
            del self.unit
        self.notice.choices = [
            SelectChoice("", "没有"),
            *(SelectChoice(one.slug, one.title) for one in notices),
        ]
        self.policies.choices = [
            SelectChoice(one.code, one.name) for one in me.book.policies.values()
        ]

    def show(self, line: Line) -> None:
        """Fill in what an entry says now."""
        now: IssuedRuleVersion = line.now
        self.version.data = str(now.version)
        self.act.data, self.title.data = now.act.value, now.title
        self.document_number.data, self.issued_on.data = now.document_number, now.issued_on
        self.link.data, self.notice.data = now.link, now.notice_slug or ""
        self.policies.data = list(line.policies)

    def unit_of(self, me: RuleReader) -> str:
        """The unit that was chosen, or the only one there is."""
        chosen: Any = getattr(self, "unit", None)
        return chosen.data if chosen else me.units[0].code

    @property
    def issued(self) -> Issued:
        """What was typed; only of a form that is valid."""
        day: date = self.issued_on.data or date.max
        return Issued(
            act=RuleAct(self.act.data),
            title=self.title.data or "",
            document_number=self.document_number.data or "",
            issued_on=day,
            policies=tuple(self.policies.data or ()),
            link=(self.link.data or "").strip(),
            notice=self.notice.data or None,
        )


class NewRuleForm(OnceForm, RuleForm):
    """The same with the problems that it answers."""

    problems = _problems()


class CorrectionForm(RuleForm):
    """The same with the reason for saying it anew."""

    reason = reason_field("为什么更正")


class AnswersForm(StaffForm):
    """Which problems a rule answers; `seen` are those that stood there."""

    seen = HiddenField()
    problems = _problems()
