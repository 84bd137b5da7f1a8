"""Changing the policy list by a spreadsheet: look at the differences, say why, then draft them."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.policies import draft_content
from admin.policies.checks import Refused
from admin.policies.columns import SHEET
from admin.policies.drafting import NothingChanges
from admin.policies.pages.blueprint import (
    blueprint,
    draft_asked,
    drafted_address,
    keep,
    the_draft,
    who_changes,
)
from admin.policies.pages.drafts import policies
from admin.policies.pages.forms import TakeOverForm
from admin.policies.pages.shown import shown_of
from admin.policies.proposal import proposed
from admin.policies.whole_sheet import SheetRead, read_policies
from admin.publishing.desk import PUBLISHING_ROLES, NotADraft, Publisher, SomebodyWasFaster
from admin.publishing.pages.room import publisher, whole
from admin.sheets.headed import SheetRow
from admin.sheets.uploaded import MOST_BYTES, BadSheet
from portal.foundation import clock
from portal.foundation.database import reading, writing
from portal.foundation.uploads import takes_file, uploaded_file

Answer = str | tuple[str, int] | Response


@blueprint.get("/publishing/policies/import")
@staff_only(*PUBLISHING_ROLES)
def import_page() -> str:
    """Ask for a spreadsheet."""
    with reading() as session:
        _about_draft(session, publisher(session))
    return _ask()


@blueprint.post("/publishing/policies/import")
@staff_only(*PUBLISHING_ROLES)
@takes_file(MOST_BYTES)
def look_at_sheet() -> Answer:
    """Show what a spreadsheet would change, or what is wrong with it; the file isn't kept."""
    with reading() as session:
        me = publisher(session)
        data = _about_draft(session, me)
    try:
        rows = SHEET.read(uploaded_file())
        read = read_policies(rows, me.book)
    except BadSheet as bad:
        return _ask(bad.problems), 422
    data["table"] = SHEET.as_text(rows)
    return _look(me, read, TakeOverForm(formdata=None, data=data))


@blueprint.post("/publishing/policies/import/save")
@staff_only(*PUBLISHING_ROLES)
def save_sheet() -> Answer:
    """Draft what the spreadsheet changes, every row of it read and checked once more."""
    form = TakeOverForm()
    with reading() as session:
        me = publisher(session)
    try:
        rows: list[SheetRow] = SHEET.read_text(form.table.data or "")
        read = read_policies(rows, me.book)
    except BadSheet as bad:
        return _ask(bad.problems), 422
    if not form.validate():
        return _look(me, read, form), 422
    return _save(form, read)


def _save(form: TakeOverForm, read: SheetRead) -> Answer:
    note, holds_from = form.why
    try:
        with writing() as session:
            me = who_changes(session)
            proposal = proposed(read.wanted, me.book, note=note, holds_from=holds_from)
            draft = keep(session, me, proposal, whole(form.version.data))
    except Refused as refused:
        form.blame(refused.wrong)
        return _look(me, read, form), 422
    except NothingChanges:
        return _look(me, read, form), 422
    except (SomebodyWasFaster, NotADraft):
        with reading() as session:
            form.version.data = _about_draft(session, me)["version"]
        return _look(me, read, form, why="您打开以后，这一稿有了变化。"), 409
    policies.compare(draft.key)
    return redirect(drafted_address(draft), 303)


def _about_draft(session: Session, me: Publisher) -> dict[str, Any]:
    """The version of the draft that the address names, and why and from when it changes what."""
    if not draft_asked():
        return {"version": "0", "holds_from": clock.today()}
    draft = the_draft(session, draft_asked())
    proposal = draft_content.unseal(session, draft, me.office).proposal
    return {
        "version": str(draft.version),
        "note": proposal.note,
        "holds_from": proposal.holds_from,
    }


def _ask(problems: list[str] | None = None) -> str:
    return render_template(
        "admin/policies/import.html", problems=problems or [], draft=draft_asked()
    )


def _look(me: Publisher, read: SheetRead, form: TakeOverForm, *, why: str = "") -> str:
    """The differences between the spreadsheet and the list as it stands now."""
    day = form.holds_from.data or clock.today()
    proposal = proposed(read.wanted, me.book, note="", holds_from=day)
    shown = shown_of(proposal, me.book)
    return render_template(
        "admin/policies/import_check.html",
        form=form,
        shown=shown,
        added=sum(one.difference.is_new for one in shown),
        unchanged=read.unchanged(proposal),
        left_out=[me.book.policies[code] for code in read.left_out(me.book)],
        why=why,
        draft=draft_asked(),
    )
