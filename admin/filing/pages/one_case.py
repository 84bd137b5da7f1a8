"""Filing one case: the file for one person, the passphrase for another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Response, abort, render_template
from sqlalchemy.orm import Session
from wtforms import BooleanField

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.desk.entries import names_of_staff
from admin.desk.hand import Hand, SomebodyWasFaster, decider_of
from admin.desk.pages.desk import Desk
from admin.desk.pages.forms import ActForm
from admin.files.scanned_files import asked_first
from admin.filing import filing_act
from admin.filing.filing_act import NotYet, still_open
from admin.filing.filing_list import filings_of
from admin.filing.pages.blueprint import DECIDING, blueprint
from admin.hand_over.locking import SamePerson
from intake.cases.case import Case
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation.database import reading, writing

_REFUSALS = (SomebodyWasFaster, MoveNotAllowed, NotYet, SamePerson)
_WHY = {
    SomebodyWasFaster: "您打开这一页以后，这件有了变化。",
    NotYet: "来件人还能提异议，或者移送的还没有了结。仍要归档，请勾上下面的方框。",
    SamePerson: "文件是您取的，口令要由另一个人取。请同事打开这一页。",
}


class FileForm(ActForm):
    """Taking the file."""

    all_the_same = BooleanField("上面写的我看过了，仍要现在归档")


@blueprint.get("/filing/<number>")
@staff_only(*DECIDING)
def filing_of(number: str) -> str:
    """What filing a case does, and how far it is."""
    return _page(number)


@blueprint.post("/filing/<number>/file")
@staff_only(*DECIDING)
def take_file(number: str) -> str | tuple[str, int] | Response:
    """Take the locked file; its passphrase is for somebody else."""
    form = FileForm()
    if not form.validate():
        return _page(number, why="页面放久了，请再按一次。"), 422
    try:
        package, content = asked_first(lambda: _do(number, form, _taken(form)))
    except _REFUSALS as refusal:
        return _page(number, why=_words(refusal)), 409
    headers = {"Content-Disposition": f"attachment; filename={package.number}.zip"}
    return Response(content, mimetype="application/zip", headers=headers)


@blueprint.post("/filing/<number>/passphrase")
@staff_only(*DECIDING)
def read_passphrase(number: str) -> str | tuple[str, int]:
    """Show the passphrase, once, to somebody who hasn't the file."""
    form = FileForm()
    if not form.validate():
        return _page(number, why="页面放久了，请再按一次。"), 422
    try:
        package, shown = _do(number, form, filing_act.read_passphrase)
    except _REFUSALS as refusal:
        return _page(number, why=_words(refusal)), 409
    return render_template("admin/filing/passphrase.html", package=package, passphrase=shown)


def _taken(form: FileForm) -> Callable[[Session, Case, Hand], Any]:
    return partial(filing_act.take_file, all_the_same=form.all_the_same.data)


def _do(number: str, form: FileForm, act: Callable[[Session, Case, Hand], Any]) -> Any:
    """Do an act on a case that its doer decides about; for others there is none."""
    with writing() as session:
        desk = Desk.of(session)
        case = _case(session, desk, number, to_change=True)
        return act(session, case, Hand(desk.access, desk.book, form.seen))


def _case(session: Session, desk: Desk, number: str, *, to_change: bool = False) -> Case:
    try:
        case = find_case(session, desk.access, number, to_change=to_change)
    except NoSuchCase:
        abort(404)
    decides = desk.access.decides(decider_of(session, case, desk.book))
    return case if decides else abort(404)


def _words(refusal: Exception) -> str:
    return _WHY.get(type(refusal), "这件还没有办结，或者口令已经取走，现在不能这样办。")


def _page(number: str, *, why: str = "") -> str:
    with reading() as session:
        desk = Desk.of(session)
        case = _case(session, desk, number)
        filings = filings_of(session, case)
        opened = still_open(session, case, desk.book)
        names = names_of_staff(session)
    waiting = filings[0][1] if filings and filings[0][1].passphrase is not None else None
    return render_template(
        "admin/filing/case.html",
        case=case,
        filings=[(one, package) for one, package in filings if one.filed_on],
        still_open=opened,
        waiting=waiting,
        took_file=waiting is not None and waiting.made_by == desk.access.staff_id,
        taken_by=names.get(waiting.made_by, "") if waiting else "",
        form=FileForm(formdata=None, data={"version": str(case.version)}),
        why=why,
    )
