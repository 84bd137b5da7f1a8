"""Events in the words of the desk: what happened to a case, as its officers read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from admin.desk.due_words import CLOCK_WORDS
from admin.desk.identity import Reason
from admin.desk.order_facts import UNNAMED
from admin.desk.proposal import What
from intake.cases.assistance import AssistanceEnd
from intake.cases.case import Channel
from intake.cases.case_link import Relation
from intake.cases.follow_up import How, Outcome
from intake.cases.referral import Stage
from intake.outbox.mail_notices import MAIL_TITLES
from intake.outbox.notices import TITLES
from intake.rules import retention
from intake.rules.formal_documents import DocumentKind
from intake.rules.satisfaction import SCORES, Solved
from intake.rules.sending import TextState
from portal.campaign.after_rule import AfterRule
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.campaign.supervision_rule import Trigger
from portal.foundation import formats
from portal.foundation.formats import day_with_year

Facts = Mapping[str, Any]
_NUMERALS = {"1": "一", "2": "二", "3": "三", "4": "四", "5": "五", "6": "六"}
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
        # That supervision is suggested is for the office to think about.
        "supervision_suggested",
        "suggestion_dismissed",
        "order_number_corrected",
        # The other case may be one that the unit doesn't see.
        "linked",
        "unlinked",
        # Whoever doesn't decide reads that a case was referred, and nothing around it.
        "packed",
        "passphrase_read",
        "filed",
        # Why a case is kept longer may tell what is looked into.
        "destruction_held",
        "destruction_resumed",
        "found",
        "not_referred",
        "referral_decided",
        "referral_returned",
        "progress_asked",
        "progress_due",
        "progress_told",
        "concluded",
        "result_told",
    }
)


def _unit(text: str) -> _Words:
    return lambda facts, book: text.format(unit=book.unit_name(facts.get("unit")))


def _plain(text: str) -> _Words:
    return lambda _facts, _book: text


def _dates_moved(facts: Facts, _book: Book) -> str:
    """What moved it are days up to the former date, so that its year names them."""
    due_on, former = (date.fromisoformat(facts[name]) for name in ("due_on", "former"))
    return f"期限改为{day_with_year(due_on)}，因为公布了{former.year}年的放假安排"


_TITLES: dict[str, _Words] = {
    "registered": lambda facts, _book: f"登记（{_door(Channel(facts['channel']))}）",
    "received": lambda facts, _book: f"{_day(facts['on'])}收到，期限从这一天算",
    "assigned": _unit("交办给{unit}"),
    "transferred": _unit("转办给{unit}，不用报结果"),
    "report_asked": lambda facts, _book: f"{_day(facts['due_on'])}前向办公室报结果",
    "reported_back": _unit("{unit}向办公室报了结果"),
    "looked": _plain("办公室看过"),
    "signed_for": _unit("{unit}签收"),
    "accepted": _unit("{unit}受理"),
    "returned": _unit("{unit}退回"),
    "taken_away": _unit("{unit}要回避，件拿走"),
    "drafted": _plain("拟好答复，等审核"),
    "sent_back": _plain("答复退回修改"),
    "reviewed": _plain("单位负责人审签，等办公室审核"),
    "declined": _plain("不予受理"),
    "given_up": _plain("没有补正，视为放弃"),
    "reopened": _plain("来件人提出异议，重办"),
    "reopened_by_office": _plain("回访以后，办公室决定重办"),
    "reopened_by_sender": _plain("来单退回重办，件重新打开"),
    "review_asked": lambda facts, _book: "来件人请求" + ("复查" if facts["level"] == 1 else "复核"),
    "return_ruled": lambda facts, book: (
        (book.unit_name(facts["arbiter"]) or "办公室")
        + f"认定：{book.unit_name(facts['unit'])}"
        + ("退得对" if facts["right"] else "不该退")
    ),
    "route_chosen": lambda facts, _book: f"走第三十一条第{_NUMERALS[facts['route']]}项的途径",
    "urgent_set": _plain("标为紧急"),
    "urgent_lifted": _plain("不再紧急"),
    "reporter_asked": _plain("问来件人，等他回答"),
    "reporter_told": _plain("告诉来件人一件事"),
    "third_party_asked": lambda facts, _book: f"{_day(facts['on'])}起征求第三方意见",
    "third_party_answered": lambda facts, _book: f"{_day(facts['on'])}第三方回了意见",
    "hearing_begun": lambda facts, _book: f"{_day(facts['on'])}听证开始",
    "hearing_ended": lambda facts, _book: f"{_day(facts['on'])}听证结束",
    "correction_asked": lambda facts, _book: f"告知补正，{_day(facts['until'])}前补",
    "correction_received": _plain("申请人补正了，期限重新算"),
    "proposed": lambda facts, _book: f"报批：{What(facts['what']).official}",
    "proposal_lapsed": lambda facts, _book: f"报批{What(facts['what']).official}的人离岗，报批撤回",
    "proposal_refused": lambda facts, _book: f"没有同意{What(facts['what']).official}",
    "extended": lambda facts, _book: f"{_clock(facts)}期限延长{facts['days']}天",
    "overdue": lambda facts, _book: f"{_clock(facts)}超期（{_day(facts['due_on'])}到期）",
    "reminded": lambda facts, _book: (
        "办公室催办"
        if facts["how"] == "staff"
        else f"提醒：{_day(facts['due_on'])}{_clock(facts)}到期"
    ),
    "replied": _plain("答复已发给来件人"),
    "closed": _plain("办结"),
    "supplemented": _plain("来件人补充"),
    "pictures_came": lambda facts, _book: f"短信里的图片收到了：{facts['count']}张",
    "pictures_lost": lambda facts, _book: f"短信里的图片没收下：{facts['count']}张",
    "code_changed": _plain("来件人换了查询码"),
    "withdrawn": _plain("来件人撤回"),
    "answered": lambda facts, _book: f"来件人答：{_answers(facts)}（{How(facts['how']).official}）",
    "visited": lambda facts, _book: (
        f"{How(facts['how']).official}，{_day(facts['on'])}：{_answers(facts)}"
    ),
    "not_reached": lambda facts, _book: f"回访没联系上，第{facts['attempts']}次",
    "follow_up_ended": lambda facts, _book: f"回访结束：{Outcome(facts['outcome']).official}",
    "text_sent": lambda facts, _book: f"已发短信通知（{TITLES[facts['template']]}）",
    "text_reported": lambda facts, _book: (
        f"短信通知（{TITLES[facts['template']]}）：{TextState(facts['state']).official}"
    ),
    "text_sent_again": lambda facts, _book: f"短信通知（{TITLES[facts['template']]}）再发一次",
    "text_let_go": lambda facts, _book: f"短信通知（{TITLES[facts['template']]}）不再发",
    "mail_sent": lambda facts, _book: f"已发邮件通知（{MAIL_TITLES[facts['template']]}）",
    "mail_reported": lambda facts, _book: (
        f"邮件通知（{MAIL_TITLES[facts['template']]}）：{TextState(facts['state']).official}"
    ),
    "mail_sent_again": lambda facts, _book: f"邮件通知（{MAIL_TITLES[facts['template']]}）再发一次",
    "mail_let_go": lambda facts, _book: f"邮件通知（{MAIL_TITLES[facts['template']]}）不再发",
    "noted": _plain("记了一笔"),
    "claimed": _plain("有人经办"),
    "let_go": _plain("经办人不办了"),
    "withheld": _plain("原文收起，承办单位只看摘要"),
    "barred": _plain("有单位或人员要回避"),
    "unbarred": _plain("看过以后，解除了回避"),
    "kind_changed": lambda facts, _book: f"改按{Kind(facts['kind']).official}办",
    "corrected": lambda facts, _book: "分件：规则分对了" if all(facts.values()) else "分件：改过",
    "mistake_registered": _plain("从“网站找错”登记成件"),
    "rights_corrected": _plain("按本人的请求更正、补充"),
    "rights_registered": _plain("个人信息请求，转到这一件里办"),
    "split": lambda facts, _book: f"分出一件：{facts['part']}",
    "split_off": lambda facts, _book: f"从{facts['of']}分出来",
    "dates_moved": _dates_moved,
    "merged": _plain("并到另一件里一起办"),
    "unmerged": _plain("从并案里分出，单独办"),
    "joined": _plain("另一件并进来一起办"),
    "parted": _plain("并进来的一件分出去了"),
    "linked": lambda facts, _book: f"和另一件关联：{Relation(facts['how']).official}",
    "unlinked": _plain("解除和另一件的关联"),
    "answer_cited": _plain("引用以前的答复"),
    "document_drafted": _plain("起草了书面文书"),
    "document_issued": lambda facts, _book: f"签发{DocumentKind(facts['kind']).official}",
    "delivered": lambda facts, _book: f"文书送达，{_day(facts['on'])}",
    "assistance_asked": _unit("请{unit}协办"),
    "assistance_given": _unit("{unit}报了协办意见"),
    "assistance_ended": lambda facts, book: (
        f"{book.unit_name(facts['unit'])}：{AssistanceEnd(facts['how']).official}"
    ),
    "supervised": lambda facts, _book: (
        f"督办立项（{Trigger(facts['trigger']).official}），{_day(facts['due_on'])}前报结果"
    ),
    "supervision_checked": _plain("督办：办公室写了督办记录"),
    "supervision_reported": _unit("督办：{unit}报了进展"),
    "supervision_extended": lambda facts, _book: f"督办的日子改为{_day(facts['due_on'])}",
    "supervision_closed": _plain("督办：销督"),
    "supervision_suggested": lambda facts, _book: (
        f"系统建议督办（{Trigger(facts['trigger']).official}）"
    ),
    "suggestion_dismissed": lambda facts, _book: (
        f"不按建议督办（{Trigger(facts['trigger']).official}）"
    ),
    "ordered": lambda facts, _book: f"对方要求{_day(facts['due_on'])}前答复",
    "order_extended": lambda facts, _book: f"对方同意延到{_day(facts['due_on'])}",
    "order_answered": lambda facts, _book: f"{_day(facts['on'])}报回来单",
    "order_sent_again": lambda facts, _book: (
        f"{_day(facts['on'])}对方退回重办"
        + (f"，{_day(facts['due_on'])}前答复" if facts["due_on"] else "")
    ),
    "order_number_corrected": _plain("改正了来单的编号"),
    "receipt_handed_out": _plain("给来件人打了回执"),
    "verification_asked": _unit("请{unit}核查"),
    "verification_reminded": lambda facts, book: (
        f"提醒{book.unit_name(facts['unit'])}：核查{_day(facts['due_on'])}前答复"
        + ("，已经超期" if int(facts["how"]) > 0 else "")
    ),
    "verification_answered": _unit("{unit}答复了核查"),
    "verification_withdrawn": _unit("{unit}不用核查了"),
    "packed": _plain("做好密封包，等专人移交"),
    "passphrase_read": _plain("另一个人取了口令"),
    "handed_over": _unit("已移交{unit}"),
    "found": _plain("认为有问题要移送，等另一个人决定"),
    "not_referred": _plain("决定不移送"),
    "referral_decided": _plain("决定移送，等专人送达"),
    "referred": _plain("已移送"),
    "referral_returned": _plain("移送的被退回"),
    "progress_asked": _plain("催问移送以后的进展"),
    "progress_due": _plain("提醒：该催问移送以后的进展"),
    "progress_told": lambda facts, _book: f"移送以后的进展：{Stage(facts['stage']).official}",
    "concluded": lambda facts, _book: f"{_day(facts['on'])}有权机关了结",
    "result_told": _plain("已把移送的结果告知来件人"),
    "kept": _unit("治理结束以后留办，归{unit}"),
    "handed_on": lambda facts, book: f"治理结束以后移交给{_goes_on(facts, book)}",
    "filed": _plain("已归档"),
    "contact_destroyed": lambda facts, _book: f"联系方式销毁了：{_destroyed(facts)}",
    "destroyed": lambda facts, _book: f"内容销毁了：{_destroyed(facts)}",
    "destruction_held": _plain("暂停销毁"),
    "destruction_resumed": _plain("不再暂停销毁"),
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
    if name == "dates_moved":
        return f"原来是{day_with_year(date.fromisoformat(facts['former']))}。"
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


def _door(channel: Channel) -> str:
    """By which door a case came. Whose order it is, the facts beside it say to whoever may know."""
    return UNNAMED if channel.is_order else channel.official


def _day(text: str) -> str:
    return formats.day(date.fromisoformat(text))


def _goes_on(facts: Facts, book: Book) -> str:
    body = AfterRule.of(book.campaign).bodies.get(facts["body"] or "")
    return body.name if body else book.unit_name(facts["unit"]) or "外面的机关"


def _answers(facts: Facts) -> str:
    said = [Solved(facts["solved"]).plain] if facts["solved"] else []
    return "，".join([*said, *([SCORES[facts["satisfaction"]]] if facts["satisfaction"] else [])])


def _clock(facts: Facts) -> str:
    return CLOCK_WORDS.get(facts["clock"], "")


def _destroyed(facts: Facts) -> str:
    return retention.Reason(facts["reason"]).official


def _reason(code: str) -> str:
    return Reason(code).official if code in set(Reason) else code
