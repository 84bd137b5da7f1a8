"""The steps of a supervision as its pages offer them: what each is called, what it does and who
will see it, what it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from admin.desk.hand import Hand
from admin.supervision import suggesting, supervising
from admin.supervision.pages import forms
from admin.supervision.supervising import Demand
from admin.supervision.supervision import SupervisionOutcome
from intake.cases.case import Case
from portal.campaign.supervision_rule import Trigger

_TO_THE_UNIT = "内部：承办单位和办公室能看到，来件人看不到。"


@dataclass(frozen=True)
class Step:
    """One step. `hint` says who reads what is typed."""

    slug: str
    heading: str
    verb: str
    done: str
    effect: str
    form: type[Any]
    run: Callable[[Session, Case, Hand, Any], None]
    hint: str = _TO_THE_UNIT


STEPS = {
    step.slug: step
    for step in (
        Step(
            "open",
            "立项督办",
            "立项",
            "已立项督办",
            "这件在列表上标“督办”，有自己的期限，到期以前和超期会提醒承办单位。"
            "只有立项的人或者办公室负责人能销督。来件人看不到。",
            forms.OpenForm,
            lambda session, case, hand, form: supervising.supervise(
                session,
                case,
                hand,
                Demand(Trigger(form.trigger.data), form.words.data, form.due_on.data),
            ),
        ),
        Step(
            "check",
            "写督办记录",
            "记下",
            "督办记录已记下",
            "再提的要求、去看过的情况，写在这里，承办单位能看到。日子不变。",
            forms.WordsForm,
            lambda session, case, hand, form: supervising.check_on(
                session, case, hand, form.words.data
            ),
        ),
        Step(
            "progress",
            "反馈进展",
            "报给办公室",
            "进展已报给办公室",
            "写进督办记录，办公室能看到。销督由办公室定。",
            forms.WordsForm,
            lambda session, case, hand, form: supervising.report_progress(
                session, case, hand, form.words.data
            ),
        ),
        Step(
            "extend",
            "改日子",
            "改日子",
            "督办的日子已改",
            "只能往后改。承办单位会看到新的日子和理由，以前的日子留在经过里。",
            forms.MoreTimeForm,
            lambda session, case, hand, form: supervising.give_more_time(
                session, case, hand, due_on=form.due_on.data, reason=form.words.data
            ),
        ),
        Step(
            "close",
            "销督",
            "销督",
            "已销督",
            "督办到此为止，件照常办。记录都留着，以后还可以再立项。",
            forms.CloseForm,
            lambda session, case, hand, form: supervising.close(
                session,
                case,
                hand,
                outcome=SupervisionOutcome(form.outcome.data),
                opinion=form.words.data,
            ),
        ),
        Step(
            "dismiss",
            "不按建议督办",
            "不督办",
            "建议已去掉",
            "同样的事不会再建议；以后又退一次、又有期限超了，还会建议。",
            forms.DismissForm,
            lambda session, case, hand, form: suggesting.dismiss(
                session, case, hand, reason=form.words.data
            ),
            "内部：只有办公室看得到。",
        ),
    )
}
