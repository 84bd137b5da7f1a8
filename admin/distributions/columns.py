"""The columns that a list of recipients may have, and why others may not be published. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

NAME, COMMUNITY, PEOPLE, STANDARD, AMOUNT = "name", "community", "people", "standard", "amount"
# Every list shows the name and the sum; the others where the spreadsheet has them.
OPTIONAL = (COMMUNITY, PEOPLE, STANDARD)

HEADINGS: Mapping[str, str] = {
    NAME: "姓名",
    COMMUNITY: "社区",
    PEOPLE: "人数",
    STANDARD: "标准",
    AMOUNT: "金额",
}
_OTHER_WORDS: Mapping[str, tuple[str, ...]] = {
    NAME: ("户主", "户主姓名"),
    COMMUNITY: ("村", "村(社区)", "社区(村)", "社区/村", "村/社区"),
    PEOPLE: ("户内人数", "享受人数"),
    STANDARD: ("发放标准", "补贴标准"),
    AMOUNT: ("金额(元)", "发放金额", "发放金额(元)", "补贴金额", "补贴金额(元)"),
}
_COLUMN_OF = {
    word: column
    for column, heading in HEADINGS.items()
    for word in (column, heading, *_OTHER_WORDS[column])
}

# What a heading is about, and why its column stays away. The first that fits is said.
_FORBIDDEN = (
    (re.compile(r"身份证|证件|公民身份|证号"), "身份证号、证件号不能公布"),
    (re.compile(r"卡号|银行|账号|帐号|账户|帐户|存折|开户|社保卡"), "银行卡号、账号不能公布"),
    (re.compile(r"电话|手机|联系|微信|邮箱"), "电话和别的联系方式不能公布"),
    (re.compile(r"住址|地址|门牌|楼|单元|室|户籍"), "住址、门牌号不能公布"),
    (re.compile(r"残|级"), "残疾类别、等级不能公布"),
    (re.compile(r"病|症|诊断|医院|健康"), "病情不能公布"),
    (re.compile(r"出生|生日|年龄|岁"), "出生日期、年龄不能公布"),
    (re.compile(r"监护|学校|班级|学生|子女|儿童|孩"), "孩子的情况不能公布"),
    (re.compile(r"性别|民族|婚"), "和发了多少没有关系，不公布"),
    (re.compile(r"备注|说明|原因|情况"), "里面什么都可能写，不公布"),
)


def column_of(heading: str) -> str | None:
    """The column that a heading names, forgiving of width, case and blanks; None if it names
    none."""
    return _COLUMN_OF.get("".join(unicodedata.normalize("NFKC", heading).casefold().split()))


def why_not(heading: str) -> str:
    """Why a column that isn't known may not be published."""
    flat = unicodedata.normalize("NFKC", heading)
    return next((why for what, why in _FORBIDDEN if what.search(flat)), "不是公示要用的")
