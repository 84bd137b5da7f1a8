"""The acts beside the moves: what stops a clock, what is noted, and help from other units."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from admin.desk import asking, assisting, casework, urgency
from admin.desk.hand import Hand
from admin.desk.own_note import note_to_oneself
from admin.desk.pages import clock_forms, forms
from admin.desk.pages.act import INTERNAL, TO_REPORTER, Act, by_slug
from intake.cases.case import Case

_WRITING = {
    forms.INTERNAL: casework.note,
    forms.MYSELF: note_to_oneself,
    forms.REPORTER: asking.tell_reporter,
}
_Noting = Callable[[Session, Case, Hand, str, date], None]


def _day_act(slug: str, heading: str, effect: str, noting: _Noting, cause: str) -> Act:
    """An act that notes the day on which a pause began or ended."""

    def run(session: Session, case: Case, hand: Hand, form: Any) -> None:
        noting(session, case, hand, cause, form.on.data)

    return Act(slug, heading, "记下", "已记下", effect, run, clock_forms.DayForm)


def _note(session: Session, case: Case, hand: Hand, form: Any) -> None:
    """Write something for the eyes that were chosen."""
    _WRITING[form.audience.data](session, case, hand, form.words.data)


BESIDE = by_slug(
    Act(
        "confirm-receipt",
        "确认收到申请",
        "确认收到",
        "已确认收到",
        "今天就算收到申请，答复的期限从今天算起，申请人会看到。网上、短信、平信来的申请，双方确认的那天才算收到。",
        lambda session, case, hand, _form: asking.confirm_receipt(session, case, hand),
    ),
    Act(
        "ask-correction",
        "告知补正",
        "告知申请人",
        "已告知补正",
        "只能告知一次。申请人补正的那天起，答复的期限重新算；没有正当理由不补正，可以视为放弃。",
        lambda session, case, hand, form: asking.ask_for_correction(
            session, case, hand, what=form.words.data, until=form.on.data
        ),
        clock_forms.CorrectionForm,
        TO_REPORTER + "一次写全：缺什么、怎么补。",
    ),
    Act(
        "give-up",
        "视为放弃申请",
        "视为放弃",
        "已按放弃处理",
        "补正的日子过了，申请人没有补正，也没有正当理由。这件就此结束，申请人会看到下面的话，可以提出异议。",
        lambda session, case, hand, form: asking.give_up(
            session, case, hand, reason=form.words.data
        ),
        forms.ReasonForm,
        TO_REPORTER,
        warns=True,
    ),
    _day_act(
        "ask-third-party",
        "征求第三方意见",
        "从这一天的第二天起，答复的期限停下，第三方最多有十五个工作日。来件人会看到新的日子。",
        asking.begin_pause,
        "third_party",
    ),
    _day_act(
        "third-party-answered",
        "第三方回了意见",
        "从这一天的第二天起，答复的期限接着算。",
        asking.end_pause,
        "third_party",
    ),
    _day_act(
        "begin-hearing",
        "听证开始",
        "听证的时间不算在复查、复核的期限里。",
        asking.begin_pause,
        "hearing",
    ),
    _day_act(
        "end-hearing",
        "听证结束",
        "从这一天的第二天起，期限接着算。",
        asking.end_pause,
        "hearing",
    ),
    Act(
        "mark-urgent",
        "标为紧急",
        "标为紧急",
        "已标为紧急",
        "排到所有列表的最前面。有生命危险、有人报复、许多人要闹起来，才标。",
        lambda session, case, hand, form: urgency.mark_urgent(
            session, case, hand, reason=form.words.data
        ),
        forms.ReasonForm,
        INTERNAL,
    ),
    Act(
        "lift-urgency",
        "不再紧急",
        "不再紧急",
        "已去掉紧急",
        "回到按期限排的地方。",
        lambda session, case, hand, form: urgency.lift_urgency(
            session, case, hand, reason=form.words.data
        ),
        forms.ReasonForm,
        INTERNAL,
    ),
    Act(
        "assist",
        "请别的单位协办",
        "请它协办",
        "已请协办",
        "协办单位能看到这件和内部记事，看不到联系方式。主办单位不变，由主办单位答复。",
        lambda session, case, hand, form: assisting.ask_to_assist(
            session,
            case,
            hand,
            form.unit.data,
            part=form.words.data,
            due_on=form.due_on.data,
        ),
        forms.AssistForm,
        "内部：主办和协办单位都能看到，来件人看不到。",
        shows_words=True,
    ),
    Act(
        "drop-assistance",
        "不用协办了",
        "不用协办了",
        "已告诉它不用协办了",
        "这个单位马上看不到这件。",
        lambda session, case, hand, form: assisting.drop_assistance(
            session, case, hand, form.unit.data
        ),
        forms.UnitForm,
    ),
    Act(
        "opinion",
        "报协办意见",
        "报给主办单位",
        "协办意见已报",
        "主办单位和办公室能看到。报了以后，本单位还能看这件。",
        lambda session, case, hand, form: assisting.give_opinion(
            session, case, hand, form.words.data
        ),
        forms.OpinionForm,
        INTERNAL,
    ),
    Act(
        "refuse",
        "这部分不归我们",
        "告诉办公室",
        "已告诉办公室",
        "本单位不再看得到这件，由办公室另请别的单位。",
        lambda session, case, hand, form: assisting.refuse_to_assist(
            session, case, hand, reason=form.words.data
        ),
        forms.ReasonForm,
        "内部：主办单位和办公室能看到，来件人看不到。",
        warns=True,
    ),
    Act(
        "note",
        "记一笔，或告诉来件人",
        "记下",
        "已记下",
        "选“内部”的，承办单位和办公室都能看到，以后换了承办单位，新的也能看到。"
        "选“仅本人”的，同事、办公室都看不到，查找、导出、移交里都没有；这件不归您看了，您自己也看不到。"
        "这两种来件人都看不到。选“来件人”的，他在自己的页面上看得到，留了手机的会收到一条不带内容的短信；"
        "不是问话，期限照算，要他回答请用“问来件人”。",
        _note,
        forms.NoteForm,
    ),
)
