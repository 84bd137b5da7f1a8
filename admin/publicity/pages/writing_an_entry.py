"""Writing an entry, and correcting one by a new version."""

from __future__ import annotations

from flask import redirect, render_template
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.accounts.once import EnteredBefore
from admin.entries.withdrawal import Answer, whole, why_not
from admin.publicity.entry_list import history
from admin.publicity.pages.blueprint import ROLES, blueprint, links, recorder, the_entry
from admin.publicity.pages.forms import EntryForm, NewEntryForm
from admin.publicity.pages.one_entry import NOUN
from admin.publicity.recorder import Recorder
from admin.publicity.recording import (
    NeedsText,
    NotItsStreet,
    NotYet,
    NotYourUnit,
    correct,
    enter,
)
from portal.foundation import clock
from portal.foundation.database import reading, writing

_WHY = why_not(NOUN)
# Which field a refusal belongs to, and what it says there.
_FAULTS = {
    NeedsText: ("where", "请写具体在哪里"),
    NotItsStreet: ("place", "这个单位只记自己的街道"),
    NotYet: ("done_on", "这一天还没有到"),
    NotYourUnit: ("unit", "请选您自己的单位"),
}


@blueprint.get("/publishing/publicity/new")
@staff_only(*ROLES)
def new_entry() -> Answer:
    """Ask what was done."""
    with reading() as session:
        me = recorder(session)
    form = NewEntryForm(formdata=None, data={"done_on": clock.today()})
    form.offer(me)
    return _page(form)


@blueprint.post("/publishing/publicity/new")
@staff_only(*ROLES)
def write_entry() -> Answer:
    """Keep it, or give the form back with what was typed."""
    form = NewEntryForm()
    try:
        with writing() as session:
            me = recorder(session)
            form.offer(me)
            if not form.validate():
                return _page(form), 422
            form.refuse_twice(session)
            entry_id = enter(session, by=me, unit=form.unit_of(me), done=form.done).id
    except EnteredBefore:
        return redirect(f"{links().publicity_entries()}?done=once", 303)
    except tuple(_FAULTS) as refusal:
        return _refused(form, refusal)
    return redirect(f"{links().publicity_entry(entry_id)}?done=entered", 303)


@blueprint.get("/publishing/publicity/<int:entry_id>/correct")
@staff_only(*ROLES)
def correction(entry_id: int) -> Answer:
    """Show what it says, to be written anew."""
    with reading() as session:
        me = recorder(session)
        form = EntryForm(formdata=None)
        _offer_for(session, form, me, entry_id)
    return _page(form, entry_id)


@blueprint.post("/publishing/publicity/<int:entry_id>/correct")
@staff_only(*ROLES)
def correct_entry(entry_id: int) -> Answer:
    """Keep the new version, or give the form back with what was typed."""
    form = EntryForm()
    try:
        with writing() as session:
            me = recorder(session)
            found = the_entry(session, me, entry_id, to_change=True)
            now = found.version
            form.offer(me, unit=found.unit_code)
            if not form.validate():
                return _page(form, entry_id), 422
            version = whole(form.version.data)
            correct(session, found, by=me, version=version, done=form.done)
    except tuple(_FAULTS) as refusal:
        return _refused(form, refusal, entry_id)
    except tuple(_WHY) as refusal:
        form.version.data = str(now)
        return _page(form, entry_id, why=_WHY[type(refusal)]), 409
    return redirect(f"{links().publicity_entry(entry_id)}?done=corrected", 303)


def _offer_for(session: Session, form: EntryForm, me: Recorder, entry_id: int) -> None:
    found = the_entry(session, me, entry_id)
    form.offer(me, unit=found.unit_code)
    versions, _ = history(session, me, found)
    form.show(*versions[0])


def _refused(form: EntryForm, refusal: Exception, entry_id: int = 0) -> Answer:
    name, words = _FAULTS[type(refusal)]
    form[name].errors = [words]
    return _page(form, entry_id), 422


def _page(form: EntryForm, entry_id: int = 0, *, why: str = "") -> str:
    return render_template("admin/publicity/form.html", form=form, entry_id=entry_id, why=why)
