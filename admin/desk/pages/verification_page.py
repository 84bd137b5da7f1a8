"""What one's units were asked to check for cases of others: the list, a question, its answer. Of
the case nothing stands here, not even its number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import abort, current_app, redirect, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.accounts.leaf import Leaf
from admin.accounts.staff_form import StaffForm
from admin.desk import verifying
from admin.desk.due_words import left_until
from admin.desk.hand import NeedsText
from admin.desk.pages import done
from admin.desk.pages.blueprint import blueprint
from admin.desk.pages.desk import Desk
from admin.desk.pages.forms import text
from admin.desk.verification_list import to_verify, verified
from admin.desk.verifying import AnsweredAlready, NoSuchVerification
from intake.cases.verification import Verification
from portal.foundation import clock
from portal.foundation.database import reading, writing
from portal.foundation.links import Links
from portal.foundation.staff import AT_A_DESK

_A_PAGE = 30
_MOST_SHOWN = 40


class AnswerForm(StaffForm):
    """What was found out."""

    words = text("核查结果", "请写核查结果")


@blueprint.get("/verifications")
@staff_only(*AT_A_DESK)
def verifications() -> str:
    """Show what is to be checked, and what was answered last."""
    with reading() as session:
        desk = Desk.of(session)
        leaf = Leaf.of(to_verify(session, desk.access), a_page=_A_PAGE)
        waiting = list(_rows(session, desk, leaf.rows))
        answered = list(_rows(session, desk, verified(session, desk.access)))
    return render_template(
        "admin/desk/verifications.html",
        waiting=waiting,
        leaf=leaf,
        answered=answered,
        flash_messages=done.unpack(desk.access.staff_id),
    )


@blueprint.get("/verifications/<key>")
@staff_only(*AT_A_DESK)
def verification(key: str) -> str:
    """Show a question, and the field for its answer."""
    return _page(key, AnswerForm(formdata=None))


@blueprint.post("/verifications/<key>")
@staff_only(*AT_A_DESK)
def answer_verification(key: str) -> str | tuple[str, int] | Response:
    """Answer it; where a colleague was faster, what was typed stays on the page."""
    form = AnswerForm()
    if not form.validate():
        return _page(key, form), 422
    try:
        with writing() as session:
            desk = Desk.of(session)
            verifying.answer(session, desk.access, desk.book, key, form.words.data)
    except NoSuchVerification:
        abort(404)
    except NeedsText:
        form.words.errors = ["请写核查结果"]
        return _page(key, form), 422
    except AnsweredAlready:
        return _page(key, form, late=True), 409
    said = urlencode({done.FIELD: done.pack(desk.access.staff_id, ["核查结果已答复。"])})
    links: Links = current_app.extensions["links"]
    return redirect(f"{links.verifications()}?{said}", 303)


def _page(key: str, form: AnswerForm, *, late: bool = False) -> str:
    with reading() as session:
        desk = Desk.of(session)
        try:
            found, _ = verifying.find_verification(session, desk.access, key)
            question, answer = verifying.words_of(session, desk.access, found)
        except NoSuchVerification:
            abort(404)
    return render_template(
        "admin/desk/verification.html",
        verification=found,
        asking=desk.book.unit_name(found.asking_code),
        left=left_until(found.due_on, clock.today(), desk.book, in_working_days=False),
        question=question,
        answer=answer,
        form=form,
        late=late,
    )


def _rows(session: Session, desk: Desk, found: Sequence[Verification]) -> Iterator[dict[str, Any]]:
    today = clock.today()
    for one in found:
        try:
            question, _ = verifying.words_of(session, desk.access, one)
        except NoSuchVerification:
            continue
        cut = len(question) > _MOST_SHOWN
        yield {
            "key": one.key,
            "due_on": one.due_on,
            "left": left_until(one.due_on, today, desk.book, in_working_days=False),
            "question": question[:_MOST_SHOWN] + ("…" if cut else ""),
            "asking": desk.book.unit_name(one.asking_code),
            "reminded": one.reminded_at is not None and one.end is None,
        }
