"""The acts by which the office is told what came of a case, and a fact is checked elsewhere."""

from __future__ import annotations

from admin.desk import reporting_back, verifying
from admin.desk.pages import forms, reporting_forms
from admin.desk.pages.act import INTERNAL, Act, by_slug

REPORTING = by_slug(
    Act(
        "report-back",
        "向办公室报结果",
        "报给办公室",
        "结果已报给办公室",
        "办公室看得到，来件人看不到。答复还要照期限发给来件人；已经发了答复的，不用另报。",
        lambda session, case, hand, form: reporting_back.report_back(
            session, case, hand, form.words.data
        ),
        reporting_forms.ReportForm,
        INTERNAL + "写清查到什么、做了什么、还差什么。",
    ),
    Act(
        "ask-report",
        "要求报结果",
        "定下这一天",
        "报结果的日子已定",
        "承办单位会多一个“向办公室报结果”的期限。已经定过的，改成这一天；转办的，改成交办。来件人看不到。",
        lambda session, case, hand, form: reporting_back.ask_for_report(
            session, case, hand, form.report_by.data
        ),
        reporting_forms.ReportDayForm,
    ),
    Act(
        "verify",
        "请别的单位核查一件事",
        "请它核查",
        "已请它核查",
        "被问的单位只看得到您在下面写的话、谁问的、哪天以前答复；看不到这件、编号、来件人。"
        "要回避的单位和它下面的单位不在名单里。"
        "涉及举报的，一问就可能让人猜到有人反映：能查账、查系统的，不要去问。",
        lambda session, case, hand, form: verifying.ask_to_verify(
            session, case, hand, form.question
        ),
        reporting_forms.VerifyForm,
        "被问的单位会看到。只写要核的事：哪个人、哪几个月、哪笔钱。不要写有人反映，不要抄来件的话。",
        shows_words=True,
    ),
    Act(
        "drop-verification",
        "不用核查了",
        "不用核查了",
        "已告诉它不用核查了",
        "这个单位马上看不到您问的话。",
        lambda session, case, hand, form: verifying.withdraw(session, case, hand, form.unit.data),
        forms.UnitForm,
    ),
)
