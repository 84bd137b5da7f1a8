"""One entry with its history, and its withdrawal."""

from __future__ import annotations

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.accounts.staff_names import names_of
from admin.publicity.entry_list import history
from admin.publicity.pages.blueprint import ROLES, blueprint, links, recorder, the_entry
from admin.publicity.pages.forms import WithdrawForm, whole
from admin.publicity.recording import AlreadyWithdrawn, NeedsText, SomebodyWasFaster, withdraw
from portal.foundation.database import reading, writing

_DONE = {
    "entered": "已记下。",
    "corrected": "已更正，原来写的还看得到。",
    "withdrawn": "已撤回，不再计数。",
}
WHY = {
    SomebodyWasFaster: "您打开这一页以后，这一条有人改过。请再看一遍。",
    AlreadyWithdrawn: "这一条已经撤回，不能再改。",
}
Answer = str | tuple[str, int] | Response


@blueprint.get("/publishing/publicity/<int:entry_id>")
@staff_only(*ROLES)
def entry(entry_id: int) -> str:
    """What it says, and what it said before."""
    done = _DONE.get(request.args.get("done", ""))
    with reading() as session:
        me = recorder(session)
        found = the_entry(session, me, entry_id)
        versions, reason = history(session, me, found)
        writers = [version.written_by for version, _ in versions]
        names = names_of(session, [*writers, found.withdrawn_by])
    return render_template(
        "admin/publicity/entry.html",
        book=me.book,
        entry=found,
        versions=versions,
        reason=reason,
        names=names,
        flash_messages=[done] if done else [],
    )


@blueprint.get("/publishing/publicity/<int:entry_id>/withdraw")
@staff_only(*ROLES)
def withdrawal(entry_id: int) -> Answer:
    """Ask for the reason."""
    with reading() as session:
        found = the_entry(session, recorder(session), entry_id)
    form = WithdrawForm(formdata=None, data={"version": str(found.version)})
    return _withdraw_page(entry_id, form)


@blueprint.post("/publishing/publicity/<int:entry_id>/withdraw")
@staff_only(*ROLES)
def withdraw_entry(entry_id: int) -> Answer:
    """Withdraw it, or give the form back with what was typed."""
    form = WithdrawForm()
    try:
        with writing() as session:
            me = recorder(session)
            found = the_entry(session, me, entry_id, to_change=True)
            now = found.version
            if not form.validate():
                return _withdraw_page(entry_id, form), 422
            version, reason = whole(form.version.data), form.reason.data or ""
            withdraw(session, found, by=me, version=version, reason=reason)
    except NeedsText:
        form.reason.errors = ["请写为什么"]
        return _withdraw_page(entry_id, form), 422
    except tuple(WHY) as refusal:
        form.version.data = str(now)
        return _withdraw_page(entry_id, form, why=WHY[type(refusal)]), 409
    return redirect(f"{links().publicity_entry(entry_id)}?done=withdrawn", 303)


def _withdraw_page(entry_id: int, form: WithdrawForm, *, why: str = "") -> str:
    return render_template("admin/publicity/withdrawal.html", entry_id=entry_id, form=form, why=why)
