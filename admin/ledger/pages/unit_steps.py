"""The pages of the steps that a unit takes with its problem."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.files.evidence import Proof
from admin.ledger import rectifying
from admin.ledger.measure import Measure
from admin.ledger.pages import forms
from admin.ledger.pages.step_page import BOTH, Form, StepPage
from admin.ledger.problem import Problem
from admin.ledger.rectifying import PlannedMeasure
from admin.ledger.refusals import StepNotAllowed


def measure_at(session: Session, problem: Problem, position: int) -> Measure:
    """A problem's measure by its place in the list, from 1.

    Raises:
        StepNotAllowed: there is none.
    """
    measures = rectifying.measures_of(session, problem)
    if not 1 <= position <= len(measures):
        raise StepNotAllowed("done")
    return measures[position - 1]


def _measure(session: Session, problem: Problem, by: Hand, form: Form, _at: int) -> None:
    planned = PlannedMeasure(text=form.text.data, person=form.person.data, due_on=form.due_on.data)
    rectifying.record_measure(session, problem, by=by, planned=planned)


def _done(session: Session, problem: Problem, by: Hand, form: Form, at: int) -> None:
    rectifying.finish_measure(
        session,
        problem,
        measure_at(session, problem, at),
        by=by,
        done_on=form.done_on.data,
        evidence=Proof(form.evidence.data, form.files.data),
    )


def _responsible(session: Session, problem: Problem, by: Hand, form: Form, _at: int) -> None:
    rectifying.name_responsible(
        session, problem, by=by, leader=form.leader.data, person=form.person.data
    )


def _rectified(session: Session, problem: Problem, by: Hand, form: Form, _at: int) -> None:
    sums = (form.recovered.data, form.paid_back.data)
    word = Proof(form.word.data, form.files.data)
    rectifying.report_rectified(session, problem, by=by, word=word, sums=sums)


UNIT_STEPS = (
    StepPage(
        "measures",
        "记整改措施",
        "记了第一项，这个问题就进入整改。一项措施记一次，做完以后再写完成情况。",
        BOTH,
        "记下措施",
        "措施已记下。",
        forms.MeasureForm,
        _measure,
        {"text": "写清做什么、做到什么程度。", "person": "谁去做，姓名和职务。"},
    ),
    StepPage(
        "done",
        "写完成情况",
        "写了以后，这项措施就算做完。写错了，请办公室退回再改。",
        BOTH,
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
        BOTH + "不会公布。",
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
        BOTH,
        "报整改完成",
        "已报整改完成，等办公室审核。",
        forms.RectifiedForm,
        _rectified,
        {"word": "写清问题改到什么程度，以后怎么防止再犯。", "recovered": "没有就不填。"},
    ),
)
