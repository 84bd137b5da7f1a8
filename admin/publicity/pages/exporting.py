"""The record as a workbook, with every entry that is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask import Response

from admin.accounts.guard import staff_only
from admin.publicity.entry_list import Line, lines
from admin.publicity.pages.blueprint import ROLES, asked_for, blueprint, recorder
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.database import reading
from portal.foundation.spreadsheets import XLSX, workbook_of

_COLUMNS = {
    "编号": 8,
    "日期": 12,
    "街道": 18,
    "做了什么": 18,
    "数量": 8,
    "计量": 8,
    "具体在哪里，或者网址": 40,
    "说明": 40,
    "单位": 28,
    "谁记的": 12,
    "撤回": 8,
}


@blueprint.get("/publishing/publicity.xlsx")
@staff_only(*ROLES)
def export() -> Response:
    """What the list shows, without its limit."""
    with reading() as session:
        me = recorder(session)
        rows = [_row(one, me.book) for one in lines(session, me, asked_for(me), most=None)]
    name = f"publicity-{clock.today().isoformat()}.xlsx"
    return Response(
        workbook_of("宣传记录", _COLUMNS, rows),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _row(one: Line, book: Book) -> Iterable[str | date | int | None]:
    now = one.now
    return (
        one.entry.id,
        now.done_on,
        book.places[now.place_code].name if now.place_code else "全区",
        now.kind.official,
        now.quantity,
        now.kind.measure,
        one.texts.where,
        one.texts.note,
        book.unit_name(one.entry.unit_code),
        one.written_by,
        "已撤回" if one.entry.withdrawn_at else "",
    )
