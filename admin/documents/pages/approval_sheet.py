"""The sheet on which leaders sign (呈批表): one case on A4, with what was drafted and empty boxes.
It shows what this person may read of the case and nothing more."""

from __future__ import annotations

from collections.abc import Iterator

from flask import render_template

from admin.accounts.guard import staff_only
from admin.desk.pages.case_page import subject_of
from admin.documents.pages.blueprint import Papers, blueprint
from intake.rules.lifecycle import State
from portal.foundation import clock
from portal.foundation.formats import day_with_year
from portal.foundation.staff import AT_A_DESK

# The more boxes a leader has to write in, the less room is left for each.
BOXES = ("拟办意见", "领导批示", "承办结果")


@blueprint.get("/cases/<number>/approval-sheet")
@staff_only(*AT_A_DESK)
def approval_sheet(number: str) -> str:
    """The sheet, to be printed."""
    papers = Papers.read(number)
    return render_template(
        "admin/documents/approval_sheet.html",
        facts=list(_facts(papers)),
        drafts=list(_drafts(papers)),
        boxes=BOXES,
        **papers.context,
    )


def _facts(papers: Papers) -> Iterator[tuple[str, str]]:
    case, book = papers.file.case, papers.desk.book
    yield "编号", case.number
    yield "来件日期", day_with_year(case.registered_on)
    yield "类别", case.kind.official
    yield "来路", case.channel.official
    yield "事由", subject_of(case, book)
    yield "承办单位", book.unit_name(case.unit_code)
    # All of them: whoever signs asks for the day of the reply, which is seldom the next one due.
    for one in papers.file.clocks:
        yield f"{one.title}期限", f"最晚{day_with_year(one.due_on)}（{one.words}）"
    yield "呈批日期", day_with_year(clock.today())


def _drafts(papers: Papers) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What waits for a signature: the drafted reply, and drafted documents."""
    draft = papers.file.draft
    if draft and papers.file.case.state is State.DRAFTED:
        called = "、".join(one.file.name for one in draft.files)
        yield "拟的答复", [("", draft.text), *([("附件", called)] if called else [])]
    for sheet in papers.sheets:
        if not sheet.is_issued and sheet.parts:
            yield f"拟的{sheet.kind.official}", sheet.parts
