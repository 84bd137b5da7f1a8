"""One case: the words on the left; facts, clock and what may be done now on the right; below, what
was said and what happened."""

from __future__ import annotations

from datetime import date

from flask import abort, render_template

from admin.accounts.access import NoSuchCase
from admin.accounts.guard import staff_only
from admin.accounts.panel import Panel
from admin.desk import another_officer, claiming
from admin.desk.case_file import CaseFile, read_case
from admin.desk.claiming import Taken
from admin.desk.order_facts import OrderFacts, door_of
from admin.desk.pages import done
from admin.desk.pages.acts import main_acts, other_acts
from admin.desk.pages.blueprint import blueprint
from admin.desk.pages.claim_steps import steps_allowed
from admin.desk.pages.desk import Desk
from admin.desk.pages.forms import ActForm, DraftForm
from admin.desk.pages.list_place import address, carried, case_address
from admin.desk.pages.panels import panels_of
from admin.desk.pages.queue_lines import marks_of, problem_words
from admin.desk.queue_view import View
from intake.cases.assignment import Manner
from intake.cases.assistance import Assistance
from intake.cases.case import Case, Identity
from intake.cases.verification import Verification
from intake.decision import Kept
from intake.rules.lifecycle import MOVES
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation.database import reading
from portal.foundation.formats import day_with_year, moment, moment_day
from portal.foundation.staff import AT_A_DESK

_TO_ANSWER = MOVES["draft"].sources | MOVES["sign_for"].sources | MOVES["accept"].sources


@blueprint.get("/cases/<number>", endpoint="case")
@staff_only(*AT_A_DESK)
def case_page(number: str) -> str:
    """Show a case. Opening it is not signing for it."""
    with reading() as session:
        desk = Desk.of(session)
        try:
            file = read_case(session, desk.access, desk.book, number)
        except NoSuchCase:
            abort(404)
        has_it = claiming.taken(session, file.case)
        leaves_it = file.case.unit_code in desk.access.desks and file.case.state in _TO_ANSWER
        leaves_it = leaves_it and another_officer.leaves_it_to_others(
            session, file.case, desk.access.staff_id
        )
        panels = panels_of(session, desk, file.case)
    view = carried(desk.access, desk.book)
    return _page(desk, file, view, has_it, panels, leaves_it=leaves_it)


def _page(
    desk: Desk,
    file: CaseFile,
    view: View,
    has_it: Taken | None,
    panels: list[Panel],
    *,
    leaves_it: bool,
) -> str:
    case, acts = file.case, main_acts(file.acts)
    steps = steps_allowed(case, desk.access, has_it)
    seen = {"version": str(case.version), "list": view.query}
    return render_template(
        "admin/desk/case.html",
        case=case,
        file=file,
        subject=subject_of(case, desk.book),
        marks=marks_of(case),
        facts=[*facts_of(case, file, desk.book), *_how_it_came(file), *_who_has_it(case, has_it)],
        verifying=[_question(one, desk.book) for one in file.verifying],
        assisting=[_help(one, desk.book) for one in file.assisting],
        panels=panels,
        family=[(one.number, subject_of(one, desk.book)) for one in file.family],
        thoughts=_thoughts(file.decision, desk.book) if file.decision else [],
        at_once=[*(act for act in acts if act.at_once), *(one for one in steps if one.at_once)],
        with_page=[act for act in acts if not act.at_once and act.slug != "draft"],
        others=other_acts(file.acts),
        steps_with_page=[one for one in steps if not one.at_once],
        may_enter_ledger=desk.access.as_office and case.in_ledger_scope,
        empty_form=ActForm(formdata=None, data=seen),
        leaves_it=leaves_it,
        draft_form=_draft_form(desk, file, seen) if "draft" in file.acts else None,
        act_address=lambda slug: case_address(case.number, view, slug),
        back=address(view),
        back_label=view.tab.official,
        flash_messages=done.unpack(desk.access.staff_id),
    )


def subject_of(case: Case, book: Book) -> str:
    """What a case is about, in one line."""
    policy = book.policies[case.policy_code].name if case.policy_code else "没写哪项补贴"
    return f"{policy} {problem_words(case.problem_code, book)}".strip()


