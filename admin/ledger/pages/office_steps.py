"""The pages of the steps that the office takes with a problem."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger import carrying, changing, reopening, strike_off, unfounded
from admin.ledger.changing import Figures
from admin.ledger.pages import forms
from admin.ledger.pages.step_page import BOTH, Form, StepPage
from admin.ledger.problem import Problem


def _send_back(session: Session, problem: Problem, by: Hand, form: Form, _at: int) -> None:
    strike_off.send_back(session, problem, by=by, reason=form.reason.data)


def _strike_off(session: Session, problem: Problem, by: Hand, form: Form, _at: int) -> None:
    strike_off.strike_off(session, problem, by=by, opinion=form.opinion.data)


def _carry_over(session: Session, problem: Problem, by: Hand, form: Form, _at: int) -> None:
    carrying.carry_over(session, problem, by=by, until=form.day.data, reason=form.reason.data)


def _resume(session: Session, problem: Problem, by: Hand, form: Form, _at: int) -> None:
    carrying.resume(session, problem, by=by, rectify_by=form.day.data, reason=form.reason.data)


def _unfounded(session: Session, problem: Problem, by: Hand, form: Form, _at: int) -> None:
    unfounded.find_unfounded(session, problem, by=by, reason=form.reason.data)


def _reopen(session: Session, problem: Problem, by: Hand, form: Form, _at: int) -> None:
    reopening.reopen(session, problem, by=by, rectify_by=form.day.data, reason=form.reason.data)


def _look_again(session: Session, problem: Problem, by: Hand, form: Form, _at: int) -> None:
    reopening.look_again(session, problem, by=by, rectify_by=form.day.data, reason=form.reason.data)


def _change(session: Session, problem: Problem, by: Hand, form: Form, _at: int) -> None:
    figures = Figures(
        problem_type=form.problem_type.data,
        fund_year=form.fund_year.data,
        amount=form.amount.data,
        persons=form.persons.data,
        rectify_by=form.rectify_by.data,
    )
    changing.change(session, problem, by=by, figures=figures, reason=form.reason.data)


def _as_it_stands(problem: Problem) -> dict[str, object]:
    return asdict(Figures.of(problem))


OFFICE_STEPS = (
    StepPage(
        "send-back",
        "退回再改",
        "退回以后，单位接着整改，单位负责人要重新报。",
        BOTH,
        "退给单位再改",
        "已退回单位再改。",
        forms.SendBackForm,
        _send_back,
        {"reason": "写清还差什么、怎样才算改到位。"},
    ),
    StepPage(
        "strike-off",
        "销号",
        "销号以后，这个问题就算改完；有人不服，可以重新打开。公布出去还要另外起草、审读。",
        BOTH,
        "同意销号",
        "已销号。",
        forms.StrikeOffForm,
        _strike_off,
        {"opinion": "写清看了哪些材料，凭什么认为改到位了。"},
        warns=True,
    ),
    StepPage(
        "carry-over",
        "挂账",
        "挂账以后，整改停下来；到了您写的日子，办公室页会提醒再看。",
        BOTH + "公布挂账，还要另外起草、审读。",
        "挂账",
        "已挂账。",
        forms.CarryOverForm,
        _carry_over,
        {"reason": "写清为什么现在改不了，等什么。"},
        warns=True,
    ),
    StepPage(
        "resume",
        "接着整改",
        "写了以后，这个问题回到“正在改”。",
        BOTH,
        "接着整改",
        "已回到整改。",
        forms.RectifyByForm,
        _resume,
        {"reason": "写清现在为什么能改了。"},
    ),
    StepPage(
        "unfounded",
        "查否",
        "查否以后，这个问题不用整改，但还留在总数里。要由没有经手的人来办。",
        BOTH,
        "查了不属实",
        "已记为不属实。",
        forms.UnfoundedForm,
        _unfounded,
        {"reason": "写清查了什么，凭什么认为不属实。"},
        warns=True,
    ),
    StepPage(
        "reopen",
        "重新整改",
        "编号不变，单位至少要再记一项措施，重新报整改完成。",
        BOTH,
        "重新整改",
        "已重新打开，单位要再改。",
        forms.RectifyByForm,
        _reopen,
        {"reason": "写清为什么要重新改。不写是谁提出来的。"},
        warns=True,
    ),
    StepPage(
        "look-again",
        "重新核查",
        "编号不变，这个问题回到“待整改”。",
        BOTH,
        "重新核查",
        "已重新打开。",
        forms.RectifyByForm,
        _look_again,
        {"reason": "写清为什么要重新查。不写是谁提出来的。"},
    ),
    StepPage(
        "change",
        "改台账的数",
        "改之前的数，留在经过里。公布出去的，还要另外起草、审读。",
        BOTH,
        "改好了",
        "台账的数已改。",
        forms.ChangeForm,
        _change,
        {"reason": "写清凭什么改。"},
        filled_in=_as_it_stands,
    ),
)
