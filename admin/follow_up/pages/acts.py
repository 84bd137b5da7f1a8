"""The acts of a follow-up as their pages offer them."""

from __future__ import annotations

from admin.desk.pages.act import INTERNAL, TO_REPORTER, Act, by_slug
from admin.desk.pages.forms import ReasonForm
from admin.follow_up import visiting
from admin.follow_up.pages import forms

_WHO_READS = INTERNAL + "承办单位和办公室看得到：他怕承办的人知道的话不要写在这里，当面告诉办公室。"

ACTS = by_slug(
    Act(
        "visit",
        "记一次回访",
        "记下",
        "回访记下了",
        "没有不满意的，这次回访就结束。他说没有解决或者不满意的，由办公室定：重办，或者写明为什么没有依据。",
        lambda session, case, hand, form: visiting.record_visit(session, case, hand, form.visit),
        forms.VisitForm,
        _WHO_READS,
    ),
    Act(
        "household",
        "记一次入户调查",
        "记下",
        "入户调查记下了",
        "没有不满意的，这次回访就结束。他说没有解决或者不满意的，由办公室定：重办，或者写明为什么没有依据。",
        lambda session, case, hand, form: visiting.record_visit(session, case, hand, form.visit),
        forms.HouseholdForm,
        _WHO_READS,
    ),
    Act(
        "not-reached",
        "没联系上",
        "记下",
        "记下了，换一天再联系",
        "一天只算一次。次数够了还没联系上，就按联系不上结束；他自己答过不满意的不结束，由办公室定。",
        lambda session, case, hand, form: visiting.could_not_reach(
            session, case, hand, words=form.words.data or ""
        ),
        forms.NotReachedForm,
        INTERNAL,
    ),
    Act(
        "reopen",
        "重办",
        "重办",
        "已决定重办",
        "件回到待分派，由您再分；分给原来的单位，也要换人办。十个工作日内再答复，来件人会看到下面的话。",
        lambda session, case, hand, form: visiting.reopen(
            session, case, hand, reason=form.words.data
        ),
        ReasonForm,
        TO_REPORTER + "用大白话写：回访知道了什么，为什么再办一次。",
        warns=True,
    ),
    Act(
        "unfounded",
        "查过了，没有依据",
        "结束回访",
        "回访已结束",
        "这件不重办。来件人还在异议的日子里的，照样可以提出异议。",
        lambda session, case, hand, form: visiting.find_unfounded(
            session, case, hand, reason=form.words.data
        ),
        ReasonForm,
        INTERNAL + "写清查了什么、根据什么认为没有依据。",
        warns=True,
    ),
)
