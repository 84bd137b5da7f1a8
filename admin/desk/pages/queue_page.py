"""The queue: tabs, filters, a page of cases, and signing for several of them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app, render_template, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.access import sealed_for
from admin.accounts.guard import staff_only
from admin.accounts.reminders import reminders_of
from admin.desk.assisting_list import count_owed
from admin.desk.claiming import names_of
from admin.desk.pages import done
from admin.desk.pages.blueprint import blueprint
from admin.desk.pages.bulk_acts import BULK_ACTS, SIGNING, do_several
from admin.desk.pages.desk import Desk
from admin.desk.pages.filter_words import keep_filter, saved_filters, words_of
from admin.desk.pages.forms import BulkForm
from admin.desk.pages.list_place import address, back_to, carried, case_address
from admin.desk.pages.queue_lines import Line, lines_of
from admin.desk.queue import MOST_COUNTED, PAGE_SIZE, Page, read_counts, read_page
from admin.desk.queue_view import DUE_WORDS, MARK_WORDS, MINE_WORDS, Tab, View
from admin.desk.saved_filter import MOST, TooMany
from admin.desk.verification_list import count_to_verify
from intake.cases.case import Case
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.campaign.place import PlaceKind
from portal.foundation.database import reading, writing
from portal.foundation.staff import AT_A_DESK

_BOX = "case"

# What a tab shows: its words, where it leads, a number, and whether it is the current one.
_TabItem = tuple[str, str, str | None, bool]


@blueprint.get("/cases", endpoint="queue")
@staff_only(*AT_A_DESK)
def queue_page() -> str:
    """Show a list."""
    with reading() as session:
        desk = Desk.of(session)
        return _page(session, desk, View.read(request.args, desk.access, desk.book))


@blueprint.post("/cases")
@staff_only(*AT_A_DESK)
def act_on_several() -> Response | tuple[str, int]:
    """Sign for every case whose box was ticked, take all on, or remind their units; each of them is
    answered for."""
    act = BULK_ACTS.get(request.form.get("do", ""), SIGNING)
    ticked = request.form.getlist(_BOX)[:PAGE_SIZE]
    words = BulkForm()
    if not ticked or not words.validate():
        missing = "" if ticked else f"请先勾选要{act.verb}的件"
        return _given_back(words, missing=missing), 422
    with writing() as session:
        desk = Desk.of(session)
        answered = do_several(session, desk, act, ticked, words.words.data or "")
    if answered.refused and words.words.data:
        # Whoever wants to try again finds what he typed.
        return _given_back(words, told=[*answered.done, *answered.refused]), 409
    sentences = [*answered.done, *answered.refused]
    return back_to(carried(desk.access, desk.book), desk.access.staff_id, sentences)


def _given_back(typed: BulkForm, *, missing: str = "", told: Sequence[str] = ()) -> str:
    """The list as it is now, with the words that were typed."""
    with reading() as session:
        desk = Desk.of(session)
        view = carried(desk.access, desk.book)
        return _page(session, desk, view, missing=missing, typed=typed, told=told)


@blueprint.post("/cases/filters")
@staff_only(*AT_A_DESK)
def save_filter() -> Response | tuple[str, int]:
    """Save the list that the form carries, or forget it."""
    dropped = request.form.get("do") == "drop"
    with writing() as session:
        desk = Desk.of(session)
        view = carried(desk.access, desk.book)
        try:
            keep_filter(session, desk, view, dropped=dropped)
        except TooMany:
            missing = f"最多保存{MOST}个筛选，先打开一个不用的，去掉它"
            return _page(session, desk, view, missing=missing), 409
    told = "不再保存这个筛选。" if dropped else "筛选已保存，在待办的上面。"
    return back_to(view.at(), desk.access.staff_id, [told])


def _page(
    session: Session,
    desk: Desk,
    view: View,
    *,
    missing: str = "",
    typed: BulkForm | None = None,
    told: Sequence[str] = (),
) -> str:
    page = read_page(session, desk.access, view, desk.book)
    if not page.rows and (view.before or view.after):
        # The page has been worked off meanwhile: back to the beginning of the list.
        view = view.at()
        page = read_page(session, desk.access, view, desk.book)
    counts = read_counts(session, desk.access, view, desk.book)
    names = names_of(session, [row.claimed_by for row in page.rows])
    lines = lines_of(page.rows, desk.access, desk.book, names)
    form = _bulk_form(view, typed, missing)
    return render_template(
        "admin/desk/queue.html",
        view=view,
        lines=lines,
        reminders=reminders_of(session, desk.access, desk.book),
        tabs_items=[*_tabs(view, counts), *_other_lists(session, desk)],
        scopes=_scopes(desk, view),
        chips=[(text, address(view.without(name))) for name, text in words_of(view, desk.book)],
        saved=saved_filters(session, desk, view),
        choices=_choices(view, desk.book),
        form=form,
        box=_BOX,
        **_possible(lines),
        shows_handler=any(state.is_open for state in view.tab.states),
        picked=request.args.get("pick") == "page",
        mixed=len(view.tab.states) > 1,
        act_on=address(view),
        case_address=lambda number, act="": case_address(number, view, act),
        **_neighbours(page, view),
        flash_messages=told or done.unpack(desk.access.staff_id),
    )


def _bulk_form(view: View, typed: BulkForm | None, missing: str) -> BulkForm:
    """The form around the list's boxes, with what was typed and what it lacks."""
    form = typed or BulkForm(formdata=None)
    form.list.data = view.query
    if missing:
        form.form_errors.append(missing)
    return form