def facts_of(case: Case, file: CaseFile, book: Book) -> list[tuple[str, str]]:
    """The facts beside the words; of a tip-off the day it came, not the minute."""
    came = moment_day(case.registered_at) if case.is_tip_off else moment(case.registered_at)
    place = book.places.get(case.place_code or "")
    policy = book.policies.get(case.policy_code or "")
    found = [
        ("补贴", policy.name if policy else "没写，或没认出来"),
        ("问题", problem_words(case.problem_code, book) or "没写，或没认出来"),
        ("地方", place.name if place else "没写"),
        ("资金年度", f"{case.fund_year}年" if case.fund_year else ""),
        ("现在归", book.unit_name(case.unit_code)),
        ("要回避", "、".join(file.barred)),
        ("来路", f"{door_of(case, file.order)}，{came}"),
        *_order(file.order),
        ("联系", _contact(case)),
        ("销毁", _destroyed(case)),
        ("退单", f"{case.returns}次" if case.returns else ""),
        ("台账", "" if case.in_ledger_scope else "不在这次治理的范围，照样答复，不进台账"),
    ]
    return [(name, value) for name, value in found if value]


def _destroyed(case: Case) -> str:
    """What of it was destroyed, and when."""
    if case.destroyed_on is not None:
        return f"内容{day_with_year(case.destroyed_on)}销毁"
    gone = case.contact_destroyed_on
    return f"联系方式{day_with_year(gone)}销毁" if gone else ""


def _order(order: OrderFacts | None) -> list[tuple[str, str]]:
    """What the sender of an order demands."""
    if order is None:
        return []
    return [
        ("来单编号", order.number or ""),
        ("交办日期", day_with_year(order.ordered_on)),
        ("对方要求", f"{day_with_year(order.wanted_by)}前答复" if order.wanted_by else ""),
        ("报回", day_with_year(order.answered_on) if order.answered_on else "还没有"),
    ]


def _who_has_it(case: Case, has_it: Taken | None) -> list[tuple[str, str]]:
    """Who handles an open case."""
    if has_it is None:
        return [("经办", "还没有人认领")] if case.state.is_open else []
    return [("经办", has_it.name if has_it.still_here else f"{has_it.name}，已不在本单位")]


def _how_it_came(file: CaseFile) -> list[tuple[str, str]]:
    """Whether the unit that has it owes the office a report."""
    turn = file.turn
    if turn is None or not file.case.state.is_open:
        return []
    if turn.manner is Manner.TRANSFER:
        return [("怎么交的", "转办，不用向办公室报结果")]
    return [("怎么交的", f"交办，{_short(turn.report_by)}前报结果")] if turn.report_by else []


def _question(one: Verification, book: Book) -> dict[str, str]:
    """A unit that checks a fact, and how far that is."""
    until = f"{_short(one.due_on)}前答复"
    return {
        "unit": book.unit_name(one.unit_code),
        "state": one.end.official if one.end else until,
    }


def _help(one: Assistance, book: Book) -> dict[str, str]:
    """A unit that helps, and how far that is."""
    until = f"{_short(one.due_on)}前报意见"
    return {
        "unit": book.unit_name(one.unit_code),
        "state": one.end.official if one.end else until,
    }


def _short(on: date) -> str:
    return f"{on.month}月{on.day}日"


def _thoughts(decision: Kept, book: Book) -> list[tuple[str, str]]:
    """How the rules decided: by which row, how surely, and what else it might have been."""
    others = "、".join(
        f"{book.unit_name(unit)}（{score:.1f}）" for unit, score in decision.candidates
    )
    row = f"第{decision.responsibility_id}行" if decision.responsibility_id else "没有哪一行"
    suggested = decision.suggested_kind
    found = [
        ("按责任表", f"{row}，第{decision.revision}版"),
        ("把握", f"{decision.confidence:.2f}"),
        ("想到的单位", others or "没有"),
        ("看起来更像", Kind(suggested).official if suggested else ""),
    ]
    return [(name, value) for name, value in found if value]


def _contact(case: Case) -> str:
    if case.identity is Identity.ANONYMOUS:
        return "匿名，没有留联系方式"
    return f"{case.identity.official}，已封存"


def _draft_form(desk: Desk, file: CaseFile, seen: dict[str, str]) -> DraftForm:
    """A reply to be written, beginning with what was drafted before."""
    form = DraftForm(formdata=None, data=seen)
    form.begin_with(desk.book, file)
    return form
