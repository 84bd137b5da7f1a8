"""The acts of the unit that has a case, as its page offers them: the moves of its life."""

from __future__ import annotations

from admin.desk import asking, casework, declining, extending, proposing, returning
from admin.desk.pages import clock_forms, forms
from admin.desk.pages.act import INTERNAL, TO_REPORTER, Act, by_slug
from admin.desk.proposal import What

_WHAT_TO_WRITE = "来件人可见。写清查到什么、做了什么、谁做的。"

MOVES = by_slug(
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
        lambda session, case, hand, form: casework.accept(
            session, case, hand, route=clock_forms.route_in(form)
        ),
    ),
    Act(
        "accept-petition",
        "受理信访",
        "受理",
        "已受理",
        "受理以后，来件人会看到正在办和最晚的日子。走哪条途径，决定了期限。",
        lambda session, case, hand, form: casework.accept(
            session, case, hand, route=clock_forms.route_in(form)
        ),
        clock_forms.RouteForm,
        shows_words=True,
    ),
    Act(
        "draft",
        "写答复",
        "送审核",
        "答复已送审核",
        "送审核以后，由本单位负责人或办公室审签。发出以前，来件人看不到。",
        lambda session, case, hand, form: casework.draft_reply(
            session, case, hand, form.words.data, files=form.files.data
        ),
        forms.DraftForm,
        _WHAT_TO_WRITE,
    ),
    Act(
        "sign",
        "审签答复",
        "同意，送办公室审核",
        "已审签，送办公室审核",
        "举报和信访的答复还要办公室审核，审核后才发出。来件人现在还看不到。",
        lambda session, case, hand, _form: casework.sign_reply(session, case, hand),
        shows_draft=True,
        warns=True,
    ),
    Act(
        "reply",
        "审签并发出答复",
        "发给来件人",
        "答复已发出",
        "发出以后，来件人马上能看到下面的全文和附件，不能收回。",
        lambda session, case, hand, _form: casework.send_reply(session, case, hand),
        shows_draft=True,
        warns=True,
    ),
    Act(
        "release",
        "审核并发出答复",
        "发给来件人",
        "答复已发出",
        "发出以后，来件人马上能看到下面的全文和附件，不能收回。看一看有没有泄露来件人、有没有答非所问，附件一个一个打开看。",
        lambda session, case, hand, _form: casework.send_reply(session, case, hand),
        shows_draft=True,
        warns=True,
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
        INTERNAL,
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
        "return",
        "退给办公室",
        "退给办公室",
        "已退给办公室",
        "退了以后，这件离开本单位的待办，本单位不再看得到，由办公室重新定。来件人会看到正在换单位。",
        lambda session, case, hand, form: returning.return_to_office(
            session, case, hand, reason=form.words.data, proposed=form.unit.data
        ),
        forms.ReturnForm,
        "内部：办公室能看到，来件人看不到。",
        warns=True,
    ),
    Act(
        "ask",
        "问来件人",
        "发给来件人",
        "已问来件人",
        "来件人在他的页面上看到，在那里回答。咨询和投诉的期限停一次，最多十个工作日；别的不停。",
        lambda session, case, hand, form: asking.ask_reporter(
            session, case, hand, form.words.data, files=form.files.data
        ),
        forms.QuestionForm,
        TO_REPORTER + "一次问全，用大白话。不要问只有上级才要的东西。",
    ),
    Act(
        "propose-extension",
        "申请延期",
        "报负责人批",
        "延期已报批",
        "负责人批了才算，批了以后来件人会看到新的日子和理由。要在到期以前报、到期以前批，一件只延一次。",
        lambda session, case, hand, form: extending.propose_extension(
            session, case, hand, days=form.days.data, reason=form.words.data
        ),
        clock_forms.ExtensionForm,
        TO_REPORTER + "写清为什么办不完、还要做什么。",
    ),
    Act(
        "extend",
        "批延期",
        "同意延期",
        "已同意延期",
        "来件人马上会看到新的日子和下面的理由。",
        lambda session, case, hand, _form: extending.extend(session, case, hand),
        shows_proposal=What.EXTENSION,
        warns=True,
    ),
    Act(
        "refuse-extension",
        "不同意延期",
        "不同意延期",
        "没有同意延期",
        "期限不变。来件人不知道有过这回事。",
        lambda session, case, hand, form: proposing.refuse(
            session, case, hand, What.EXTENSION, reason=form.words.data
        ),
        forms.ReasonForm,
        INTERNAL,
        shows_proposal=What.EXTENSION,
    ),
    Act(
        "propose-decline",
        "不予受理",
        "报负责人批",
        "不予受理已报批",
        "要另一个人同意才算。同意以后，来件人会看到理由、依据和该找哪里。"
        "不在这次治理的资金和年度里，不是不受理的理由：照样答复。",
        lambda session, case, hand, form: declining.propose_decline(session, case, hand, form.how),
        clock_forms.DeclineForm,
        TO_REPORTER + "用大白话写，告诉他下一步怎么办。",
        warns=True,
        shows_words=True,
    ),
    Act(
        "decline",
        "批不予受理",
        "同意不予受理",
        "已不予受理",
        "这件就此结束，来件人会看到依据、下面的理由和该找哪里，可以提出异议。",
        lambda session, case, hand, _form: declining.decline(session, case, hand),
        warns=True,
        shows_words=True,
        shows_proposal=What.DECLINE,
    ),
    Act(
        "refuse-decline",
        "不同意不予受理",
        "不同意，接着办",
        "没有同意不予受理",
        "这件接着办，期限不变。",
        lambda session, case, hand, form: proposing.refuse(
            session, case, hand, What.DECLINE, reason=form.words.data
        ),
        forms.ReasonForm,
        INTERNAL,
        shows_proposal=What.DECLINE,
    ),
)
