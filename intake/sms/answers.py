"""What the line answers by text message: one wording for each part, and answers made of them.

A part is one message of at most 70 characters, so that the oldest telephone shows it whole, and an
answer has at most three. Parts may arrive in any order: each can be read by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PART_LENGTH, MOST_PARTS = 70, 3

_HOW = "看进展，发“查”加查询码；补充，发“补”加查询码和内容。"

# The names are stored with each message, so that it can be answered again: never rename one.
WORDINGS: Mapping[str, str] = {
    # The receipt, then who has the case and by when he answers; a tip-off's names no unit.
    "receipt": "收到了，编号{number}。查询码：{code}。请记好，别给别人看。回复“帮助”看用法。",
    "receipt_words": "文字收到了，图片收不了。编号{number}。查询码：{code}。请记好，别给别人看。",
    "as_complaint": "按投诉办，不按信息公开申请办（信息公开条例39条）。"
    "由{unit}办，最晚{date}答复您。",
    "handled": "由{unit}办，最晚{date}答复您。" + _HOW,
    "taken_over": "已交给{unit}，最晚{date}接收。" + _HOW,
    "undated": "由{unit}看归谁办。" + _HOW,
    "tip_off": "最晚{date}给您回话。" + _HOW,
    "tip_off_undated": "有人会先看。" + _HOW,
    "warning": "短信内容运营商看得到。举报要紧的事，上网写更安全：{site}/report",
    "several": "短信太密，有几条没有回复，写来的话都收下了。要它们的查询码，打热线{hotline}。",
    "besides": "这是新的一件。您想补充先前那件，请发“补”加那件的查询码和内容。",
    # How far a case is.
    "state": "编号{number}：{state}。{sentence}",
    "state_due": "最晚{date}答复您。上网看：{site}/progress",
    "state_reply": "答复上网看：{site}/progress。也可以打{hotline}。",
    "state_2": "编号{number_2}：{state_2}。{sentence_2}",
    "state_3": "编号{number_3}：{state_3}。{sentence_3}",
    "state_more": "一共分成{count}件，都上网看：{site}/progress。",
    # A code that a member of staff saw: it tells the state, and has to be changed for the rest.
    "change_code": "看答复、补充，请先换查询码：{site}/progress，或到窗口换。",
    # Further words.
    "added": "编号{number}：您补充的话收到了。看进展，发“查”加查询码。",
    "no_words": "没有看到补充的内容。请发“补”加查询码，后面写您要补充的话。",
    "case_over": "编号{number}已经结束，补充的话没有收下。还有事，请另发短信，写上这个编号。",
    # How it was handled.
    "rated": "编号{number}：您评了{score}分（5分最满意），记下了，谢谢您。",
    "rated_low": "不同意结果，{date}前上网提：{site}/progress",
    "no_score": "没有看到分数。请发“评”加查询码，再加1到5的一个数：5很满意，1很不满意。",
    "not_asked": "编号{number}：现在不收评价，没有记下。看进展，发“查”加查询码。",
    "not_rated": "您的评价没有收下，请再发一次。",
    # A code that opens nothing.
    "unknown_code": "没有查到，请对一对查询码再发。丢了查询码，打热线{hotline}。",
    "of_mistake": "这是网站找错的查询码，答复上网看：{site}/progress",
    "of_request": "这是个人信息请求的查询码，答复上网看：{site}/progress",
    "too_many_tries": "查询码错的次数太多，请过一小时再发，或者打热线{hotline}。",
    "words_lost": "您补充的话没有收下，请再发一次。",
    # How to use the line.
    "help": "反映事情，直接发来：哪个街道、哪项补贴、出了什么事，不用写格式。急事打{emergency}。",
    "help_commands": _HOW + "不收通知，发“退订”。热线{hotline}。",
    "no_pictures": "图片收不了，没有收下。请把事情写成文字发来：哪个街道、哪项补贴、出了什么事。",
    "pictures_left": "图片没有收下。要补充图片，请发“补”加查询码，连图片一起发。",
    "opted_out": "不再给您发通知了。您发来的短信我们照样收、照样办。想再收通知，发“恢复”。",
    "opted_in": "以后又可以收到我们的通知短信。不想收，发“退订”。",
    # While the database is away: what was sent is kept, and a question has to be asked again.
    "kept": "收到了，系统正忙，还没有登记。登记好了，再发短信告诉您编号和查询码。",
    "kept_to_do": "收到了，系统正忙，过一会儿就办。",
    "busy": "系统正忙，现在查不了。请过半小时再发一次。",
}


@dataclass(frozen=True)
class Answer:
    """An answer by the names of its wordings, and what stands in their gaps. No names: silence."""

    names: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def label(self) -> str:
        """What is stored of the answer, so that it can be given again."""
        return " ".join(self.names)

    def parts(self, site: str) -> list[str]:
        """The messages to send. `site` is the address of the public site."""
        return [WORDINGS[name].format(site=site, **self.values) for name in self.names]


SILENCE = Answer()
# What is said of pictures that came with a command.
NOTES_OF_PICTURES = frozenset({"no_pictures", "pictures_left"})
_RECEIPTS: tuple[tuple[str, ...], ...] = tuple(
    (receipt, then, last)
    for receipt in ("receipt", "receipt_words")
    for then in (
        "handled",
        "as_complaint",
        "taken_over",
        "undated",
        "tip_off",
        "tip_off_undated",
    )
    for last in ("warning", "besides", "several")
)
_OF_COMMANDS: tuple[tuple[str, ...], ...] = (
    ("state", "state_due"),
    ("state", "state_reply"),
    ("state",),
    ("state", "state_2"),
    ("state", "state_2", "state_3"),
    ("state", "state_2", "state_more"),
    ("state", "change_code"),
    ("change_code", "words_lost"),
    ("change_code", "not_rated"),
    ("rated",),
    ("rated", "rated_low"),
    ("no_score",),
    ("not_asked",),
    ("added",),
    ("no_words",),
    ("case_over",),
    ("unknown_code",),
    ("unknown_code", "words_lost"),
    ("of_mistake",),
    ("of_mistake", "words_lost"),
    ("of_request",),
    ("of_request", "words_lost"),
    ("too_many_tries",),
    ("too_many_tries", "words_lost"),
    ("help", "help_commands"),
    ("opted_out",),
    ("opted_in",),
)
# Every answer that can be given; a receipt's last part may be missing.
ANSWERS: tuple[tuple[str, ...], ...] = (
    *_RECEIPTS,
    *_OF_COMMANDS,
    *(
        (*names[: MOST_PARTS - 1], note)
        for names in _OF_COMMANDS
        for note in sorted(NOTES_OF_PICTURES)
    ),
    ("no_pictures", "help_commands"),
    ("kept",),
    ("kept_to_do",),
    ("busy",),
)


def in_fours(code: str) -> str:
    """A query code as it is read aloud and copied by hand."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def as_table() -> str:
    """The wordings as a Markdown table, for the page in docs/ that the office proof-reads."""
    rows = [f"| `{name}` | {wording} |" for name, wording in WORDINGS.items()]
    return "\n".join(["| name | wording |", "|---|---|", *rows]) + "\n"
