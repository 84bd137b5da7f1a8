"""The paper of a summary: its variables, and what each stands for in one that is approved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from admin.documents.block import Bar, Bars, Block, Grid
from admin.documents.document_template import TemplateKind
from admin.documents.paper import Paper, Variable
from admin.summaries.number_list import SECTIONS as NUMBERS
from admin.summaries.shipped_summary import shipped_summary
from admin.summaries.summary_content import FrozenTable, SummaryContent
from admin.summaries.summary_words import SECTIONS, SummaryWords
from portal.campaign.book import Book
from portal.foundation.formats import day_with_year

NOTHING = "没有。"
NOT_APPROVED = "（没有审签）"
_FRAME = {
    "标题": "治理的全称和总结的名称",
    "单位": "领导小组办公室的全称",
    "报送": "报给谁，照方案",
    "起止": "总结管哪些天",
    "统计日期": "数字算到哪一天",
    "日期": "审签的日子",
}
_SHARES = {"抽查比例": "抽了几家，占名册的百分之几", "按期答复率": "按期答复的，占应答复的百分之几"}
_LISTS = {
    "制度清单": "新出、修订、废止了哪些制度，一项一行",
    "没有报材料的单位": "哪些单位没有报自己的一份",
}
_BLOCKS = {
    "分单位表": "各单位的问题、整改、金额、月报，一张表",
    "分类别表": "各类问题的个数、整改、金额，一张表",
    "分单位图": "各单位发现问题的个数，条形图",
    "分类别图": "各类问题的个数，条形图",
    "数字一览": "全部数字，一张表",
}


def _variables() -> tuple[Variable, ...]:
    needed = {"标题", "单位", "统计日期", *SECTIONS.values()}
    told = {
        **_FRAME,
        **dict.fromkeys(SECTIONS.values(), "办公室写的这一部分"),
        **_SHARES,
        **_LISTS,
        **{one.name: f"{part.title}：一个数" for part in NUMBERS for one in part.numbers},
    }
    return (
        *(Variable(name, meaning, name in needed) for name, meaning in told.items()),
        *(Variable(name, meaning, False, block=True) for name, meaning in _BLOCKS.items()),
    )


PAPER = Paper(TemplateKind.SUMMARY, "阶段性、年度工作总结", _variables(), shipped_summary)


def values_of(
    book: Book,
    content: SummaryContent,
    words: SummaryWords,
    receivers: tuple[str, ...],
    approved_on: date | None,
) -> dict[str, str]:
    """What the variables stand for."""
    first, last = (date.fromisoformat(day) for day in (content.first, content.last))
    missing = "、".join(book.unit_name(code) for code in content.missing)
    return {
        "标题": f"{book.campaign.name}{content.title}",
        "单位": book.campaign.organiser,
        "报送": "、".join(receivers),
        "起止": f"{day_with_year(first)}至{day_with_year(last)}",
        "统计日期": day_with_year(content.counted_day),
        "日期": day_with_year(approved_on) if approved_on else NOT_APPROVED,
        **{label: words.text(name) or NOTHING for name, label in SECTIONS.items()},
        **dict(content.shares),
        "制度清单": "\n".join(content.rules) or NOTHING,
        "没有报材料的单位": missing or "没有",
        **{one.name: one.shown for one in content.numbers},
    }


def blocks_of(content: SummaryContent) -> Mapping[str, Block]:
    """The tables and charts."""
    return {
        "分单位表": _grid(content.units),
        "分类别表": _grid(content.types),
        "分单位图": _bars(content.units),
        "分类别图": _bars(content.types),
        "数字一览": Grid(
            ("项目", "数"),
            (
                *((one.name, one.shown) for one in content.numbers),
                *content.shares,
            ),
        ),
    }


def _grid(table: FrozenTable) -> Grid:
    return Grid(table.head, table.rows, sums=True)


def _bars(table: FrozenTable) -> Bars:
    return Bars(tuple(Bar(label, number, text) for label, number, text in table.bars))
