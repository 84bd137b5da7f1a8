"""The queue of mistakes on the site, the most urgent first, then those that were answered."""

from __future__ import annotations

from flask import render_template, request
from sqlalchemy.orm import Session

from admin.accounts.access import may_see
from admin.accounts.guard import staff_only
from admin.accounts.leaf import Leaf
from admin.mistakes.answerer import ANSWERING_ROLES, Answerer
from admin.mistakes.mistake_list import answered, waiting
from admin.mistakes.pages.blueprint import answerer, blueprint
from portal.foundation.database import reading

_A_PAGE = 20
_DONE = {
    "answered": "答复已发给来件人。",
    "given": "已交给办公室答复，这里看不到了。",
    "corrected": "已更正，来件人看到的是新的答复。",
    "registered": "已登记成件，来件人用原来的查询码看。",
}


@blueprint.get("/publishing/mistakes")
@staff_only(*ANSWERING_ROLES)
def mistakes() -> str:
    """The queue."""
    done = request.args.get("done", "")
    with reading() as session:
        me = answerer(session)
        return render_template(
            "admin/mistakes/mistakes.html",
            me=me,
            waiting=Leaf.of(waiting(session, me), "waiting", a_page=_A_PAGE),
            answered=Leaf.of(answered(session, me), a_page=_A_PAGE),
            registered=_registered(session, me) if done == "registered" else None,
            flash_messages=[_DONE[done]] if done in _DONE else [],
        )


def _registered(session: Session, me: Answerer) -> str | None:
    """The number of the case that was just made, if whoever asks may see it."""
    asked = request.args.get("case", "")
    return asked if may_see(session, me.access, asked) else None
