"""The columns that the two annexes can have, as they are offered to the office's template. Pure.

The forms' own columns were never published: these are the ones that such forms have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Annex(StrEnum):
    """Which of the two."""

    STATISTICS = "statistics"
    PROBLEMS = "problems"

    @property
    def official(self) -> str:
        """Its name in the plan."""
        return {
            Annex.STATISTICS: "附件1 问题统计表",
            Annex.PROBLEMS: "附件2 问题情况汇总表",
        }[self]


@dataclass(frozen=True)
class Column:
    """One column: by what it is known, what stands above it, how many characters wide it is.
    `is_offices`: nobody else may read it. `is_by_hand`: the ledger doesn't know it, so that it is
    left empty for a pen."""

    key: str
    heading: str
    width: int
    is_offices: bool = False
    is_by_hand: bool = False


_PROBLEMS = (
    Column("position", "序号", 6),
    Column("number", "问题编号", 14),
    Column("unit", "责任单位", 16),
    Column("place", "街道/社区", 14),
    Column("source", "来源", 10),
    Column("problem_type", "问题类别", 22),
    Column("policy", "涉及补贴项目", 18),
    Column("fund_year", "资金年度", 8),
    Column("what_is_wrong", "问题描述", 40),
    Column("amount", "涉及金额（万元）", 12),
    Column("persons", "涉及人数", 8),
    Column("leader", "责任领导", 12),
    Column("person", "责任人", 12),
    Column("measures", "整改措施", 36),
    Column("rectify_by", "整改时限", 12),
    Column("progress", "整改进展", 36),
    Column("state", "完成情况", 10),
    Column("recovered", "追回资金（万元）", 12),
    Column("paid_back", "补发资金（万元）", 12),
    Column("is_referred", "是否移送", 8, is_offices=True),
    Column("referred_to", "移送机关", 14, is_offices=True),
    Column("referred_on", "移送时间", 12, is_offices=True),
    Column("heard", "后续进展", 24, is_offices=True),
    Column("punished", "处理处分人数", 8, is_offices=True),
    Column("rules", "建章立制", 28),
    Column("published", "公示时间与网址", 28),
    Column("struck_off_on", "销号时间", 12),
    Column("struck_off_by", "销号审核人", 12),
    Column("note", "备注", 16, is_by_hand=True),
)
_STATISTICS = (
    Column("unit", "责任单位", 18),
    Column("problem_type", "问题类别", 34),
    Column("found", "发现问题数", 8),
    Column("own_check", "其中：自查", 8),
    Column("spot_check", "其中：抽查", 8),
    Column("audit", "其中：审计", 8),
    # What cases brought to light is never called reported: see `Source`.
    Column("verification", "其中：核查", 8),
    Column("elsewhere", "其中：其他", 8),
    Column("policies", "涉及项目数", 8),
    Column("amount", "涉及金额（万元）", 12),
    Column("persons", "涉及人数", 8),
    Column("struck_off", "已整改", 8),
    Column("in_hand", "正在整改", 8),
    Column("carried_over", "挂账", 8),
    Column("unfounded", "不属实", 8),
    Column("rate", "整改率", 14),
    Column("rectified_amount", "已整改金额（万元）", 12),
    Column("recovered", "追回资金（万元）", 12),
    Column("paid_back", "补发资金（万元）", 12),
    Column("referred", "移送数", 8, is_offices=True),
    Column("organisational", "组织处理人数", 8, is_offices=True),
    Column("disciplinary", "党纪政务处分人数", 8, is_offices=True),
    Column("judicial", "司法处理人数", 8, is_offices=True),
    Column("came_forward", "主动说明人数", 8),
    Column("given_back", "主动退赔（万元）", 12),
    Column("rules", "制度数", 8),
    Column("tip_off", "来件：举报", 8),
    Column("consultation", "来件：咨询", 8),
    Column("complaint", "来件：投诉", 8),
    Column("petition", "来件：信访", 8),
    Column("disclosure_request", "来件：信息公开申请", 8),
    Column("nil_return", "是否零报送", 8),
    Column("note", "备注", 16, is_by_hand=True),
)
COLUMNS: Mapping[Annex, Mapping[str, Column]] = {
    Annex.STATISTICS: {one.key: one for one in _STATISTICS},
    Annex.PROBLEMS: {one.key: one for one in _PROBLEMS},
}
