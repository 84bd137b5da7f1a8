"""The queue: tabs, filters, a page of cases, and signing for several of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.desk import casework
from admin.desk.assisting_list import count_owed
from admin.desk.hand import Hand, SomebodyWasFaster
from admin.desk.pages import done
from admin.desk.pages.blueprint import blueprint
from admin.desk.pages.desk import Desk
from admin.desk.pages.forms import BulkForm
from admin.desk.pages.list_place import address, back_to, carried, case_address
from admin.desk.pages.queue_lines import lines_of, problem_words
from admin.desk.queue import MOST_COUNTED, PAGE_SIZE, Page, read_counts, read_page
from admin.desk.queue_view import DUE_WORDS, Tab, View
from intake.rules.lifecycle import MoveNotAllowed
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
def sign_for_several() -> Response | tuple[str, int]:
    """Sign for every case whose box was ticked; each of them is answered for."""
    ticked = request.form.getlist(_BOX)[:PAGE_SIZE]
    if not ticked:
        with reading() as session:
            desk = Desk.of(session)
            return _page(session, desk, carried(desk.access, desk.book), none_chosen=True), 422
    with writing() as session:
        desk = Desk.of(session)
        sentences = _sign_for(session, desk, ticked)
    return back_to(carried(desk.access, desk.book), desk.access.staff_id, sentences)


def _sign_for(session: Session, desk: Desk, ticked: Iterable[str]) -> list[str]:
    """Sign for cases one by one; a refusal comes before anything was changed, so the others go
    on."""
    signed, refused = [], []
    for box_value in ticked:
        number, _, version = box_value.partition(".")
        seen = int(version) if version.isascii() and version.isdecimal() else 0
        try:
            case = find_case(session, desk.access, number, to_change=True)
            casework.sign_for(session, case, Hand(desk.access, desk.book, seen))
        except NoSuchCase:
            refused.append(f"没有签收{number[:20]}：没有找到这件。")
        except SomebodyWasFaster:
            refused.append(f"没有签收{number}：您打开列表以后它有了变化，请再看一看。")
        except MoveNotAllowed:
            refused.append(f"没有签收{number}：它现在不用签收。")
        else:
            signed.append(number)
    told = [f"已签收{len(signed)}件：{'、'.join(signed)}。"] if signed else []
    return told + refused


def _page(session: Session, desk: Desk, view: View, *, none_chosen: bool = False) -> str:
    page = read_page(session, desk.access, view, desk.book)
    if not page.rows and (view.before or view.after):
        # The page has been worked off meanwhile: back to the beginning of the list.
        view = view.at()
        page = read_page(session, desk.access, view, desk.book)
    counts = read_counts(session, desk.access, view, desk.book)
    lines = lines_of(page.rows, desk.access, desk.book)
    form = BulkForm(formdata=None, data={"list": view.query})
    if none_chosen:
        form.form_errors.append("请先勾选要签收的件")
    return render_template(
        "admin/desk/queue.html",
        view=view,
        lines=lines,
        tabs_items=[*_tabs(view, counts), _assisting_tab(count_owed(session, desk.access))],
        scopes=_scopes(desk, view),
        chips=_chips(view, desk.book),
        choices=_choices(view, desk.book),
        form=form,
        box=_BOX,
        to_sign=sum(line.can_sign for line in lines),
        picked=request.args.get("pick") == "page",
        mixed=len(view.tab.states) > 1,
        act_on=address(view),
        case_address=lambda number, act="": case_address(number, view, act),
        **_neighbours(page, view),
        flash_messages=done.unpack(desk.access.staff_id),
    )


def _tabs(view: View, counts: Mapping[Tab, int | None]) -> list[_TabItem]:
    return [(t.official, address(view.on(t)), _count(n), t is view.tab) for t, n in counts.items()]


def _assisting_tab(number: int) -> _TabItem:
    """The way to the cases of others that the units help with: a list of its own."""
    return ("协办", url_for("desk.assisting"), _count(number), False)


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
        "due": ("期限", list(DUE_WORDS.items())),
        "kind": ("类", [(kind.slug, kind.official) for kind in Kind]),
        "policy": ("补贴", [(p.code, p.name) for p in book.policies.values()]),
        "problem": ("问题", problems),
        "place": ("街道", streets),
    }
    chosen = view.filters.as_args()
    return [(n, label, chosen.get(n, ""), values) for n, (label, values) in offered.items()]


def _chips(view: View, book: Book) -> list[tuple[str, str]]:
    """The filters in use, each with the address that takes it away."""
    given = view.filters
    words = {
        "due": DUE_WORDS.get(given.due or "", ""),
        "kind": given.kind.official if given.kind else "",
        "policy": book.policies[given.policy].name if given.policy else "",
        "problem": problem_words(given.problem, book),
        "place": book.places[given.place].name if given.place else "",
        "unit": book.unit_name(given.unit),
    }
    return [(text, address(view.without(name))) for name, text in words.items() if text]
