"""What a reporter is told by text when something happens to his case: one wording for each, of at
most 70 characters.

No notice holds a word of the case, a unit or an address on the web. Of a tip-off it says only that
there is news: its writer reads on his page what it is. Two hold a query code: the receipt of what
a member of staff wrote down, whose code is good to be changed and for nothing else, and that of
a text which was registered after its door had been answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

_HOW = "请凭查询码上网看，或者打{hotline}。"
_STOP = "不收通知，发“退订”。"

# The names are stored with each message: never rename one.
NOTICES: Mapping[str, str] = {
    "news": "编号{number}有新消息。请凭查询码上网看，或者发“查”加查询码。" + _STOP,
    "replied": "编号{number}有答复了。" + _HOW + _STOP,
    "asked": "编号{number}：我们有事要问您。请凭查询码上网回答，或者打{hotline}。",
    "correction_asked": "编号{number}：申请要补正，最晚{date}。" + _HOW,
    "given_up": "编号{number}：没有补正，不再处理。" + _HOW + _STOP,
    "extended": "编号{number}：要多办几天，最晚{date}答复。" + _HOW,
    "declined": "编号{number}不在这里办，该找哪里写在网上。" + _HOW,
    "kind_changed": "编号{number}换了一类来办，您的权利不变。" + _HOW + _STOP,
    "reopened": "编号{number}换人再办一次。" + _HOW + _STOP,
    "closed": "编号{number}办完了。" + _HOW + _STOP,
    "rate": "编号{number}办得怎样？请回复“评”加查询码，再加1到5：5很满意，1很不满意。",
    "receipt": "编号{number}，查询码{code}。运营商看得到短信：请先上网换查询码，再删这条。",
    "registered": "收到了，编号{number}。查询码：{code}。请记好，别给别人看。运营商看得到短信。",
    "pictures_lost": "编号{number}：有图片没有收下。请凭查询码上网传，或者打{hotline}。" + _STOP,
    "promised": "编号{number}：最晚{date}给您回话。" + _HOW + _STOP,
}
# The receipt of a conversation, that of a text which waited while the database was away, and by
# when its reporter hears from us.
RECEIPT, REGISTERED, PROMISED = "receipt", "registered", "promised"
# What answers somebody who has just written, and is no notice: 退订 doesn't stop it.
OWED = frozenset({RECEIPT, REGISTERED, PROMISED})
# What each is about, for those who never see the case.
TITLES: Mapping[str, str] = {
    "news": "有新消息",
    "replied": "有答复了",
    "asked": "有事要问",
    "correction_asked": "要补正",
    "given_up": "没有补正，不再处理",
    "extended": "延期",
    "declined": "不在这里办",
    "kind_changed": "换了一类",
    "reopened": "重办",
    "closed": "办完了",
    "rate": "请评价",
    "receipt": "登记回执",
    "registered": "短信登记回执",
    "pictures_lost": "有图片没有收下",
    "promised": "最晚哪天回话",
}


class Occasion(StrEnum):
    """What a reporter is told of."""

    REPLIED = "replied"
    ASKED = "asked"
    TOLD = "told"
    CORRECTION_ASKED = "correction_asked"
    GIVEN_UP = "given_up"
    EXTENDED = "extended"
    DECLINED = "declined"
    KIND_CHANGED = "kind_changed"
    REOPENED = "reopened"
    CLOSED = "closed"
    PICTURES_LOST = "pictures_lost"


def templates_of(occasion: Occasion, *, is_tip_off: bool) -> tuple[str, ...]:
    """The messages by which a reporter hears of something. Whose case is closed is asked how it
    went, but for the writer of a tip-off, whom nobody asks."""
    if is_tip_off or occasion is Occasion.TOLD:
        return ("news",)
    return ("closed", "rate") if occasion is Occasion.CLOSED else (occasion.value,)


def worded(template: str, values: Mapping[str, str]) -> str:
    """The message that a template and its variables make."""
    return NOTICES[template].format_map(values)


def as_table() -> str:
    """The wordings as a Markdown table, for the page in docs/ that the office proof-reads."""
    rows = [f"| `{name}` | {wording} |" for name, wording in NOTICES.items()]
    return "\n".join(["| name | wording |", "|---|---|", *rows]) + "\n"
