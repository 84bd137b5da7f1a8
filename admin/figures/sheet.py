"""The figures as a file: a line for each unit and kind, the plain numbers beside one another, so
that every share can be counted again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from admin.figures.figures import NAMES, Table
from portal.campaign.book import Book
from portal.campaign.kinds import Kind

HEADINGS = {
    "came": "收到",
    "answered": "已答复",
    "declined": "不予受理",
    "withdrawn": "撤回",
    "merged": "并案",
    "open": "在办",
    "signed_on_time": "按时签收",
    "signed_late": "超时签收",
    "unsigned": "到期没有签收",
    "responded_on_time": "按时响应",
    "responded_late": "超时响应",
    "answered_on_time": "按期答复（没有延期）",
    "answered_extended": "按期答复（延过期）",
    "answered_late": "超期答复",
    "unanswered": "到期没有答复",
    "assigned": "交办",
    "returned": "退单",
    "returned_rightly": "退得对",
    "returned_wrongly": "不该退",
    "closed": "办结",
    "reopened": "重办",
    "overdue": "超期次数",
    "said_satisfaction": "说了满不满意",
    "satisfied": "满意",
    "said_solved": "说了解决没有",
    "solved": "解决",
    "to_visit": "该回访",
    "visited": "已回访",
}


def to_csv(table: Table, book: Book, kinds: Iterable[Kind]) -> bytes:
    """The lines, with a mark that tells spreadsheets the encoding. Names of units are the
    campaign's own, so that no cell is a formula."""
    chosen, text = frozenset(kinds), io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["单位", "类别", *(HEADINGS[name] for name in NAMES)])
    lines = ((book.unit_name(unit), kind, one) for (unit, kind), one in table.items())
    for unit, kind, one in sorted(lines, key=lambda line: line[:2]):
        if kind in chosen:
            writer.writerow([unit, kind.official, *(getattr(one, name) for name in NAMES)])
    return text.getvalue().encode("utf-8-sig")
