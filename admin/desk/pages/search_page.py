"""Search over the words of cases. What is looked for is posted and drawn into the answer, never
put into an address: addresses stand in histories, bookmarks and a proxy's logs."""

from __future__ import annotations

import re
import unicodedata

from flask import redirect, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import HiddenField, SearchField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, Length

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.accounts.staff_form import StaffForm
from admin.desk.folded import Words
from admin.desk.pages.blueprint import blueprint
from admin.desk.pages.desk import Desk
from admin.desk.pages.list_place import case_address
from admin.desk.queue_view import Tab, View
from admin.desk.search import Found, Hit, Place, Wanted, Where, search
from portal.foundation.database import reading
from portal.foundation.formats import day_with_year
from portal.foundation.staff import AT_A_DESK

_NUMBER = re.compile(r"[A-Z]{1,4}[0-9]{4,12}", re.ASCII)
_OPEN, _ALL = "open", "all"


class SearchForm(StaffForm):
    """What to look for, and in what."""

    words = SearchField(
        "找什么",
        [
            DataRequired("请写要找的词，或者件的编号"),
            Length(max=100, message="太长了，最多100个字"),
        ],
    )
    where = SelectMultipleField(
        "在哪里找",
        [DataRequired("请至少选一处")],
        choices=[SelectChoice(one.value, one.official) for one in Where],
        default=[one.value for one in Where],
    )
    states = SelectField(
        "哪些件", choices=[SelectChoice(_OPEN, "没有办结的"), SelectChoice(_ALL, "全部")]
    )
    place = HiddenField()

    @property
    def wanted(self) -> Wanted:
        """The search that was asked for."""
        return Wanted(
            words=Words.of(self.words.data or ""),
            where=frozenset(map(Where, self.where.data or [])),
            open_only=self.states.data != _ALL,
        )


@blueprint.get("/cases/search", endpoint="search")
@staff_only(*AT_A_DESK)
def search_page() -> str:
    """The empty form."""
    return _page(SearchForm(formdata=None))


@blueprint.post("/cases/search")
@staff_only(*AT_A_DESK)
def do_search() -> str | tuple[str, int] | Response:
    """Show what was found, or lead to the case whose number was typed."""
    form = SearchForm()
    if not form.validate():
        return _page(form), 422
    number = unicodedata.normalize("NFKC", form.words.data or "").strip().upper()
    with reading() as session:
        desk = Desk.of(session)
        if _NUMBER.fullmatch(number):
            return _to_case(session, desk, form, number)
        wanted = form.wanted
        if not wanted.words.all:
            form.words.errors = ["请写要找的词，或者件的编号"]
            return _page(form), 422
        place = Place.opened(session, desk.access, form.place.data or "")
        found = search(session, desk.access, wanted, place)
        form.place.data = found.place.sealed(session, desk.access) if found.place else ""
        return _page(form, desk=desk, found=found)


def _to_case(session: Session, desk: Desk, form: SearchForm, number: str) -> str | Response:
    """To the case of that number. One that somebody may not see isn't there."""
    try:
        find_case(session, desk.access, number)
    except NoSuchCase:
        return _page(form, missing=number)
    return redirect(case_address(number, View(Tab.OPEN)), 303)


def _page(
    form: SearchForm, *, desk: Desk | None = None, found: Found | None = None, missing: str = ""
) -> str:
    lines = [_line(desk, hit) for hit in found.hits] if desk and found else []
    return render_template(
        "admin/desk/search.html",
        form=form,
        found=found,
        lines=lines,
        missing=missing,
    )


def _line(desk: Desk, hit: Hit) -> dict[str, object]:
    """One case that was found."""
    row = hit.row
    return {
        "number": row.number,
        "address": case_address(row.number, View(Tab.OPEN)),
        "snippet": hit.snippet,
        "where": next(one.official for one in Where if hit.kind in one.kinds),
        "kind": row.kind.official,
        "day": day_with_year(row.registered_on),
        "state": row.state.official,
        "unit": desk.book.units[row.unit_code].short_name,
    }
