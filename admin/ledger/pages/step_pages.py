"""What the page of each step says and asks, and which act it carries out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from admin.ledger import ledger, strike_off
from admin.ledger.hand import Hand, StepNotAllowed
from admin.ledger.pages import forms
from admin.ledger.problem import Measure, Problem

# WTForms' fields are made for each form class, so that a form here is as good as Any.
Form = Any
_Run = Callable[[Session, Problem, Hand, Form, int], object]


@dataclass(frozen=True)
class StepPage:
    """One step's page: its heading, what happens after, who reads what is typed, its verb."""

    name: str
    heading: str
    effect: str
    readers: str
    verb: str
    done: str
    form: type[forms.StepForm]
    run: _Run
    hints: dict[str, str]


def measure_at(session: Session, problem: Problem, position: int) -> Measure:
    """A problem's measure by its place in the list, from 1.

    Raises:
        StepNotAllowed: there is none.
    """
    measures = ledger.measures_of(session, problem)
    if not 1 <= position <= len(measures):
        raise StepNotAllowed("done")
    return measures[position - 1]


def _measure(session: Session, problem: Problem, by: Hand, form: Form, _at: int) -> None:
    ledger.record_measure(session, problem, by=by, text=form.text.data)


def _done(session: Session, problem: Problem, by: Hand, form: Form, at: int) -> None:
    ledger.finish_measure(
        session,
        problem,
        measure_at(session, problem, at),
        by=by,
        done_on=form.done_on.data,
        evidence=form.evidence.data,
    )


def _responsible(session: Session, problem: Problem, by: Hand, form: Form, _at: int) -> None:
    ledger.name_responsible(
        session, problem, by=by, leader=form.leader.data, person=form.person.data
    )


def _rectified(session: Session, problem: Problem, by: Hand, form: Form, _at: int) -> None:
    sums = (form.recovered.data, form.paid_back.data)
    ledger.report_rectified(session, problem, by=by, word=form.word.data, sums=sums)


def _send_back(session: Session, problem: Problem, by: Hand, form: Form, _at: int) -> None:
    strike_off.send_back(session, problem, by=by, reason=form.reason.data)


def _strike_off(session: Session, problem: Problem, by: Hand, form: Form, _at: int) -> None:
    strike_off.strike_off(session, problem, by=by, opinion=form.opinion.data)


_BOTH = "本单位和领导小组办公室能看到。"

STEP_PAGES: dict[str, StepPage] = {
    page.name: page
    for page in (
        StepPage(
            "measures",
            "记整改措施",
            "记了第一项，这个问题就进入整改。一项措施记一次，做完以后再写完成情况。",
            _BOTH,
            "记下措施",
            "措施已记下。",
            forms.MeasureForm,
            _measure,
            {"text": "写清谁去做什么、做到什么程度。"},
        ),
        StepPage(
            "done",
            "写完成情况",
            "写了以后，这项措施就算做完。写错了，请办公室退回再改。",
            _BOTH,
            "这项做完了",
            "完成情况已记下。",
            forms.DoneForm,
            _done,
            {"evidence": "写清看哪份材料、哪笔账、哪张公示，文号和日期写全。"},
        ),
        StepPage(
            "responsible",
            "写责任领导和责任人",
            "再写一次就换成新的，以前写的留在经过里。",
            _BOTH + "不会公布。",
            "写好了",
            "责任领导和责任人已写好。",
            forms.ResponsibleForm,
            _responsible,
            {"leader": "姓名和职务中间空一格。", "person": "姓名和职务中间空一格。"},
        ),
        StepPage(
            "rectified",
            "报整改完成",
            "报了以后，由领导小组办公室审核。没有整改到位的，会退回来。",
            _BOTH,
            "报整改完成",
            "已报整改完成，等办公室审核。",
            forms.RectifiedForm,
            _rectified,
            {"word": "写清问题改到什么程度，以后怎么防止再犯。", "recovered": "没有就不填。"},
        ),
        StepPage(
            "send-back",
            "退回再改",
            "退回以后，单位接着整改，单位负责人要重新报。",
            _BOTH,
            "退给单位再改",
            "已退回单位再改。",
            forms.SendBackForm,
            _send_back,
            {"reason": "写清还差什么、怎样才算改到位。"},
        ),
        StepPage(
            "strike-off",
            "销号",
            "销号以后，这个问题就算改完，不能再改动。公布出去还要另外起草、审读。",
            _BOTH,
            "同意销号",
            "已销号。",
            forms.StrikeOffForm,
            _strike_off,
            {"opinion": "写清看了哪些材料，凭什么认为改到位了。"},
        ),
    )
}
