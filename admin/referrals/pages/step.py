"""One step with a referral as its page offers it: what it is called, what it does and who sees it,
what it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from admin.desk.hand import Hand
from admin.desk.pages.forms import ActForm
from admin.referrals import carrying, deciding, following
from admin.referrals.pages import forms
from intake.cases.case import Case
from intake.cases.referral import Referral

Run = Callable[[Session, Case, Referral, Hand, Any], object]
_BETWEEN_US = "内部：只有决定移送的和接手的机关看得到。"


@dataclass(frozen=True)
class Step:
    """One step. `hint` says who reads what is typed."""

    slug: str
    heading: str
    verb: str
    done: str
    effect: str
    run: Run
    form: type[ActForm] = ActForm
    hint: str = ""
    warns: bool = False


STEPS: dict[str, Step] = {
    step.slug: step
    for step in (
        Step(
            "agree",
            "同意移送",
            "同意移送",
            "同意移送了",
            "接手的机关在这里有账号的，马上看到来件的原文、反映的是谁和往来，看不到本区单位的内部记事；没有账号的，"
            "由两个人分开送。移送出去，收不回来。承办单位只看到“已移送”，看不到交给谁。来件人会看到“已转有权机关”。",
            lambda session, case, referral, hand, _form: deciding.agree(
                session, case, referral, hand
            ),
            warns=True,
        ),
        Step(
            "refuse",
            "不移送",
            "不移送",
            "已决定不移送",
            "这件照原来的办法接着办。没有人会看到曾经想移送。",
            lambda session, case, referral, hand, form: deciding.refuse(
                session, case, referral, hand, reason=form.words.data
            ),
            forms.ReasonForm,
            "内部：只有决定移送的人看得到。",
        ),
        Step(
            "delivery",
            "记下已送到",
            "记下已送到",
            "送到的日子记下了",
            "文件和口令都送到了才记。记下以后，承办单位看到“已移送”，来件人看到“已转有权机关”。记下以后不能改。",
            lambda session, case, referral, hand, form: carrying.note_delivery(
                session,
                case,
                referral,
                hand,
                on=form.on.data,
                receipt=form.receipt.data or "",
            ),
            forms.DeliveryForm,
            warns=True,
        ),
        Step(
            "progress",
            "记进展",
            "记下进展",
            "进展记下了",
            "从今天起，重新算下一次催问的日子。",
            lambda session, case, referral, hand, form: following.tell_progress(
                session, case, referral, hand, form.news
            ),
            forms.ProgressForm,
            _BETWEEN_US,
        ),
        Step(
            "ask",
            "催问进展",
            "记下催问",
            "催问记下了",
            "接手的机关在这里有账号的，会看到您写的话；没有账号的，先打电话或者发函问，再记在这里。",
            lambda session, case, referral, hand, form: following.ask_for_progress(
                session, case, referral, hand, words=form.words.data
            ),
            forms.AskForm,
            _BETWEEN_US,
        ),
        Step(
            "return",
            "它说不归它管",
            "记下退回",
            "退回记下了",
            "接手的机关马上看不到这件，“已移送”的标记去掉。该归别的机关的，再移送一次。",
            lambda session, case, referral, hand, form: following.take_back(
                session, case, referral, hand, reason=form.words.data
            ),
            forms.ReasonForm,
            _BETWEEN_US,
            warns=True,
        ),
        Step(
            "conclude",
            "记结果",
            "记下结果",
            "结果记下了",
            "写了真名的来件人要告诉他，期限从了结那天算起。承办单位看不到结果。记下以后不能改。",
            lambda session, case, referral, hand, form: following.conclude(
                session, case, referral, hand, form.ended
            ),
            forms.ConcludeForm,
            _BETWEEN_US,
        ),
        Step(
            "tell",
            "把结果告诉来件人",
            "告诉来件人",
            "已告诉来件人",
            "来件人马上在自己的页面看到，不能收回。不要写是谁办的，也不要写别人的姓名。",
            lambda session, case, referral, hand, form: following.tell_result(
                session, case, referral, hand, words=form.words.data
            ),
            forms.TellForm,
            "来件人可见。承办单位在往来里也看得到。",
            warns=True,
        ),
    )
}
# In the order in which a page offers them.
ORDER = tuple(STEPS)
