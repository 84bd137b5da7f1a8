"""The time line of a reporter's own case: which events he hears of, and in which words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import current_app
from markupsafe import Markup

from intake.cases.case import Case
from intake.cases.event import Event
from intake.told import HANDLING
from portal.campaign.book import Book
from portal.foundation.clock import day_of

# The events that a reporter hears of, in an ordinary case and in a tip-off.
_ORDINARY = {
    "registered": "收到了",
    "assigned": "交给{unit}办",
    "transferred": "交给{unit}办",
    "signed_for": "{unit}接收了",
    "accepted": "{unit}开始办",
    "returned": "正在换单位",
    "taken_away": "正在换单位",
    "drafted": "答复正在核对",
    "reviewed": "答复正在核对",
    "replied": "{unit}答复了您",
    "declined": "告知您不在这里办",
    "given_up": "没有补正，不再处理",
    "reopened": "您提出了异议",
    "reopened_by_office": "决定换人再办一次",
    "reopened_by_sender": "转来这件的单位要求再办一次",
    "answered": "您答了办得怎么样",
    "visited": "回访了您",
    "review_asked": "您请求复查",
    "received": "算作收到，期限从这天算起",
    "reporter_asked": "有事问您",
    "reporter_told": "有话告诉您",
    "correction_asked": "请您补正",
    "third_party_asked": "征求第三方意见",
    "third_party_answered": "第三方回了意见",
    "extended": "期限延长了",
    "document_issued": "{unit}出了书面文书",
    "delivered": "书面文书送到了",
    "closed": "办完了",
    "text_sent": "给您发了短信",
    "mail_sent": "给您发了邮件",
    "supplemented": "您补充了",
    "pictures_came": "短信里的图片收到了",
    "pictures_lost": "短信里有图片没收下，请在这里再传",
    "code_changed": "您换了查询码",
    "withdrawn": "您撤回了",
    "merged": "和反映同一件事的另一件一起办",
    "unmerged": "又单独办了",
    "kind_changed": "改了类",
    "split": "分出了一件",
    "split_off": "分出来单独办",
    "dates_moved": "期限按放假安排重新算过",
    "handed_over": "转给了{unit}",
    "handed_on": "定了治理结束以后由谁接着办",
    "result_of_case": "公布了整改结果",
    "contact_destroyed": "您的联系方式销毁了",
    "destroyed": "您写的内容销毁了",
}
_OF_TIP_OFF = {
    "registered": "已登记",
    **dict.fromkeys(HANDLING, "办理中"),
    "replied": "有话告诉您",
    "reporter_asked": "有事问您",
    "reporter_told": "有话告诉您",
    "extended": "期限延长了",
    "declined": "已办结",
    "reopened": "您提出了异议",
    "handed_over": "已转有权机关",
    "closed": "已办结",
    "text_sent": "给您发了短信",
    "mail_sent": "给您发了邮件",
    "supplemented": "您补充了",
    "pictures_came": "短信里的图片收到了",
    "pictures_lost": "短信里有图片没收下，请在这里再传",
    "code_changed": "您换了查询码",
    "withdrawn": "您撤回了",
    "kind_changed": "改了类",
    "split": "分出了一件",
    "split_off": "分出来单独办",
    "dates_moved": "期限按放假安排重新算过",
    "result_of_case": "公布了整改结果",
    "contact_destroyed": "您的联系方式销毁了",
    "destroyed": "您写的内容销毁了",
}


@dataclass(frozen=True)
class Step:
    """One line of the time line."""

    title: str
    date: date
    who: str = ""
    body: str | Markup = ""


def steps_of(case: Case, campaign_book: Book, events: Iterable[Event]) -> list[Step]:
    """The time line, newest first; a tip-off enters each of its states once."""
    words = _OF_TIP_OFF if case.is_tip_off else _ORDINARY
    once = {words[name] for name in HANDLING - {"replied"}} if case.is_tip_off else set[str]()
    steps: list[Step] = []
    for one in events:
        if one.name not in words:
            continue
        title = words[one.name].format(unit=campaign_book.unit_name(one.facts.get("unit")))
        if title in once and any(step.title == title for step in steps):
            continue
        steps.append(Step(title, _day(one), body=_result(one)))
    return steps[::-1]


def _day(event: Event) -> date:
    """The day of an event; a delivery is noted after its day."""
    if event.name == "delivered":
        return date.fromisoformat(event.facts["on"])
    return day_of(event.happened_at)


def _result(event: Event) -> str | Markup:
    """The way to a published result, where an event tells of one."""
    number = event.facts.get("result") if event.name == "result_of_case" else None
    if not number:
        return ""
    address = current_app.extensions["links"].result(number)
    return Markup('<a class="more" href="{}">看整改结果{}</a>').format(address, number)
