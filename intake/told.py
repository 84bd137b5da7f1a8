"""What a reporter is told about his case's state, on his page and by text message.

A tip-off has four states and names no unit and no person, whoever has it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from intake.cases.case import Case
from intake.rules.clocks import Running
from intake.rules.lifecycle import State
from intake.rules.pauses import Happened
from intake.rules.retention import Reason
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation import formats


@dataclass(frozen=True)
class Told:
    """The state in a few words, and one sentence about it."""

    state: str
    sentence: str


_ORDINARY = {
    State.REGISTERED: Told("收到了", "我们收到了，正在看归谁办。"),
    State.ASSIGNED: Told("已交给{unit}", "{unit}要在{date}前接收。"),
    State.RETURNED: Told("正在换单位", "这件事要换一家单位办，换好就写在这里。"),
    State.SIGNED_FOR: Told("{unit}已接收", "正在看您写的内容。"),
    State.ACCEPTED: Told("正在办", "{unit}正在办。"),
    State.DRAFTED: Told("答复正在核对", "核对好就给您看。"),
    State.REVIEWED: Told("答复正在核对", "核对好就给您看。"),
    State.REPLIED: Told("有答复了", "请看答复。"),
    State.CLOSED: Told("办完了", "请看答复。"),
    State.DECLINED: Told("不在这里办", "请看告知：为什么，该找哪里。"),
    State.WITHDRAWN: Told("您撤回了", "您撤回了这件，我们不再办理。"),
    State.MERGED: Told("和另一件一起办", "和反映同一件事的另一件一起办，答复写在这里。"),
}
_WAITING_FOR_HIM = Told("等您回答", "我们有事要问您，请看下面，在“补充”里回答。")
_LOOKED_AT_AGAIN = Told("换人再看一次", "您提出了异议，正在定由谁再看一次。")
_AGAIN = {
    "reopened": _LOOKED_AT_AGAIN,
    "reopened_by_office": Told("换人再办一次", "我们回访以后，决定换人再办，正在定由谁办。"),
    "reopened_by_sender": Told("换人再办一次", "转来这件的单位要求再办一次，正在定由谁办。"),
    "review_asked": Told("正在复查", "您请求复查，由上一级再看一次。"),
}
_REVIEWED_AGAIN = Told("正在复核", "您请求复核，由更上一级再看一次。")
_ASSIGNED_LONG_AGO = Told("已交给{unit}", "{unit}还没有接收，可以打热线催。")

_REGISTERED = Told("已登记", "我们收到了，有人会先看。")
_HANDLED = Told("办理中", "有权办的单位正在办。")
_REFERRED = Told("已转有权机关", "由有权查办的机关处理。")
# Whatever of another case is for such a body: the rest of it goes on here.
_ALSO_REFERRED = "其中要由有权机关查的，已转有权机关。"
_ANSWERED = Told("办理中", "有话告诉您，请看答复。")
_CONCLUDED = Told("已办结", "办完了，请看答复。")
_NOT_HERE = Told("已办结", "请看告知：为什么，该找哪里。")
_TAKEN_BACK = Told("已办结", "您撤回了这件，我们不再办理。")
_DESTROYED = "您写的内容、附件和我们的答复，{why}已于{day}销毁，只留下编号、日期和办理经过。"
_WITHOUT_UNIT = {
    State.REGISTERED: "已登记",
    State.REPLIED: "已答复",
    State.CLOSED: "已办结",
    State.WITHDRAWN: "来件人撤回了",
    State.MERGED: "和另一件一起办",
}
# From the first of these on, somebody handles a tip-off.
HANDLING = frozenset({"looked", "signed_for", "accepted", "drafted", "reviewed", "replied"})


def told_of_kind(kind: Kind, reason: str) -> str:
    """What a reporter reads when his case is handled as one of another kind."""
    return f"这件改按“{kind.official}”办。{reason.strip()}"


def told(
    case: Case,
    book: Book,
    events: Sequence[str],
    running: Sequence[Running],
    *,
    at_his_request: bool = False,
) -> Told:
    """What the reporter reads. `events` names the case's events in their order, `running` are its
    clocks. `at_his_request`: what he wrote was destroyed because he asked for it."""
    found = _told(case, book, events, running)
    if case.destroyed_on is None:
        return found
    why = "按您的要求" if at_his_request else "按保存期限"
    day = formats.day_with_year(case.destroyed_on)
    return replace(found, sentence=_DESTROYED.format(why=why, day=day))


def destroyed_at_his_request(events: Iterable[Happened]) -> bool:
    """Whether these are the events of a case that was destroyed because its reporter asked for it
    (个人信息保护法 47)."""
    return any(
        one.name == "destroyed" and one.facts["reason"] == Reason.REQUESTED for one in events
    )


def _told(case: Case, book: Book, events: Sequence[str], running: Sequence[Running]) -> Told:
    if case.is_tip_off:
        return told_of_tip_off(case.state, events, referred=case.referred)
    found = _again(case.state, events) or _ORDINARY[case.state]
    if case.awaiting_reporter and case.state.is_open:
        found = _WAITING_FOR_HIM
    sign_for = next((one for one in running if one.clock == "sign_for"), None)
    if case.state is State.ASSIGNED and sign_for is None:
        found = _ASSIGNED_LONG_AGO
    words = {
        "unit": book.units[case.unit_code].name,
        "date": formats.day(sign_for.working.due_on) if sign_for else "",
    }
    also = _ALSO_REFERRED if case.referred and case.state is not State.WITHDRAWN else ""
    return Told(found.state.format(**words), found.sentence.format(**words) + also)


def _again(state: State, events: Sequence[str]) -> Told | None:
    """The words for a case that was opened again, by what did it last, until somebody has it."""
    if state is not State.RETURNED:
        return None
    last = next((name for name in reversed(events) if name in _AGAIN), "")
    if last == "review_asked" and list(events).count(last) > 1:
        return _REVIEWED_AGAIN
    return _AGAIN.get(last)


def told_without_unit(kind: Kind, state: State, events: Collection[str], *, referred: bool) -> str:
    """How far a case is, for somebody who may know no more of it: who entered it, or sent it."""
    if kind is Kind.TIP_OFF:
        return told_of_tip_off(state, events, referred=referred).state
    return _WITHOUT_UNIT.get(state, "办理中" if state.is_open else "已办结")


def told_of_tip_off(state: State, events: Collection[str], *, referred: bool) -> Told:
    """What anybody reads of a tip-off who may know no more than its reporter. `referred`: a body
    that may look into it has it now."""
    ended = {
        State.WITHDRAWN: _TAKEN_BACK,
        State.DECLINED: _NOT_HERE,
        State.CLOSED: _CONCLUDED,
        State.REPLIED: _ANSWERED,
    }
    if state in ended:
        return ended[state]
    if referred or "handed_over" in events:
        return _REFERRED
    return _HANDLED if HANDLING & set(events) else _REGISTERED
