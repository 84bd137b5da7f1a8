"""What the reporter's page shows of his case: state, date, answers, his words, what happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import Response, current_app, make_response, render_template
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import correspondence
from intake.asking.due_date import DueDate
from intake.attachments.stored_file import LeftOut
from intake.cases.case import Case
from intake.cases.event import Event
from intake.cases.message import MessageKind
from intake.correspondence import Enclosed, Letter
from intake.dates import as_happened, clocks_of, told_clock
from intake.going_on import GoingOn, told_of_going_on
from intake.objection import objects_until
from intake.pages.forms import AnswersForm, MoreWordsForm, ObjectionForm
from intake.pages.own_documents import OwnDocument, own_documents
from intake.progress import Found, can_withdraw
from intake.questionnaire import Asked, asked
from intake.rules.pauses import Happened
from intake.rules.satisfaction import SCORES
from intake.told import HANDLING, Told, told
from portal.campaign.book import Book, book
from portal.foundation.clock import day_of

READABLE = (
    MessageKind.WORDS,
    MessageKind.ACCUSED,
    MessageKind.BENEFICIARY,
    MessageKind.SUPPLEMENT,
    MessageKind.QUESTION,
    MessageKind.OBJECTION,
    MessageKind.REMARK,
    MessageKind.REPLY,
    MessageKind.NOTICE,
    MessageKind.TOLD,
    MessageKind.DOCUMENT,
)

_WRITTEN_LATER = (MessageKind.SUPPLEMENT, MessageKind.OBJECTION, MessageKind.REMARK)

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
    "correction_asked": "请您补正",
    "third_party_asked": "征求第三方意见",
    "third_party_answered": "第三方回了意见",
    "extended": "期限延长了",
    "document_issued": "{unit}出了书面文书",
    "delivered": "书面文书送到了",
    "closed": "办完了",
    "text_sent": "给您发了短信",
    "supplemented": "您补充了",
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
}
_OF_TIP_OFF = {
    "registered": "已登记",
    **dict.fromkeys(HANDLING, "办理中"),
    "replied": "有话告诉您",
    "reporter_asked": "有事问您",
    "extended": "期限延长了",
    "declined": "已办结",
    "reopened": "您提出了异议",
    "handed_over": "已转有权机关",
    "closed": "已办结",
    "text_sent": "给您发了短信",
    "supplemented": "您补充了",
    "code_changed": "您换了查询码",
    "withdrawn": "您撤回了",
    "kind_changed": "改了类",
    "split": "分出了一件",
    "split_off": "分出来单独办",
    "dates_moved": "期限按放假安排重新算过",
    "result_of_case": "公布了整改结果",
}


@dataclass(frozen=True)
class Step:
    """One line of the time line."""

    title: str
    date: date
    who: str = ""
    body: str | Markup = ""


@dataclass(frozen=True)
class Said:
    """A text with its day and what came with it; `by` is the unit that wrote it, empty where none
    is named."""

    text: str
    on: date
    by: str = ""
    files: tuple[Enclosed, ...] = ()


@dataclass(frozen=True)
class OwnCase:
    """One case as its reporter sees it."""

    case: Case
    told: Told
    why: str
    due: DueDate | None
    replies: list[Said]
    documents: list[OwnDocument]
    notices: list[Said]
    words: list[Said]
    supplements: list[Said]
    facts: list[tuple[str, str]]
    steps: list[Step]
    can_withdraw: bool
    questions: list[Said]
    objects_until: date | None
    asked: Asked | None
    going_on: GoingOn | None


@dataclass(frozen=True)
class Typed:
    """The forms of the page as they were typed; those that weren't stand there blank."""

    words: MoreWordsForm
    objecting: ObjectionForm | None = None
    answering: AnswersForm | None = None


