"""The policy list as the desk has it, whole or one unit's: when each was checked and changed last,
and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import Response, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from admin.accounts.guard import staff_only
from admin.accounts.leaf import Leaf
from admin.policies.checking import NoneChosen, confirm_unchanged, list_version
from admin.policies.draft_list import waiting_drafts
from admin.policies.pages.blueprint import blueprint, who_changes
from admin.policies.whole_list import to_csv, to_xlsx
from admin.publishing.desk import PUBLISHING_ROLES, SomebodyWasFaster
from admin.publishing.pages.room import links, publisher
from portal.campaign.book import Book
from portal.campaign.policy import Policy
from portal.foundation import clock
from portal.foundation.database import reading, writing
from portal.foundation.spreadsheets import XLSX

_DONE = {
    "released": "已发布，公众现在能看到。",
    "dropped": "这一稿已经不要了，公众什么也没看到。",
    "checked": "已记下今天核对过，公众看得到日期。",
}
_A_PAGE = 20
_FILES = {"xlsx": (XLSX, to_xlsx), "csv": ("text/csv; charset=utf-8", to_csv)}


@dataclass(frozen=True)
class Line:
    """A policy in the list. `ahead` is the next day from which it changes."""

    policy: Policy
    unit: str
    versions: int
    changed_on: date
    ahead: date | None
    ended: bool


@blueprint.get("/publishing/policies")
@staff_only(*PUBLISHING_ROLES)
def policies() -> str:
    """The list."""
    return _page()


@blueprint.post("/publishing/policies/checked")
@staff_only(*PUBLISHING_ROLES)
def checked() -> Answer | tuple[str, int]:
    """Note that the chosen policies were checked and say what holds."""
    codes = request.form.getlist("policy")
    try:
        with writing() as session:
            me = who_changes(session)
            confirm_unchanged(session, codes, by=me, seen=request.form.get("seen", ""))
    except NoneChosen:
        return _page(why="请先选至少一项补贴。"), 422
    except SomebodyWasFaster:
        why = "您打开这一页以后，政策清单有了变化。请再看一遍，再选。"
        return _page(why=why, chosen=codes), 409
    return redirect(_address(done="checked", **_place()), 303)


@blueprint.get("/publishing/policies/table.<any('xlsx','csv'):kind>")
@staff_only(*PUBLISHING_ROLES)
def export(kind: str) -> Response:
    """The whole list with every column, to be changed and uploaded."""
    with reading() as session:
        book = publisher(session).book
    content_type, write = _FILES[kind]
    name = f"policies-{clock.today().isoformat()}.{kind}"
    return Response(
        write(book),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _page(*, why: str = "", chosen: list[str] | None = None) -> str:
    with reading() as session:
        me = publisher(session)
        waiting = Leaf.of(waiting_drafts(session), "waiting")
    policies, unit = list(me.book.policies.values()), request.args.get("unit", "")
    # A unit that pays nothing, or none that was named: the whole list.
    fitting = [one for one in policies if one.unit_code == unit] or policies
    done = _DONE.get(request.args.get("done", ""))
    return render_template(
        "admin/policies/policies.html",
        waiting=waiting,
        units={one.unit_code: me.book.unit_name(one.unit_code) for one in policies},
        unit=unit,
        here=_address(unit=unit),
        listed=Leaf.of([_line(one, me.book) for one in fitting], a_page=_A_PAGE),
        place=urlencode(_place()),
        seen=list_version(me.book),
        why=why,
        chosen=chosen or [],
        flash_messages=[done] if done else [],
    )


def _place() -> dict[str, str]:
    """Where in the list the address stands, to come back to after something was done."""
    return {name: request.args[name] for name in ("unit", "page") if request.args.get(name)}


def _address(**said: str) -> str:
    query = urlencode({name: word for name, word in said.items() if word})
    return links().policy_desk() + (f"?{query}" if query else "")


def _line(policy: Policy, book: Book) -> Line:
    history, today = book.histories[policy.code], clock.today()
    days = [one.holds_from for one in history.versions if one.holds_from and one.waits]
    return Line(
        policy=policy,
        unit=book.unit_name(policy.unit_code),
        versions=len(history.versions),
        changed_on=clock.day_of(max(one.released_at for one in history.versions)),
        ahead=min(days, default=None),
        ended=policy.ended_on is not None and policy.ended_on < today,
    )
