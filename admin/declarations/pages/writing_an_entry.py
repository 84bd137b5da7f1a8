"""Writing an entry, and correcting one by a new version."""

from __future__ import annotations

from flask import redirect, render_template

from admin.accounts.guard import staff_only
from admin.accounts.once import EnteredBefore
from admin.declarations.declaration_list import history
from admin.declarations.declaring import (
    Nothing,
    NotItsMonth,
    NotYet,
    NotYourUnit,
    ReceiptIncomplete,
    ReceiptTwice,
    RefundIncomplete,
    correct,
    enter,
)
from admin.declarations.keeper import ROLES, Keeper
from admin.declarations.months import month_of
from admin.declarations.pages.blueprint import Answer, blueprint, keeper, links, the_entry
from admin.declarations.pages.forms import CorrectionForm, DeclarationForm, NewDeclarationForm
from admin.declarations.pages.one_entry import NOUN
from admin.entries.standing import NeedsReason
from admin.entries.withdrawal import whole, why_not
from admin.publishing.people_check import PointsToPerson
from portal.foundation import clock
from portal.foundation.database import reading, writing

# Which field a refusal belongs to, and what it says there.
_FAULTS = {
    NotYourUnit: ("unit", "请选您自己的单位"),
    NotItsMonth: ("month", "请选治理期间的一个月"),
    Nothing: ("declared", "说明的、退赔的都是0，不用记；没有的写在月报里"),
    RefundIncomplete: ("yuan", "退赔的人数、金额、退到哪里，要么都写，要么都不写"),
    ReceiptIncomplete: ("receipt", "回执的文号和日期要一起写；还没有回执，两个都空着"),
    ReceiptTwice: ("receipt", "这份回执已经记过一次，再记就算了两遍"),
    NotYet: ("receipt_on", "这一天还没有到"),
    NeedsReason: ("reason", "请写为什么"),
}
_WHY = why_not(NOUN)
_REFUSALS: tuple[type[Exception], ...] = (PointsToPerson, *_FAULTS)


@blueprint.get("/declarations/new")
@staff_only(*ROLES)
def new_declaration() -> Answer:
    """Ask how many."""
    with reading() as session:
        me = keeper(session)
    this_month = month_of(me.book, clock.today())
    form = NewDeclarationForm(formdata=None, data={"month": f"{this_month:%Y-%m}"})
    form.offer(me)
    return _page(form, me)


@blueprint.post("/declarations/new")
@staff_only(*ROLES)
def write_declaration() -> Answer:
    """Keep it, or give the form back with what was typed."""
    form = NewDeclarationForm()
    try:
        with writing() as session:
            me = keeper(session)
            form.offer(me)
            if not form.validate():
                return _page(form, me), 422
            form.refuse_twice(session)
            key = enter(session, by=me, unit=form.unit_of(me), said=form.said).key
    except EnteredBefore:
        return redirect(f"{links().declarations()}?done=once", 303)
    except _REFUSALS as refusal:
        return _refused(form, me, refusal)
    return redirect(f"{links().declarations(key)}?done=entered", 303)


@blueprint.get("/declarations/<key>/correct")
@staff_only(*ROLES)
def correction(key: str) -> Answer:
    """Show what it says, to be written anew."""
    with reading() as session:
        me = keeper(session)
        found = the_entry(session, me, key)
        form = CorrectionForm(formdata=None)
        form.offer(me, unit=found.unit_code)
        form.show(*history(session, me, found)[0][0])
    return _page(form, me, key)


@blueprint.post("/declarations/<key>/correct")
@staff_only(*ROLES)
def correct_declaration(key: str) -> Answer:
    """Keep the new version, or give the form back with what was typed."""
    form = CorrectionForm()
    try:
        with writing() as session:
            me = keeper(session)
            found = the_entry(session, me, key, to_change=True)
            now = found.version
            form.offer(me, unit=found.unit_code)
            if not form.validate():
                return _page(form, me, key), 422
            version, reason = whole(form.version.data), form.reason.data or ""
            correct(session, found, by=me, version=version, said=form.said, reason=reason)
    except _REFUSALS as refusal:
        return _refused(form, me, refusal, key)
    except tuple(_WHY) as refusal:
        form.version.data = str(now)
        return _page(form, me, key, why=_WHY[type(refusal)]), 409
    return redirect(f"{links().declarations(key)}?done=corrected", 303)


def _refused(form: DeclarationForm, me: Keeper, refusal: Exception, key: str = "") -> Answer:
    if isinstance(refusal, PointsToPerson):
        name, words = refusal.field, refusal.said
    else:
        name, words = _FAULTS[type(refusal)]
    form[name].errors = [words]
    return _page(form, me, key), 422


def _page(form: DeclarationForm, me: Keeper, key: str = "", *, why: str = "") -> str:
    return render_template(
        "admin/declarations/form.html", form=form, me=me, key=key, why=why, book=me.book
    )
