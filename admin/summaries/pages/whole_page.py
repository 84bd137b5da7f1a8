"""Putting a summary together: its sentences beside those of the units, its numbers with their
lists, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, request
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.accounts.reader import Reader
from admin.desk.entries import names_of_staff
from admin.publishing.located import Located
from admin.summaries.composing import newest
from admin.summaries.counted import Counted, count
from admin.summaries.number_list import SECTIONS as NUMBER_SECTIONS
from admin.summaries.pages.blueprint import (
    OFFICE_ROLES,
    blueprint,
    to_put_together,
)
from admin.summaries.pages.forms import ReasonForm, SectionsForm, SentForm
from admin.summaries.part_texts import UnitTexts, unit_texts
from admin.summaries.planned import Planned
from admin.summaries.sending_up import SendingFile, left_of, sendings
from admin.summaries.summary import Summary, SummaryState
from admin.summaries.summary_content import Difference, SummaryContent, differences
from admin.summaries.summary_words import (
    SECTIONS,
    SummaryWords,
    answers_of,
    reason_of,
    words_of,
)
from portal.foundation import clock
from portal.foundation.database import reading

_DONE = {
    "written": "稿存好了。",
    "taken": "选中的已经放进稿里，改一改再用。",
    "freeze": "定稿了，数字和文字都不会再变，等办公室负责人审签。",
    "answer": "说明记下了。",
    "send-back": "退回了，可以重写。",
    "approve": "审签了，可以下载文稿，报出去以后在这里记一笔。",
    "sent": "记下了，文件照原样封存。",
    "once": "这一笔刚才已经记下，没有再记一次。",
}


@dataclass(frozen=True)
class Whole:
    """A summary before somebody who puts it together."""

    reader: Reader
    planned: Planned
    summary: Summary | None
    words: SummaryWords
    content: SummaryContent | None
    findings: list[Located]
    reason: str
    counted: Counted
    differing: list[Difference]
    units: list[UnitTexts]
    sent: list[SendingFile]
    names: Mapping[int, str]

    @property
    def version(self) -> int:
        """What a form carries; 0 where nothing was begun."""
        return self.summary.version if self.summary else 0

    @property
    def is_draft(self) -> bool:
        """Whether there is a draft that may be frozen."""
        return self.summary is not None and self.summary.state is SummaryState.DRAFTED


def read_whole(session: Session, key: str) -> Whole:
    """The summary of that key; for whoever has no part in it it doesn't exist."""
    reader, planned = to_put_together(session, key)
    by = reader.hand()
    office = by.book.campaign.office_code
    summary = newest(session, key)
    words = words_of(session, summary, office) if summary else SummaryWords()
    content = SummaryContent.of(summary.content) if summary and summary.content else None
    counted = count(session, by, planned)
    return Whole(
        reader=reader,
        planned=planned,
        summary=summary,
        words=words,
        content=content,
        findings=words.findings(answers_of(session, summary, office)) if summary else [],
        reason=reason_of(session, summary, office) if summary else "",
        counted=counted,
        differing=differences(content, counted.numbers) if content else [],
        units=unit_texts(session, by, counted.parts),
        sent=sendings(session, by, key),
        names=names_of_staff(session),
    )


@blueprint.get("/summaries/<key>/whole")
@staff_only(*OFFICE_ROLES)
def whole(key: str) -> str:
    """How far it is."""
    return page(key)


def page(
    key: str,
    *,
    typed: SectionsForm | None = None,
    back: ReasonForm | None = None,
    sent: SentForm | None = None,
    why: str = "",
) -> str:
    """The page, with whatever was typed and not taken."""
    with reading() as session:
        one = read_whole(session, key)
        form = typed or SectionsForm(formdata=None, data=dict(one.words.texts))
        # A form that comes back keeps the version that its writer saw, until he hears of another.
        if why or not form.version.data:
            form.version.data = str(one.version)
        return render_template(
            "admin/summaries/whole.html",
            book=one.reader.book,
            one=one,
            planned=one.planned,
            form=form,
            typed=typed is not None,
            sending=sent is not None,
            back=back or ReasonForm(formdata=None),
            sent_form=sent or _sent_form(one),
            sections=SECTIONS,
            number_sections=NUMBER_SECTIONS,
            head=one.reader.hand().heads_the_office,
            why=why,
            today=clock.today(),
            flash_messages=_told(),
        )


def _sent_form(one: Whole) -> SentForm:
    left = left_of(one.planned.days.receivers, (file.words.receiver for file in one.sent))
    title = f"{one.reader.book.campaign.short_name}{one.planned.name}"
    return SentForm(formdata=None, data={"title": title, "receiver": left[0] if left else ""})


def _told() -> list[str]:
    done = request.args.get("done", "")
    return [_DONE[done]] if done in _DONE else []