def _possible(lines: Sequence[Line]) -> dict[str, int]:
    """In how many rows there is something to pick, and to do at once."""
    return {
        "to_pick": sum(line.can_pick for line in lines),
        "to_sign": sum(line.can_sign for line in lines),
        "to_claim": sum(line.can_claim for line in lines),
        "to_remind": sum(line.can_remind for line in lines),
    }


def _tabs(view: View, counts: Mapping[Tab, int | None]) -> list[_TabItem]:
    return [(t.official, address(view.on(t)), _count(n), t is view.tab) for t, n in counts.items()]


def _other_lists(session: Session, desk: Desk) -> list[_TabItem]:
    """The ways to what the units do for cases of others: to help, and to check a fact; and for
    discipline inspection to the sealed cases, of which there is no list."""
    helped, asked = count_owed(session, desk.access), count_to_verify(session, desk.access)
    lists = [
        ("协办", url_for("desk.assisting"), _count(helped), False),
        ("核查", url_for("desk.verifications"), _count(asked), False),
    ]
    if desk.book.campaign.discipline_code in desk.access.desks:
        links = current_app.extensions["links"]
        lists.append(("密件", links.sealed_class(), _count(_sealed(session, desk)), False))
    return lists


def _sealed(session: Session, desk: Desk) -> int:
    """How many sealed cases are open, whether this person reads them or not."""
    counted = select(func.count(Case.id)).where(sealed_for(desk.access, desk.book))
    return session.scalar(counted) or 0


def _count(number: int | None) -> str | None:
    if number is None:
        return None
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)


def _neighbours(page: Page, view: View) -> dict[str, Any]:
    return {
        "previous": address(view.at(before=page.before)) if page.before else None,
        "next": address(view.at(after=page.after)) if page.after else None,
        "first": address(view.at()) if view.before or view.after else None,
    }


def _scopes(desk: Desk, view: View) -> list[tuple[str, str, bool]]:
    """The office's switch between its own cases and the district's."""
    if not desk.access.as_office:
        return []
    return [
        ("本单位", address(view.scoped(district=False)), not view.district),
        ("全区", address(view.scoped(district=True)), view.district),
    ]


def _choices(view: View, book: Book) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """The filters to choose from: name, label, what is chosen, and every value with its words.

    They are no form of WTForms: a hundred options cost it more time than the whole list.
    """
    problems = [(p.code, f"{p.code} {p.plain_text}") for p in book.problem_types.values()]
    streets = [(p.code, p.name) for p in book.places.values() if p.kind is PlaceKind.STREET]
    offered = {
        "mine": ("经办", list(MINE_WORDS.items())),
        "mark": ("标记", list(MARK_WORDS.items())),
        "due": ("期限", list(DUE_WORDS.items())),
        "kind": ("类", [(kind.slug, kind.official) for kind in Kind]),
        "policy": ("补贴", [(p.code, p.name) for p in book.policies.values()]),
        "problem": ("问题", problems),
        "place": ("街道", streets),
    }
    chosen = view.filters.as_args()
    return [(n, label, chosen.get(n, ""), values) for n, (label, values) in offered.items()]
