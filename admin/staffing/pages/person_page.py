"""One person: what is asked for him, which takes a second person, and what is taken from him at
once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import abort, render_template
from sqlalchemy.orm import Session

from admin.accounts.guard import signed_in, staff_only
from admin.accounts.posts import only_stamped
from admin.accounts.role_names import post_name
from admin.desk.pages import done
from admin.staffing.leaving import leave
from admin.staffing.pages.blueprint import (
    DECIDING,
    REFUSALS,
    WHY,
    Answer,
    blueprint,
    go_to,
    links,
)
from admin.staffing.pages.forms import LeaveForm, LinkForm, PostForm, TakePostForm
from admin.staffing.powers import oversees
from admin.staffing.proposing import propose
from admin.staffing.refusals import NoSuchPerson, OfDiscipline
from admin.staffing.staff_change import How, What
from admin.staffing.taking_away import check_may_take, end_sign_ins, take_post
from admin.staffing.wanted import Wanted
from portal.campaign.book import Book, book
from portal.foundation.database import reading, writing
from portal.foundation.staff import Role, Staff

_ASKED = "提出了。请另一位在“人员”页上定，过了7天作废。"


@dataclass(frozen=True)
class _Typed:
    """What was typed in one of the page's forms, and why it wasn't done."""

    post: PostForm | None = None
    link: LinkForm | None = None
    why: str = ""
    said: list[str] = field(default_factory=list)


@blueprint.get("/people/<int:staff_id>")
@staff_only(*DECIDING)
def person(staff_id: int) -> str:
    """His posts, and what may be done to his account."""
    return _page(staff_id, _Typed(said=done.unpack(signed_in().id)))


@blueprint.post("/people/<int:staff_id>/posts")
@staff_only(Role.SYSTEM_ADMIN)
def ask_for_post(staff_id: int) -> Answer:
    """Ask for a post."""
    form = PostForm()
    with reading() as session:
        form.offer(book(session))
    if not form.validate():
        return _page(staff_id, _Typed(post=form)), 422
    wanted = Wanted(
        What.POST, How(form.how.data), staff_id, unit_code=form.unit.data, role=Role(form.role.data)
    )
    return _ask(wanted, staff_id, _Typed(post=form))


@blueprint.post("/people/<int:staff_id>/link")
@staff_only(Role.SYSTEM_ADMIN)
def ask_for_link(staff_id: int) -> Answer:
    """Ask for a new one-time link."""
    form = LinkForm()
    if not form.validate():
        return _page(staff_id, _Typed(link=form)), 422
    return _ask(Wanted(What.LINK, How(form.how.data), staff_id), staff_id, _Typed(link=form))


@blueprint.post("/people/<int:staff_id>/take-post")
@staff_only(*DECIDING)
def take_one_post(staff_id: int) -> Answer:
    """Take a post away, at once."""
    form = TakePostForm()
    role = form.chosen if form.validate() else None
    if role is None:
        abort(404)
    me, post = signed_in(), (form.unit.data or "", role)
    if why := _refused(lambda session, found: take_post(session, found, staff_id, post, by=me)):
        return _page(staff_id, _Typed(why=why)), 409
    return go_to(links().person(staff_id), ["岗位收回了，他在各处的登录都已退出。"])


@blueprint.post("/people/<int:staff_id>/end-sign-ins")
@staff_only(*DECIDING)
def end_his_sign_ins(staff_id: int) -> Answer:
    """End all his sign-ins, at once."""
    me = signed_in()
    _refused(lambda session, found: end_sign_ins(session, found, staff_id, by=me))
    return go_to(links().person(staff_id), ["他在各处的登录都已退出，没用的开户链接也作废了。"])


@blueprint.get("/people/<int:staff_id>/leave")
@staff_only(*DECIDING)
def leaving(staff_id: int) -> str:
    """Say what happens when he leaves."""
    with reading() as session:
        staff = _person(session, staff_id)
        if not staff.active or not _may_take(session, book(session), staff):
            abort(404)
        return render_template(
            "admin/staffing/leaving.html", person=staff, form=LeaveForm(formdata=None)
        )


@blueprint.post("/people/<int:staff_id>/leave")
@staff_only(*DECIDING)
def let_leave(staff_id: int) -> Answer:
    """Let him leave, at once."""
    had_server = bool(LeaveForm().had_server.data)
    me = signed_in()
    why = _refused(
        lambda session, found: leave(session, found, staff_id, by=me, had_server=had_server)
    )
    if why:
        return _page(staff_id, _Typed(why=why)), 409
    said = ["他已离岗，登录和岗位都停了。他手里的事，各单位的负责人会看到。"]
    return go_to(links().person(staff_id) if me.id != staff_id else links().staff(), said)


def _ask(wanted: Wanted, staff_id: int, typed: _Typed) -> Answer:
    try:
        with writing() as session:
            key = propose(session, wanted, by=signed_in().id).key
    except NoSuchPerson:
        abort(404)
    except REFUSALS as refusal:
        why = WHY[type(refusal)]
        return _page(staff_id, _Typed(post=typed.post, link=typed.link, why=why)), 409
    return go_to(links().staff_change(key), [_ASKED])


def _refused(do: Callable[[Session, Book], object]) -> str:
    """Do something; why not, where it isn't this person's to do."""
    try:
        with writing() as session:
            do(session, book(session))
    except NoSuchPerson:
        abort(404)
    except OfDiscipline:
        return WHY[OfDiscipline]
    return ""


def _may_take(session: Session, found: Book, staff: Staff) -> bool:
    try:
        check_may_take(session, found, staff, by=signed_in())
    except (NoSuchPerson, OfDiscipline):
        return False
    return True


def _person(session: Session, staff_id: int) -> Staff:
    """Somebody whose account this person looks after; anybody else doesn't exist."""
    found = session.get(Staff, staff_id)
    if found is None:
        abort(404)
    staff, there = only_stamped(session, found), book(session)
    if not oversees(signed_in(), there.campaign) and not _may_take(session, there, staff):
        abort(404)
    return staff


def _page(staff_id: int, typed: _Typed) -> str:
    me = signed_in()
    with reading() as session:
        found, staff = book(session), _person(session, staff_id)
        post = typed.post or PostForm(formdata=None)
        post.offer(found)
        posts = [
            (post_name(found.unit_name(one.unit_code), one.role), one.unit_code, one.role.value)
            for one in staff.posts
        ]
        return render_template(
            "admin/staffing/person.html",
            person=staff,
            posts=sorted(posts),
            post_form=post,
            link_form=typed.link or LinkForm(formdata=None),
            proposes=me.holds(Role.SYSTEM_ADMIN) and me.id != staff.id and staff.active,
            takes=staff.active and _may_take(session, found, staff),
            why=typed.why,
            flash_messages=typed.said,
        )
