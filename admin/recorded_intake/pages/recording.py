"""Writing down what somebody says: the form, the words to be read back to him, the receipt that he
takes away.

The receipt is the answer to the form itself, so that no address shows it again; the same form sent
once more shows the same one.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, make_response, render_template, request

from admin.accounts.guard import staff_only
from admin.recorded_intake.pages.blueprint import RECORDING_ROLES, blueprint
from admin.recorded_intake.pages.forms import RecordForm
from intake.asking.choices import Choices, choices_now, last_choices
from intake.asking.due_date import DueDate
from intake.asking.sending import send
from intake.at_work import at_work
from intake.cases.case import RECORDED_CHANNELS, Case, Channel
from intake.decision import Decision
from intake.office_hours import may_be_told
from intake.prepare import clocks_at_registration
from intake.register import Registered
from intake.route import route
from intake.rules.clocks import told_to_reporter
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.clock import day_of
from portal.foundation.database import reading
from portal.foundation.formats import day_with_year
from portal.foundation.uploads import takes_attachments

_TROUBLES = {
    503: "系统一时太忙，还没有登记。请过几分钟，再按一次。",
    500: "我们这里出了问题，还没有登记。请过几分钟，再按一次。",
}


@blueprint.get("/recorded/new")
@staff_only(*RECORDING_ROLES)
def new_entry() -> Response:
    """The empty form for a channel; by telephone unless the address says otherwise."""
    choices = choices_now()
    return _form_page(RecordForm(_channel(), choices, blank=True), choices)


@blueprint.post("/recorded/new")
@takes_attachments
@staff_only(*RECORDING_ROLES)
def record() -> Response:
    """Show what was written down, to be read back; once it was, register it."""
    choices = choices_now()
    form = RecordForm(_channel(), choices)
    step = request.form.get("step", "check")
    if step == "edit":
        return _form_page(form, choices)
    if not form.validate():
        return _form_page(form, choices, status=422)
    # A form whose one-time id was lost gets another, and is read back once more.
    if step != "register" or not form.submission_id.was_ours:
        return _check_page(form, choices)
    return _receipt(send(form.draft()), form, choices.book)


def give_back(status: int) -> Response | None:
    """The form as it was sent, with a sentence that says what to do; made without the database."""
    choices = last_choices()
    if choices is None or status not in _TROUBLES:
        return None
    form = RecordForm(_channel(), choices)
    return _form_page(form, choices, status=status, trouble=_TROUBLES[status])


def _channel() -> Channel:
    asked = request.args.get("channel", "")
    return next((one for one in RECORDED_CHANNELS if one == asked), Channel.TELEPHONE)


def _form_page(
    form: RecordForm, choices: Choices, *, status: int = 200, trouble: str = ""
) -> Response:
    page = render_template(
        "admin/recorded_intake/form.html",
        form=form,
        channels=RECORDED_CHANNELS,
        problem_groups=choices.problem_groups,
        trouble=trouble,
    )
    return make_response(page, status)


def _check_page(form: RecordForm, choices: Choices) -> Response:
    book, draft = choices.book, form.draft()
    with reading() as session:
        decision = route(draft, book, clock.today(), at_work(session))
    answer = told_to_reporter(clocks_at_registration(draft, decision, book))
    page = render_template(
        "admin/recorded_intake/check.html",
        form=form,
        said=list(_said(form, choices)),
        unit=_unit_to_say(draft.kind, decision, book),
        told=decision.told,
        due=DueDate.of(answer) if answer else None,
    )
    return make_response(page)


def _said(form: RecordForm, choices: Choices) -> Iterator[tuple[str, str, None]]:
    """What was written down besides the words; what was left empty isn't read out."""
    day = form.received_on.data if "received_on" in form else None
    rows = (
        ("哪一类", f"{form.of_kind.official}：{form.of_kind.plain}"),
        ("怎么联系", form.contact),
        ("举报人愿意收短信通知", "愿意" if form.draft().texts_wanted else ""),
        ("回执发短信给他", "发" if form.texts_receipt else ""),
        ("哪天收到信", day_with_year(day) if day else ""),
        ("代表", "、".join(form.names_of_representatives)),
        ("哪项补贴", form.policy.chosen_text),
        ("哪一年的钱", f"{form.fund_year.data}年" if form.fund_year.data else ""),
        ("什么问题", choices.problems.get(form.problem.data or "", "")),
        ("在哪里", form.place.chosen_text),
        ("涉及谁", form.accused.data),
        ("不让单位看到", "是" if form.keep_from_unit.data else ""),
        ("替谁反映的", form.on_behalf_of.data),
        ("照片和文件", "、".join(one.name for one in form.files.data)),
    )
    return ((name, value, None) for name, value in rows if value)


def _receipt(registered: Registered, form: RecordForm, book: Book) -> Response:
    case, answer = registered.case, registered.answer
    page = render_template(
        "admin/recorded_intake/receipt.html",
        campaign=book.campaign,
        case=case,
        recorded_on=day_of(case.registered_at),
        query_code=registered.query_code,
        unit=_unit_on_receipt(case, book),
        notice=registered.notice,
        files=form.files,
        texted_to=form.contact_phone.number if form.texts_receipt else "",
        texted_now=may_be_told(clock.now(), book),
        due=DueDate.of(answer) if answer else None,
    )
    return make_response(page)


def _unit_to_say(kind: Kind, decision: Decision, book: Book) -> str:
    """Who would handle it. Of what accuses somebody it isn't said: whoever writes it down may be of
    the very unit."""
    hidden = kind is Kind.TIP_OFF or decision.accusing
    return "" if hidden else book.units[decision.unit].name


def _unit_on_receipt(case: Case, book: Book) -> str:
    hidden = case.is_tip_off or case.accusing
    return "" if hidden else book.units[case.unit_code].name
