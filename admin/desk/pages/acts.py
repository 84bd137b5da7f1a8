"""The acts of a case as the pages offer them: what each is called, what it says it will do, what it
asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from admin.desk import assisting, casework, recusing, sorting, splitting
from admin.desk.hand import Hand
from admin.desk.pages import forms, sorting_forms
from intake.cases.case import Case

Run = Callable[[Session, Case, Hand, Any], object]


@dataclass(frozen=True)
class Act:
    """One act. `effect` is what it does and who will see it; `hint` says who reads what is
    typed."""

    slug: str
    heading: str
    verb: str
    done: str
    effect: str
    run: Run
    form: type[forms.ActForm] = forms.ActForm
    hint: str = ""
    grave: bool = False
    shows_words: bool = False

    @property
    def at_once(self) -> bool:
        """Whether a button on the case's page does it, with nothing to fill in and nothing to
        fear."""
        return self.form is forms.ActForm and not self.grave


_INTERNAL = "内部：来件人看不到。"
_REPORTER = "来件人可见。写清查到什么、做了什么、谁做的。"

ACTS: dict[str, Act] = {
    act.slug: act
    for act in (
        Act(
            "sign-for",
            "签收",
            "签收",
            "已签收",
            "签收以后，来件人会看到本单位已接收。",
            lambda session, case, hand, _form: casework.sign_for(session, case, hand),
        ),
        Act(
            "accept",
            "受理",
            "受理",
            "已受理",
            "受理以后，来件人会看到正在办和最晚的日子。",
            lambda session, case, hand, _form: casework.accept(session, case, hand),
        ),
        Act(
            "draft",
            "写答复",
            "送审核",
            "答复已送审核",
            "送审核以后，由本单位负责人或办公室审签。发出以前，来件人看不到。",
            lambda session, case, hand, form: casework.draft_reply(
                session, case, hand, form.words.data
            ),
            forms.DraftForm,
            _REPORTER,
        ),
        Act(
            "reply",
            "审签并发出答复",
            "发给来件人",
            "答复已发出",
            "发出以后，来件人马上能看到下面的全文，不能收回。",
            lambda session, case, hand, _form: casework.send_reply(session, case, hand),
            grave=True,
        ),
        Act(
            "send-back",
            "把答复退回修改",
            "退回修改",
            "已退回修改",
            "退回以后，由经办人重新写。来件人看到的还是“正在办”。",
            lambda session, case, hand, form: casework.send_back(
                session, case, hand, reason=form.words.data
            ),
            forms.ReasonForm,
            _INTERNAL,
        ),
        Act(
            "close",
            "办结",
            "办结",
            "已办结",
            "办结以后，来件人会看到“办完了，请看答复”。",
            lambda session, case, hand, _form: casework.close(session, case, hand),
        ),
        Act(
            "sort",
            "分件",
            "就这样分",
            "已分件",
            "交给别的单位以后，那个单位能看到这件，原来的单位不再看得到。来件人会看到交给了谁；举报件除外。"
            "规则分得对不对会记下来，以后好让规则学。",
            lambda session, case, hand, form: sorting.sort_case(session, case, hand, form.ruling),
            sorting_forms.SortForm,
            shows_words=True,
        ),
        Act(
            "split",
            "分出一件",
            "分出来",
            "已分出一件",
            "这一部分会成为另一件，来件人用同一个查询码看，期限从原件登记那天算。承办单位只看得到"
            "您留下的这一段，看不到原件；一件要回避的单位，另一件也要回避。",
            lambda session, case, hand, form: splitting.split(session, case, hand, form.cut),
            sorting_forms.SplitForm,
            "留下要分出来的那一部分，别的删掉。不要留下会让人认出来件人的细节。",
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
            _INTERNAL,
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
            grave=True,
        ),
        Act(
            "return",
            "退给办公室",
            "退给办公室",
            "已退给办公室",
            "退了以后，这件离开本单位的待办，本单位不再看得到，由办公室重新定。来件人会看到正在换单位。",
            lambda session, case, hand, form: casework.return_to_office(
                session, case, hand, reason=form.words.data, proposed=form.unit.data
            ),
            forms.ReturnForm,
            "内部：办公室能看到，来件人看不到。",
            grave=True,
        ),
        Act(
            "look",
            "先看一遍",
            "看过了",
            "已记下办公室看过",
            "只记下办公室在期限里看过这件举报，不改变谁来办。",
            lambda session, case, hand, _form: casework.look(session, case, hand),
        ),
        Act(
            "note",
            "记一笔",
            "记下",
            "已记下",
            "承办单位和办公室都能看到，以后换了承办单位，新的也能看到。",
            lambda session, case, hand, form: casework.note(session, case, hand, form.words.data),
            forms.NoteForm,
            _INTERNAL,
        ),
        Act(
            "withhold",
            "收起原文，只给摘要",
            "收起原文",
            "原文已收起",
            "以后承办单位只看得到摘要，看不到原文。原文留在办公室。承办单位已经看过的，收不回来。",
            lambda session, case, hand, form: casework.withhold(
                session, case, hand, form.words.data
            ),
            forms.ExtractForm,
            "内部：承办单位能看到。不要写只有来件人知道的细节。",
            grave=True,
            shows_words=True,
        ),
        Act(
            "recuse",
            "标为被反映的单位或人",
            "标为被反映，马上回避",
            "已标为被反映的单位或人",
            "选单位：它和它下面的单位马上看不到这件，钥匙一并收走；选人：他马上看不到，同单位的别人还能办。"
            "同一条来件分出来的也一样。不能撤销。"
            "如果件正在它那里，就转给办公室；反映的是办公室，就转给纪检监察。",
            lambda session, case, hand, form: recusing.recuse(
                session, case, hand, form.accused, reason=form.words.data
            ),
            forms.RecuseForm,
            "内部：只有办公室看得到。",
            grave=True,
            shows_words=True,
        ),
        Act(
            "lift-recusal",
            "来件没有反映它，不用回避",
            "不用回避",
            "已解除回避",
            "规则从文字里读出这个单位像是被反映，先让它回避。您看过以后认为只是提到它，"
            "就在这里解除。来件人自己写明的、工作人员标上的，这里不能解除。",
            lambda session, case, hand, form: recusing.lift_recusal(
                session, case, hand, form.accused, reason=form.words.data
            ),
            forms.LiftForm,
            "内部：只有办公室看得到。",
            grave=True,
            shows_words=True,
        ),
    )
}

_MAIN = (
    "sign-for",
    "accept",
    "draft",
    "reply",
    "send-back",
    "close",
    "sort",
    "opinion",
    "return",
    "refuse",
    "look",
)
_OTHER = ("note", "split", "assist", "drop-assistance", "withhold", "recuse", "lift-recusal")


def main_acts(allowed: frozenset[str]) -> Sequence[Act]:
    """The moves that are allowed now, in the order of a case's life."""
    return [ACTS[slug] for slug in _MAIN if slug in allowed]


def other_acts(allowed: frozenset[str]) -> Sequence[Act]:
    """What is allowed now and moves nothing."""
    return [ACTS[slug] for slug in _OTHER if slug in allowed]
