"""One change: agreeing to it, refusing it, taking it back; and the two halves of its link, each
shown once, to one person."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import abort, render_template
from sqlalchemy.orm import Session

from admin.accounts.add_staff import LINK_LASTS
from admin.accounts.cookie import settings
from admin.accounts.enrolment_word import in_threes
from admin.accounts.guard import signed_in, staff_only
from admin.desk.pages import done
from admin.staffing import deciding
from admin.staffing.change_list import Listed, listed
from admin.staffing.pages.blueprint import (
    DECIDING,
    REFUSALS,
    WHY,
    Answer,
    blueprint,
    go_to,
    links,
)
from admin.staffing.pages.shown_change import shown
from admin.staffing.proposing import take_back
from admin.staffing.refusals import NoSuchChange
from admin.staffing.staff_change import StaffChange
from portal.campaign.book import book
from portal.foundation.database import reading, writing
from portal.foundation.staff import Role

_Came = TypeVar("_Came")


@blueprint.get("/people/changes/<key>")
@staff_only(*DECIDING)
def change(key: str) -> str:
    """What is asked for, by whom, and how far it is."""
    return _page(key, said=done.unpack(signed_in().id))


@blueprint.post("/people/changes/<key>/agree")
@staff_only(*DECIDING)
def agree(key: str) -> Answer:
    """Let it happen; of a link its word is shown now and never again."""
    me = signed_in()
    try:
        word = _do(key, lambda s, one: deciding.agree(s, book(s), one, by=me))
    except REFUSALS as refusal:
        return _page(key, why=WHY[type(refusal)]), 409
    if word is None:
        return go_to(
            links().staff_change(key),
            ["同意了，岗位已经加上。他要重新登录，没用的开户链接作废了。"],
        )
    return render_template("admin/staffing/word.html", word=in_threes(word))


@blueprint.post("/people/changes/<key>/refuse")
@staff_only(*DECIDING)
def refuse(key: str) -> Answer:
    """Let it not happen."""
    me = signed_in()
    try:
        _do(key, lambda s, one: deciding.refuse(s, book(s), one, by=me))
    except REFUSALS as refusal:
        return _page(key, why=WHY[type(refusal)]), 409
    return go_to(links().people(), ["没有同意，什么都没有变。"])


@blueprint.post("/people/changes/<key>/take-back")
@staff_only(Role.SYSTEM_ADMIN)
def take_change_back(key: str) -> Answer:
    """Ask for it no more."""
    me = signed_in()
    try:
        _do(key, lambda s, one: take_back(s, one, by=me.id))
    except REFUSALS as refusal:
        return _page(key, why=WHY[type(refusal)]), 409
    return go_to(links().people(), ["撤回了。"])


@blueprint.post("/people/changes/<key>/link")
@staff_only(Role.SYSTEM_ADMIN)
def fetch(key: str) -> Answer:
    """Show the one-time link, once, to whoever asked for it."""
    me = signed_in()
    try:
        token = _do(key, lambda s, one: deciding.fetch_link(s, book(s), one, by=me.id))
    except REFUSALS as refusal:
        return _page(key, why=WHY[type(refusal)]), 409
    return render_template(
        "admin/staffing/link.html",
        address=f"{settings().staff_url}/staff/enrol/{token}",
        hours=int(LINK_LASTS.total_seconds() // 3600),
    )


def _do(key: str, act: Callable[[Session, StaffChange], _Came]) -> _Came:
    """Do something with a change that this person may see."""
    with reading() as session:
        _may_see(session, key)
    with writing() as session:
        try:
            return act(session, deciding.find_change(session, key, to_change=True))
        except NoSuchChange:
            abort(404)


def _may_see(session: Session, key: str) -> Listed:
    """A change as this person may see it; for anybody else it doesn't exist."""
    try:
        found = deciding.find_change(session, key)
    except NoSuchChange:
        abort(404)
    return listed(session, book(session), found, signed_in()) or abort(404)


def _page(key: str, *, why: str = "", said: list[str] | None = None) -> str:
    with reading() as session:
        return render_template(
            "admin/staffing/change.html",
            one=shown(session, book(session), _may_see(session, key)),
            why=why,
            flash_messages=said or [],
        )
