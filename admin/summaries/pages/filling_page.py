"""The page on which a unit's part is written, or corrected."""

from __future__ import annotations

from flask import abort, redirect, render_template
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.accounts.hand import Hand
from admin.accounts.reader import Reader
from admin.returns import return_texts
from admin.returns.allowed import NeedsReason, ReturnChanged, may_confirm
from admin.returns.signed_version import ReturnState
from admin.summaries.contributing import HoldsNumbers, NeedsWork, fill_in
from admin.summaries.contribution import Contribution
from admin.summaries.pages.blueprint import WRITING_ROLES, Answer, blueprint, links
from admin.summaries.pages.forms import PartForm
from admin.summaries.part_content import PARTS, PartTexts
from admin.summaries.part_list import versions_of
from admin.summaries.part_prefill import prefill_part
from admin.summaries.planned import Owed
from admin.summaries.sight import find
from portal.foundation import clock
from portal.foundation.database import reading, writing


@blueprint.get("/summaries/<key>/parts/<unit>/fill")
@staff_only(*WRITING_ROLES)
def fill(key: str, unit: str) -> Answer:
    """Ask the unit; what the ledger says stands there already, and what was typed before."""
    with reading() as session:
        reader, owed = _named(session, key, unit)
        newest = next(iter(versions_of(session, owed)), None)
        form = PartForm(formdata=None, data=_written(session, reader, newest))
        return _page(session, reader, owed, form)


@blueprint.post("/summaries/<key>/parts/<unit>/fill", endpoint="fill_in")
@staff_only(*WRITING_ROLES)
def fill_in_part(key: str, unit: str) -> Answer:
    """Keep it, or give the form back with what was typed."""
    form = PartForm()
    status, why = 422, ""
    if form.validate():
        try:
            with writing() as session:
                reader, owed = _named(session, key, unit)
                by = Hand(reader.access, reader.book, form.seen)
                fill_in(session, owed, by=by, typed=form.typed)
        except NeedsWork:
            form.work.errors = [f"请写{PARTS['work']}"]
        except HoldsNumbers as refusal:
            form[refusal.field].errors = ["里面有身份证号、手机号或者卡号，请去掉，不写到人"]
        except NeedsReason:
            form.correction.errors = ["请写为什么更正"]
        except ReturnChanged:
            status, why = 409, "您打开这一页以后，有人写过或者报过。"
        else:
            return redirect(f"{links().summary_part(key, unit)}?done=written", 303)
    with reading() as session:
        reader, owed = _named(session, key, unit)
        return _page(session, reader, owed, form, why=why), status


def _named(session: Session, key: str, unit: str) -> tuple[Reader, Owed]:
    """The part of the address, for whoever may write it now; for others there is no page."""
    reader = Reader.of(session)
    owed = find(reader.access, reader.book, key, unit)
    may = may_confirm(session, reader.access, unit)
    if not may or clock.today() < owed.planned.days.remind_on:
        abort(404)
    return reader, owed


def _written(session: Session, reader: Reader, newest: Contribution | None) -> dict[str, object]:
    """What the newest version says; the reason of an earlier correction isn't that of the next."""
    if newest is None:
        return {}
    told = return_texts.read(session, newest, reader.access)
    texts = PartTexts.of(told["body"])
    still_open = newest.state is ReturnState.FILLED_IN
    return {
        **{name: getattr(texts, name) for name in PARTS},
        "correction": told["correction"] if still_open else "",
    }


def _page(session: Session, reader: Reader, owed: Owed, form: PartForm, *, why: str = "") -> str:
    newest = next(iter(versions_of(session, owed)), None)
    # A form that comes back keeps the version that its writer saw, until he hears of another.
    if why or not form.version.data:
        form.version.data = str(newest.edition if newest else 0)
    first = newest is None or (newest.version == 1 and newest.state is ReturnState.FILLED_IN)
    return render_template(
        "admin/summaries/fill.html",
        book=reader.book,
        owed=owed,
        planned=owed.planned,
        counted=prefill_part(session, reader.book, owed),
        form=form,
        corrects=not first,
        why=why,
    )
