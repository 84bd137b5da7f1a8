"""The report: the five kinds, the form, a look before sending, and the receipt."""

from __future__ import annotations

from flask import Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from intake.asking.about import beginning
from intake.asking.choices import Choices, choices_now, last_choices, needs_reaching
from intake.asking.due_date import DueDate, in_days
from intake.asking.sending import send
from intake.at_work import at_work
from intake.cases.case import Identity
from intake.dates import clocks_of
from intake.decision import Decision
from intake.draft import Draft
from intake.pages.blank_form import blank_form
from intake.pages.blueprint import blueprint
from intake.pages.forms import ReportForm
from intake.prepare import clocks_at_registration
from intake.register import Registered
from intake.route import route
from intake.rules.clocks import Running, told_to_reporter
from intake.rules.pauses import Happened
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.database import reading
from portal.foundation.limits import limits
from portal.foundation.uploads import takes_attachments

# A body that is too large to be read has no form to give back; its page says what to do.
_TROUBLES = {
    429: "同一个网络来得太快了。请等1分钟，再按一次“提交”。",
    503: "系统一时太忙。请过几分钟，再按一次“提交”。",
    500: "我们这里出了问题，不是您的错。请过几分钟，再按一次“提交”。",
}

# The most asked first.
_KINDS = (
    Kind.CONSULTATION,
    Kind.COMPLAINT,
    Kind.TIP_OFF,
    Kind.PETITION,
    Kind.DISCLOSURE_REQUEST,
)


@blueprint.get("/report")
def kinds() -> ResponseReturnValue:
    """The five kinds in plain words."""
    policy, place = request.args.get("policy", ""), request.args.get("place", "")
    choices = choices_now()
    return render_template(
        "intake/kinds.html",
        campaign=choices.book.campaign,
        kinds=_KINDS,
        policy=policy if policy in choices.book.policies else None,
        policy_name=choices.policies.texts.get(policy),
        place=choices.book.places.get(place),
    )


@blueprint.get("/report/<slug>")
def form(slug: str) -> ResponseReturnValue:
    """The form of one kind, with a policy or a place filled in if the address names one, and the
    number of what is published and isn't right."""
    kind, choices = _kind(slug), choices_now()
    chosen = {name: request.args.get(name, "") for name in ("policy", "place")}
    words = beginning(request.args.get("about", ""))
    return blank_form(kind, choices, chosen, lambda empty: _form(empty, choices), words=words)


@blueprint.post("/report/<slug>")
@takes_attachments
@limits.guard("report")
def submit(slug: str) -> ResponseReturnValue:
    """Register what was written, or show it again to be looked over or mended."""
    choices = choices_now()
    filled = ReportForm(_kind(slug), choices)
    if "edit" in request.form:
        return _form_page(filled, choices)
    if not filled.validate():
        return _form_page(filled, choices, status=filled.refusal)
    draft = filled.draft()
    if "check" in request.form:
        return _check_page(filled, choices, draft)
    return _receipt(send(draft), filled, choices.book)


def give_back(status: int) -> Response | None:
    """The form as it was sent, with a sentence that says what to do; made without the database."""
    choices, kind = last_choices(), Kind.from_slug((request.view_args or {}).get("slug", ""))
    if choices is None or kind is None or status not in _TROUBLES:
        return None
    filled = ReportForm(kind, choices)
    return _form_page(filled, choices, status=status, trouble=_TROUBLES[status])


def _kind(slug: str) -> Kind:
    return Kind.from_slug(slug) or abort(404)


def _form_page(
    filled: ReportForm, choices: Choices, *, status: int = 200, trouble: str = ""
) -> Response:
    return make_response(_form(filled, choices, trouble), status)


def _form(filled: ReportForm, choices: Choices, trouble: str = "") -> str:
    promised = _promised(filled.kind, choices.book)
    return render_template(
        "intake/report.html",
        campaign=choices.book.campaign,
        office=choices.book.office.name,
        form=filled,
        kind=filled.kind,
        problem_groups=choices.problem_groups,
        why_named=needs_reaching(filled.kind),
        within=in_days(promised.working) if promised else "",
        trouble=trouble,
    )


def _promised(kind: Kind, book: Book) -> Running | None:
    """The clock that a report of today would be told, whoever handles it."""
    today = Happened("registered", clock.today())
    known = Identity.REAL_NAME if kind.needs_name else Identity.ANONYMOUS
    return told_to_reporter(clocks_of(book, kind, known, [today]))


def _check_page(filled: ReportForm, choices: Choices, draft: Draft) -> Response:
    book, today = choices.book, clock.today()
    with reading() as session:
        decision = route(draft, book, today, at_work(session))
    answer = _answer(draft, book, decision)
    page = render_template(
        "intake/check.html",
        campaign=book.campaign,
        form=filled,
        kind=filled.kind,
        contact=_contact(draft),
        texts_wanted=draft.texts_wanted,
        unit=_unit_shown(draft.kind, decision.unit, book),
        told=decision.told,
        due=DueDate.of(answer) if answer else None,
    )
    return make_response(page)


def _answer(draft: Draft, book: Book, decision: Decision) -> Running | None:
    """The date that the reporter would be told, were the draft registered now."""
    return told_to_reporter(clocks_at_registration(draft, decision, book))


def _receipt(registered: Registered, filled: ReportForm, book: Book) -> Response:
    case, answer = registered.case, registered.answer
    page = render_template(
        "intake/receipt.html",
        campaign=book.campaign,
        case=case,
        query_code=registered.query_code,
        unit=_unit_shown(case.kind, case.unit_code, book),
        told=f"{registered.notice}{registered.told}",
        due=DueDate.of(answer) if answer else None,
        files=filled.files,
        contact_left_out=filled.contact_left_out,
    )
    return make_response(page)


def _unit_shown(kind: Kind, unit_code: str, book: Book) -> str:
    """The unit's name; for a tip-off none is ever shown."""
    return "" if kind is Kind.TIP_OFF else book.units[unit_code].name


def _contact(draft: Draft) -> str:
    """How the writer may be known, in his own words."""
    parts = (draft.identity.official, draft.contact_name, draft.contact_phone)
    return "，".join(part for part in parts if part)
