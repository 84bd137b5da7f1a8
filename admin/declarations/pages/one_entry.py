"""One entry with its history, and its withdrawal."""

from __future__ import annotations

from flask import redirect, render_template, request

from admin.accounts.guard import staff_only
from admin.accounts.staff_names import names_of
from admin.declarations.declaration_list import history, is_late
from admin.declarations.declaring import (
    AlreadyWithdrawn,
    NeedsReason,
    SomebodyWasFaster,
    withdraw,
)
from admin.declarations.keeper import ROLES
from admin.declarations.pages.blueprint import Answer, blueprint, keeper, links, the_entry
from admin.declarations.pages.forms import WithdrawForm, month_name, whole
from admin.publishing.people_check import PointsToPerson
from portal.campaign.declaration_rule import DeclarationRule
from portal.foundation.database import reading, writing

_DONE = {
    "entered": "已记下，这个单位也看得到。",
    "corrected": "已更正，原来写的还看得到。",
    "withdrawn": "已撤回，不再计数。",
}
WHY = {
    SomebodyWasFaster: "您打开这一页以后，这一笔有人改过。请再看一遍。",
    AlreadyWithdrawn: "这一笔已经撤回，不能再改。",
}


@blueprint.get("/declarations/<key>")
@staff_only(*ROLES)
def declaration(key: str) -> str:
    """What it says, and what it said before."""
    done = _DONE.get(request.args.get("done", ""))
    with reading() as session:
        me = keeper(session)
        found = the_entry(session, me, key)
        versions, reason = history(session, me, found)
        writers = [version.written_by for version, _ in versions]
        names = names_of(session, [*writers, found.withdrawn_by])
    return render_template(
        "admin/declarations/declaration.html",
        book=me.book,
        entry=found,
        versions=versions,
        late=is_late(DeclarationRule.of(me.book.campaign), found, versions[0][0]),
        month_name=month_name,
        reason=reason,
        names=names,
        flash_messages=[done] if done else [],
    )


@blueprint.get("/declarations/<key>/withdraw")
@staff_only(*ROLES)
def withdrawal(key: str) -> Answer:
    """Ask for the reason."""
    with reading() as session:
        found = the_entry(session, keeper(session), key)
    form = WithdrawForm(formdata=None, data={"version": str(found.version)})
    return _withdraw_page(key, form)


@blueprint.post("/declarations/<key>/withdraw")
@staff_only(*ROLES)
def withdraw_declaration(key: str) -> Answer:
    """Withdraw it, or give the form back with what was typed."""
    form = WithdrawForm()
    try:
        with writing() as session:
            me = keeper(session)
            found = the_entry(session, me, key, to_change=True)
            now = found.version
            if not form.validate():
                return _withdraw_page(key, form), 422
            version, reason = whole(form.version.data), form.reason.data or ""
            withdraw(session, found, by=me, version=version, reason=reason)
    except (NeedsReason, PointsToPerson) as refusal:
        form.reason.errors = [getattr(refusal, "said", "请写为什么")]
        return _withdraw_page(key, form), 422
    except tuple(WHY) as refusal:
        form.version.data = str(now)
        return _withdraw_page(key, form, why=WHY[type(refusal)]), 409
    return redirect(f"{links().declarations(key)}?done=withdrawn", 303)


def _withdraw_page(key: str, form: WithdrawForm, *, why: str = "") -> str:
    return render_template("admin/declarations/withdrawal.html", key=key, form=form, why=why)
