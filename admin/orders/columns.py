"""The columns of a spreadsheet of orders, in their order, with what a person writes into each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.cases.case import Channel


@dataclass(frozen=True)
class Column:
    """One column: what stands above it, what to write, and how long that may be."""

    heading: str
    hint: str
    most: int
    needed: bool = False


COLUMNS: Mapping[str, Column] = {
    "number": Column("编号", "对方的编号，照来单写", 80, needed=True),
    "ordered_on": Column("交办日期", "例如 2022-06-20", 20, needed=True),
    "answer_by": Column("答复期限", "对方要求哪天以前答复", 20),
    "kind": Column("类别", "投诉、咨询、举报、信访、信息公开申请；空着按投诉", 20),
    "words": Column("内容", "照来单上的话写", 20_000, needed=True),
    "policy": Column("补贴", "政策清单里的名字或者编号；不清楚空着", 80),
    "problem": Column("问题", "问题类别的编号，例如 1.2；不清楚空着", 80),
    "place": Column("街道社区", "全名或者编号；不清楚空着", 80),
    "fund_year": Column("资金年度", "例如 2021；不清楚空着", 10),
    "accused": Column("反映谁", "被反映的单位和人；没有空着", 500),
    "contact_name": Column("姓名", "来件人的姓名；对方没给空着", 50),
    "contact_phone": Column("电话", "来件人的电话；对方没给空着", 40),
    "on_behalf_of": Column("替谁反映", "替别人反映的，写那个人；不是空着", 100),
}
# Behind a clue of audit there is no citizen.
_OF_A_CITIZEN = frozenset({"contact_name", "contact_phone", "on_behalf_of"})


def columns_for(source: Channel) -> Sequence[str]:
    """The columns of a sender's spreadsheet."""
    audit = source is Channel.AUDIT
    return [name for name in COLUMNS if not (audit and name in _OF_A_CITIZEN)]
