"""What is typed about notices. Every form carries the version that its writer saw."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, Length

from admin.accounts.staff_form import StaffForm
from admin.files.file_field import StaffFiles
from admin.notices.content import NoticeText
from admin.publishing.pages.forms import WithdrawForm
from portal.foundation.text import LONGEST
from portal.published.notice import NoticeKind

_LINE, _SUMMARY = 200, 1_000


def _line(label: str, missing: str = "", most: int = _LINE) -> Any:
    needed = [DataRequired(missing)] if missing else []
    return StringField(label, [*needed, Length(max=most, message=f"太长了，最多{most}字")])


def _text(label: str, missing: str, most: int) -> Any:
    needed = [DataRequired(missing)] if missing else []
    return TextAreaField(label, [*needed, Length(max=most, message=f"太长了，最多{most}字")])


class NoticeFiles(StaffFiles):
    """The files that go out with a notice, kept with the form however often it is given back."""

    refusal = "有文件没有收下，稿还没有存。换一个文件，或者不要它了，再按一次"

    def __init__(self, **given: Any) -> None:
        super().__init__("附件（可以没有）", **given)


class NoticeForm(StaffForm):
    """A notice as it will be read. `kind` is asked of a new one only."""

    version = HiddenField()
    kind = SelectField("哪一类", choices=[SelectChoice(one.value, one.plain) for one in NoticeKind])
    title = _line("标题", "请写标题")
    source = _line("来源", "请写来源，比如“领导小组办公室”")
    summary = _text("简单说", "", _SUMMARY)
    body = _text("正文", "请写正文", LONGEST)
    finding_body = _line("谁查的", most=80)
    document_number = _line("文书编号", most=80)
    problem = _line("说的是台账里哪个问题", most=20)
    note = _line("这次改了什么", "请写这次改了什么；头一次公布，写“第一次公布”")
    files = NoticeFiles()

    def begin_with(self, text: NoticeText, *, note: str, version: str = "") -> None:
        """Fill in what stands there when the page is opened."""
        for name, said in text.parts.items():
            self[name].data = said
        self.note.data, self.version.data = note, version
        self.files.begin_with(text.files)

    @property
    def text(self) -> NoticeText:
        """What was typed, with the files."""
        typed = {
            name: self[name].data or ""
            for name in NoticeText.__dataclass_fields__
            if name != "files"
        }
        return NoticeText(**typed, files=self.files.data)


class WithdrawNoticeForm(WithdrawForm):
    """Also under which title the public reads that the notice was taken down."""

    title = _line("公众看到的标题", "请写标题")
