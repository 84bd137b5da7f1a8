"""Events in the words of the desk: what happened to a case, as its officers read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from admin.desk.identity import Reason
from intake.cases.assistance import AssistanceEnd
from intake.cases.case import Channel
from intake.rules.formal_documents import DocumentKind
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation.formats import day

Facts = Mapping[str, Any]
_Words = Callable[[Facts, Book], str]

# What ties a case to the ledger is known to the office alone.
# So is what it decided by, and what else the same message held.
FOR_THE_OFFICE = frozenset(
    {
        "problem_opened",
        "result_of_case",
        "unbarred",
        "corrected",
        "split",
        "split_off",
        "taken_away",
    }
)


def _unit(text: str) -> _Words:
    return lambda facts, book: text.format(unit=book.unit_name(facts.get("unit")))


def _plain(text: str) -> _Words:
    return lambda _facts, _book: text


_TITLES: dict[str, _Words] = {
    "registered": lambda facts, _book: f"登记（{Channel(facts['channel']).official}）",
    "assigned": _unit("交办给{unit}"),
    "looked": _plain("办公室看过"),
    "signed_for": _unit("{unit}签收"),
    "accepted": _unit("{unit}受理"),
    "returned": _unit("{unit}退回"),
    "taken_away": _unit("{unit}要回避，件拿走"),
    "drafted": _plain("拟好答复，等审核"),
    "sent_back": _plain("答复退回修改"),
    "replied": _plain("答复已发给来件人"),
    "closed": _plain("办结"),
    "supplemented": _plain("来件人补充"),
    "withdrawn": _plain("来件人撤回"),
    "noted": _plain("记了一笔"),
    "withheld": _plain("原文收起，承办单位只看摘要"),
    "barred": _plain("有单位或人员要回避"),
    "unbarred": _plain("看过以后，解除了回避"),
    "kind_changed": lambda facts, _book: f"改按{Kind(facts['kind']).official}办",
    "corrected": lambda facts, _book: "分件：规则分对了" if all(facts.values()) else "分件：改过",
    "split": lambda facts, _book: f"分出一件：{facts['part']}",
    "split_off": lambda facts, _book: f"从{facts['of']}分出来",
    "document_drafted": _plain("起草了书面文书"),
    "document_issued": lambda facts, _book: f"签发{DocumentKind(facts['kind']).official}",
    "delivered": lambda facts, _book: f"文书送达，{day(date.fromisoformat(facts['on']))}",
    "assistance_asked": _unit("请{unit}协办"),
    "assistance_given": _unit("{unit}报了协办意见"),
    "assistance_ended": lambda facts, book: (
        f"{book.unit_name(facts['unit'])}：{AssistanceEnd(facts['how']).official}"
    ),
    "packed": _plain("做好密封包，等专人移交"),
    "passphrase_read": _plain("另一个人取了口令"),
    "handed_over": _unit("已移交{unit}"),
    "identity_opened": lambda facts, _book: f"打开联系方式：{_reason(facts['reason'])}",
    "problem_opened": lambda facts, _book: f"列入台账：{facts['problem']}",
    "result_of_case": lambda facts, _book: f"整改结果已公布：{facts['result']}",
}


def title_of(name: str, facts: Facts, book: Book) -> str | None:
    """What an event is called on the case's page; None where it has no place there."""
    words = _TITLES.get(name)
    return words(facts, book) if words else None


def body_of(name: str, facts: Facts, book: Book) -> str | None:
    """The one thing to add to some events."""
    if name == "returned" and facts.get("proposed"):
        return f"建议交给{book.unit_name(facts['proposed'])}。"
    if name in {"barred", "unbarred"}:
        named = topmost(frozenset(facts.get("units", ())), book)
        parts = [f"{book.unit_name(code)}和它下面的单位" for code in named]
        parts += [f"工作人员{len(facts['staff'])}名"] if facts.get("staff") else []
        sees = "看不到这件。" if name == "barred" else "不用回避。"
        return "、".join(parts) + sees if parts else None
    return None


def topmost(units: frozenset[str], book: Book) -> list[str]:
    """Of some units, those that lie under none of the others."""
    return sorted(code for code in units if not units & {upper.code for upper in book.above(code)})


def _reason(code: str) -> str:
    return Reason(code).official if code in set(Reason) else code
