"""Who works here, what waits for a second person, and what the command line gave."""

from __future__ import annotations

from flask import render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.guard import signed_in, staff_only
from admin.accounts.posts import only_stamped
from admin.accounts.role_names import post_name
from admin.desk.pages import done
from admin.staffing.change_list import open_changes
from admin.staffing.given_by_command import (
    given_since,
    has_read,
    newest_told,
    signed_out_since,
)
from admin.staffing.leaving import left_with_keys
from admin.staffing.pages.blueprint import DECIDING, Answer, blueprint, go_to, links
from admin.staffing.pages.forms import SeenForm
from admin.staffing.pages.shown_change import shown
from admin.staffing.powers import oversees
from portal.campaign.book import Book, book
from portal.foundation.database import reading, writing
from portal.foundation.formats import moment
from portal.foundation.staff import Role, Staff


@blueprint.get("/people")
@staff_only(*DECIDING)
def people() -> str:
    """The changes that wait; for whoever oversees accounts, everybody too."""
    staff = signed_in()
    is_head = staff.holds(Role.OFFICE_HEAD)
    with reading() as session:
        found = book(session)
        all_of_them = oversees(staff, found.campaign)
        given = given_since(session) if is_head else []
        ended = signed_out_since(session) if is_head else []
        seen = SeenForm(formdata=None, data={"up_to": str(newest_told(session))})
        return render_template(
            "admin/staffing/people.html",
            changes=[shown(session, found, one) for one in open_changes(session, found, staff)],
            people=_rows(session, found, only_of_discipline=not all_of_them),
            oversees=all_of_them,
            proposes=staff.holds(Role.SYSTEM_ADMIN),
            given=[
                (moment(one.at), one.name, _post(found, one.unit_code, one.role)) for one in given
            ],
            ended=[(moment(one.at), one.by, one.why.official) for one in ended],
            seen=seen,
            keys=left_with_keys(session) if all_of_them else [],
            flash_messages=done.unpack(staff.id),
        )


@blueprint.post("/people/by-command")
@staff_only(Role.OFFICE_HEAD)
def read_given() -> Answer:
    """Note that what stands above the list was read."""
    form = SeenForm()
    typed = form.up_to.data or ""
    if form.validate() and typed.isascii() and typed.isdecimal() and len(typed) < 16:
        with writing() as session:
            has_read(session, by=signed_in().id, up_to=min(int(typed), newest_told(session)))
    return go_to(links().people(), ["记下了：您看过了。"])


def _rows(
    session: Session, found: Book, *, only_of_discipline: bool
) -> list[tuple[int, str, str, str, str]]:
    """Everybody; for discipline inspection its own people, whom it looks after itself."""
    everybody = session.scalars(select(Staff).order_by(Staff.active.desc(), Staff.name)).all()
    stamped = [only_stamped(session, one) for one in everybody]
    code = found.campaign.discipline_code
    return [_row(one, found) for one in stamped if not only_of_discipline or code in one.unit_codes]


def _row(person: Staff, found: Book) -> tuple[int, str, str, str, str]:
    posts = [_post(found, one.unit_code, one.role) for one in person.posts]
    state = "已离岗" if not person.active else "样例" if person.sample else "在岗"
    return person.id, person.display_name, person.name, "、".join(posts), state


def _post(found: Book, unit_code: str, role: str) -> str:
    return post_name(found.unit_name(unit_code), Role(role)) if role else "开户链接"
