"""The record of a year's requests about one's own information as a spreadsheet: no name, nothing
that anybody typed."""

from __future__ import annotations

from collections.abc import Iterable

from admin.rights.request_list import due_on
from intake.cases.rights_request import RightsRequest
from portal.campaign.book import Book
from portal.foundation.clock import day_of
from portal.foundation.spreadsheets import workbook_of

_WIDTHS = {
    "编号": 16,
    "请求": 18,
    "依据": 34,
    "谁的信息": 20,
    "怎么来的": 22,
    "收到": 12,
    "最晚答复": 12,
    "怎么核实的": 30,
    "结果": 14,
    "不同意的理由": 40,
    "理由的依据": 40,
    "答复": 12,
    "超期": 8,
    "两人办理": 10,
}


def record_of(year: int, requests: Iterable[RightsRequest], book: Book) -> bytes:
    """The workbook of one year."""
    lines = (_line(one, book) for one in requests)
    return workbook_of(f"{year}年个人信息权利请求", _WIDTHS, lines)


def _line(one: RightsRequest, book: Book) -> list[str]:
    until, over = due_on(one, book), one.decided_at
    outcome = one.outcome.official if over and one.outcome else "等答复"
    ground = one.ground if over else None
    return [
        one.number,
        one.asked_for.official,
        one.asked_for.clause,
        one.asker.official,
        one.door.official,
        one.received_on.isoformat(),
        until.isoformat(),
        one.proved.official if one.proved else "没有核实",
        outcome,
        ground.plain if ground else "",
        ground.clause if ground else "",
        day_of(over).isoformat() if over else "",
        "是" if over and day_of(over) > until else "",
        "是" if over and one.decided_by != one.proposed_by else "",
    ]
