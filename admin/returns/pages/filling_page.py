"""The page on which a return is filled in, or corrected."""

from __future__ import annotations

from flask import abort, current_app, redirect, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.accounts.hand import Hand
from admin.accounts.reader import Reader
from admin.ledger.pages.blueprint import CHECKING_ROLES
from admin.returns import allowed, return_texts
from admin.returns.allowed import may_confirm
from admin.returns.expected import Expected
from admin.returns.filling import confirm
from admin.returns.monthly_return import MonthlyReturn, ReturnState
from admin.returns.newest import versions_of
from admin.returns.pages.blueprint import blueprint
from admin.returns.pages.forms import FillForm
from admin.returns.prefill import prefill
from admin.returns.sight import find
from portal.foundation import clock
from portal.foundation.database import reading, writing

Answer = str | tuple[str, int] | Response
_BLAME = {
    allowed.NilButFound: ("nil", "台账里这一期有查出的问题，不能零报送"),
    allowed.NilNotSaid: ("nil", "一个问题也没有查出，请勾“零报送”；有没记的，先记进台账"),
    allowed.TooManyHouseholds: ("visited", "摸底的和没找到人的，加起来不能比应摸底的多"),
    allowed.NeedsReason: ("correction", "请写为什么更正"),
}


@blueprint.get("/returns/<month>/<unit>/<receiver>/fill")
@staff_only(*CHECKING_ROLES)
def fill(month: str, unit: str, receiver: str) -> Answer:
    """Ask the unit; what the ledger says stands there already, and what was typed before."""
    with reading() as session:
        reader, expected = _named(session, month, unit, receiver)
        newest = next(iter(versions_of(session, expected)), None)
        form = FillForm(formdata=None, data=_filled_in(session, reader, newest))
        return _page(session, reader, expected, form)


@blueprint.post("/returns/<month>/<unit>/<receiver>/fill", endpoint="confirm")
@staff_only(*CHECKING_ROLES)
def confirm_return(month: str, unit: str, receiver: str) -> Answer:
    """Confirm it, or give the form back with what was typed."""
    form = FillForm()
    status, why = 422, ""
    if form.validate():
        try:
            with writing() as session:
                reader, expected = _named(session, month, unit, receiver)
                by = Hand(reader.access, reader.book, form.seen)
                confirm(session, expected, by=by, typed=form.typed)
        except tuple(_BLAME) as refusal:
            field, error = _BLAME[type(refusal)]
            form[field].errors = [error]
        except allowed.ReturnChanged:
            status, why = 409, "您打开这一页以后，有人填过或者报过。下面的数是现在的。"
        else:
            address = current_app.extensions["links"].returns(month, unit, receiver)
            return redirect(f"{address}?done=filled", 303)
    with reading() as session:
        reader, expected = _named(session, month, unit, receiver)
        return _page(session, reader, expected, form, why=why), status


def _named(session: Session, month: str, unit: str, receiver: str) -> tuple[Reader, Expected]:
    """The return of the address, for whoever may fill it in now; for others there is no page."""
    reader = Reader.of(session)
    expected = find(reader.access, reader.book, month, unit, receiver)
    may = may_confirm(session, reader.access, unit)
    if not may or clock.today() < expected.period.remind_on:
        abort(404)
    return reader, expected


def _filled_in(session: Session, reader: Reader, newest: MonthlyReturn | None) -> dict[str, object]:
    """What the newest version says; the reason of an earlier correction isn't that of the next."""
    if newest is None:
        return {}
    said, texts = newest.said, return_texts.read(session, newest, reader.access)
    still_open = newest.state is ReturnState.FILLED_IN
    return {
        "households_due": said.households.due,
        "visited": said.households.visited,
        "not_reached": said.households.not_reached,
        "nil": said.nil,
        "remark": texts["remark"],
        "correction": texts["correction"] if still_open else "",
    }


def _page(
    session: Session, reader: Reader, expected: Expected, form: FillForm, *, why: str = ""
) -> str:
    newest = next(iter(versions_of(session, expected)), None)
    # A form that comes back keeps the edition that its writer saw, until he hears of another.
    if why or not form.edition.data:
        form.edition.data = str(newest.edition if newest else 0)
    first = newest is None or (newest.version == 1 and newest.state is ReturnState.FILLED_IN)
    return render_template(
        "admin/returns/fill.html",
        book=reader.book,
        expected=expected,
        counted=prefill(session, reader.book, expected),
        form=form,
        corrects=not first,
        why=why,
    )
