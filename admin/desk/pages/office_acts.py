"""The acts of whoever decides about a case: the office, or the body in its stead."""

from __future__ import annotations

from admin.desk import casework, recusing, reminding, sorting, splitting
from admin.desk.pages import forms, sorting_forms
from admin.desk.pages.act import Act, by_slug

OFFICE = by_slug(
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
        "您留下的这一段，看不到原件；一件要回避的单位，另一件也要回避。"
        "写了哪天报结果的，承办单位多一个“向办公室报结果”的期限。",
        lambda session, case, hand, form: splitting.split(session, case, hand, form.cut),
        sorting_forms.SplitForm,
        "留下要分出来的那一部分，别的删掉。不要留下会让人认出来件人的细节。",
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
        "remind",
        "催办",
        "催办",
        "已催办",
        "承办单位的列表上会标出“催办”，件的经过里也看得到。来件人看不到。",
        lambda session, case, hand, form: reminding.remind(
            session, case, hand, words=form.words.data or ""
        ),
        forms.RemindForm,
        "内部：承办单位能看到，来件人看不到。可以不写。",
    ),
    Act(
        "withhold",
        "收起原文，只给摘要",
        "收起原文",
        "原文已收起",
        "以后承办单位只看得到摘要，看不到原文。原文留在办公室。承办单位已经看过的，收不回来。",
        lambda session, case, hand, form: casework.withhold(session, case, hand, form.words.data),
        forms.ExtractForm,
        "内部：承办单位能看到。不要写只有来件人知道的细节。",
        warns=True,
        shows_words=True,
    ),
    Act(
        "recuse",
        "标为被反映的单位或人",
        "标为被反映，马上回避",
        "已标为被反映的单位或人",
        "选单位：它和它下面的单位马上看不到这件，钥匙一并收走；选人：他马上看不到，同单位的别人还能办。"
        "同一条来件分出来的也一样。您标上的不能撤销。"
        "如果件正在它那里，就转给办公室；反映的是办公室，就转给纪检监察。",
        lambda session, case, hand, form: recusing.recuse(
            session, case, hand, form.accused, reason=form.words.data
        ),
        forms.RecuseForm,
        "内部：只有办公室看得到。",
        warns=True,
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
        warns=True,
        shows_words=True,
    ),
)