def case_page(
    session: Session,
    found: Found,
    typed: Typed,
    *,
    note: str = "",
    not_taken: Sequence[LeftOut] = (),
    status: int = 200,
) -> Response:
    """The page of a case, and of those that were split from it, for whoever holds the code. `note`
    says what was just done, `not_taken` which files weren't taken with it."""
    campaign_book, form = book(session), typed.words
    own = [_own(session, campaign_book, case, found) for case in found.all]
    still_heard = [one for one in own if one.case.state.is_heard]
    answerable = [one for one in own if one.asked and one.asked.is_open]
    page = render_template(
        "intake/case.html",
        campaign=campaign_book.campaign,
        own=own,
        still_heard=still_heard,
        may_withdraw=[one for one in own if one.can_withdraw],
        may_object=[one for one in own if one.objects_until],
        chosen=found.called(form.case_number.data or "").number,
        form=form,
        objecting=typed.objecting or ObjectionForm(None, query_code=form.query_code.data),
        answerable=answerable,
        answering=typed.answering or _questions(form, answerable),
        note=note,
        not_taken=not_taken,
        scores=SCORES,
    )
    return make_response(page, status)


def _questions(form: MoreWordsForm, answerable: Sequence[OwnCase]) -> AnswersForm:
    """The two questions, with what was answered before where there is one case to answer about."""
    only = answerable[0].asked if len(answerable) == 1 else None
    return AnswersForm.blank(str(form.query_code.data), only.answer if only else None)


def _own(session: Session, campaign_book: Book, case: Case, found: Found) -> OwnCase:
    events = _events(session, case)
    clocks = clocks_of(campaign_book, case.kind, case.identity, _happened(events))
    answer = told_clock(campaign_book, case, _happened(events))
    letters = correspondence.read_as_reporter(session, case, found.reporter, READABLE)
    return OwnCase(
        case=case,
        told=told(case, campaign_book, [one.name for one in events], clocks),
        why=_why(case, letters),
        due=DueDate.of(answer) if answer else None,
        replies=_replies(case, campaign_book, letters, events),
        documents=own_documents(session, case, campaign_book, letters),
        notices=_texts(letters, MessageKind.NOTICE),
        words=_texts(letters, MessageKind.WORDS),
        supplements=_texts(letters, *_WRITTEN_LATER),
        facts=_facts(case, campaign_book, letters),
        steps=_steps(case, campaign_book, events),
        can_withdraw=can_withdraw(case),
        questions=_texts(letters, MessageKind.QUESTION),
        objects_until=objects_until(session, case, campaign_book),
        asked=asked(session, case, campaign_book),
        going_on=told_of_going_on(session, case, campaign_book),
    )


def _events(session: Session, case: Case) -> Sequence[Event]:
    return session.scalars(select(Event).where(Event.case_id == case.id).order_by(Event.seq)).all()


def _happened(events: Iterable[Event]) -> list[Happened]:
    return [as_happened(one.name, one.happened_at, one.facts) for one in events]


def _texts(letters: Iterable[Letter], *kinds: MessageKind) -> list[Said]:
    said = (one for one in letters if one.kind in kinds)
    return [Said(one.text, day_of(one.written_at), files=one.files) for one in said]


def _why(case: Case, letters: Iterable[Letter]) -> str:
    """Why it went where it is, as he read it when he sent it; nothing of a tip-off, nor once
    somebody else has it."""
    if case.is_tip_off or case.unit_code != case.first_unit_code:
        return ""
    return next((one.text for one in letters if one.kind is MessageKind.TOLD), "")


def _replies(
    case: Case, campaign_book: Book, letters: Iterable[Letter], events: Iterable[Event]
) -> list[Said]:
    """The answers, newest first, each with the unit that sent it; a tip-off's name none."""
    units = [one.facts["unit"] for one in events if one.name == "replied"]
    texts = _texts(letters, MessageKind.REPLY)
    senders = [*units, *[case.unit_code] * len(texts)]
    return [
        replace(one, by="" if case.is_tip_off else campaign_book.units[unit].name)
        for one, unit in zip(texts, senders, strict=False)
    ][::-1]


def _facts(case: Case, campaign_book: Book, letters: Iterable[Letter]) -> list[tuple[str, str]]:
    """Number and subject. What the rules read in a tip-off stays out: it could name a unit."""
    found = [("编号", case.number)]
    if not case.is_tip_off:
        if case.policy_code:
            found.append(("补贴", campaign_book.policies[case.policy_code].name))
        if case.place_code:
            found.append(("地方", campaign_book.places[case.place_code].name))
    own = {MessageKind.ACCUSED: "涉及谁", MessageKind.BENEFICIARY: "替谁写的"}
    found += [(own[one.kind], one.text) for one in letters if one.kind in own]
    return found


def _steps(case: Case, campaign_book: Book, events: Iterable[Event]) -> list[Step]:
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
