"""The system administrator's page: what the deployment lacks, and who works here."""

from __future__ import annotations

from flask import current_app, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from admin.accounts.guard import staff_only
from admin.accounts.role_names import ROLE_NAMES
from admin.system.doctor import findings
from admin.system.pages.blueprint import blueprint
from portal.campaign.book import Book, book
from portal.foundation.database import reading
from portal.foundation.staff import Role, Staff


@blueprint.get("/system")
@staff_only(Role.SYSTEM_ADMIN)
def system() -> ResponseReturnValue:
    """Findings and accounts. A system administrator sees no case, not even how many there are."""
    with reading() as session:
        found = book(session)
        people = session.scalars(select(Staff).order_by(Staff.active.desc(), Staff.name)).all()
        return render_template(
            "admin/system/system.html",
            findings=findings(session, current_app.extensions["settings"]),
            people=[_row(person, found) for person in people],
        )


def _row(person: Staff, found: Book) -> tuple[str, str, str, str]:
    posts = [f"{found.unit_name(p.unit_code)}{ROLE_NAMES[p.role]}" for p in person.posts]
    state = "停用" if not person.active else "样例" if person.sample else "在用"
    return person.display_name, person.name, "、".join(posts), state
