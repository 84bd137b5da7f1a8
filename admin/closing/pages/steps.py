"""The steps towards the end of the campaign and back, as their pages offer them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from admin.closing import ending
from admin.closing.ending import Step
from admin.closing.pages.forms import ReopenForm, StepForm


@dataclass(frozen=True)
class Offered:
    """One step: what it is called, what it does, what it asks."""

    slug: str
    heading: str
    verb: str
    done: str
    effect: str
    form: type[Any]
    run: Callable[[Session, Step, Any], None]
    warns: bool = False


STEPS = {
    one.slug: one
    for one in (
        Offered(
            "prepare",
            "报请结束专项治理",
            "报请结束",
            "已报请结束，等办公室负责人来定",
            "每一件没办结的都定了去向，才能报请。报了以后，由办公室负责人结束，报的人自己不能结束。",
            StepForm,
            lambda session, step, _form: ending.prepare(session, step),
        ),
        Offered(
            "close",
            "结束专项治理",
            "结束",
            "专项治理已结束",
            "网站每一页都会写明治理结束了、以后找谁。新来的件照样登记，都先到办公室。"
            "没办结的件照旧办，期限一天也不停。以后还能重新打开，要写为什么。",
            StepForm,
            lambda session, step, _form: ending.close_campaign(session, step),
            warns=True,
        ),
        Offered(
            "take-back",
            "不报请了",
            "不报请了",
            "已撤回，治理照常进行",
            "治理照常进行。定好的去向都留着，以后还可以再报。",
            StepForm,
            lambda session, step, _form: ending.take_back(session, step),
        ),
        Offered(
            "reopen",
            "重新打开专项治理",
            "重新打开",
            "专项治理已重新打开",
            "网站不再写“结束了”，新来的件照规则分给各单位。定好的去向都留着。为什么打开，记在收尾的页上，只有办公室看得到。",
            ReopenForm,
            lambda session, step, form: ending.reopen_campaign(
                session, step, reason=form.words.data
            ),
            warns=True,
        ),
    )
}
