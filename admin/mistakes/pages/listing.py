"""The queue of mistakes on the site, the most urgent first, then those that were answered."""

from __future__ import annotations

from flask import render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from admin.accounts.guard import signed_in, staff_only
from admin.mistakes.mistake_list import answered, waiting
from admin.mistakes.pages.blueprint import blueprint
from admin.publishing.desk import PUBLISHING_ROLES, Publisher
from admin.publishing.pages.room import publisher
from intake.cases.case import Case
from portal.foundation.database import reading

_DONE = {"answered": "答复已发给来件人。", "registered": "已登记成件，来件人用原来的查询码看。"}


@blueprint.get("/publishing/mistakes")
@staff_only(*PUBLISHING_ROLES)
def mistakes() -> str:
    """The queue."""
    done = request.args.get("done", "")
    with reading() as session:
        me = publisher(session)
        return render_template(
            "admin/mistakes/mistakes.html",
            waiting=waiting(session, me),
            answered=answered(session, me),
            registered=_registered(session, me) if done == "registered" else None,
            flash_messages=[_DONE[done]] if done in _DONE else [],
        )


def _registered(session: Session, me: Publisher) -> str | None:
    """The number of the case that was just made, if whoever made it may see it."""
    access = Access.of(signed_in(), me.book)
    wanted = select(Case.number).where(Case.number == request.args.get("case", ""), visible(access))
    return session.scalars(wanted).first()
