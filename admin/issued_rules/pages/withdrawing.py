"""Withdrawing an entry."""

from __future__ import annotations

from flask import redirect, render_template

from admin.accounts.guard import staff_only
from admin.issued_rules.entering import withdraw
from admin.issued_rules.pages.blueprint import (
    FAULTS,
    WHY,
    WRITING_ROLES,
    Answer,
    blueprint,
    fault_of,
    links,
    rule_reader,
    to_write,
    whole,
)
from admin.issued_rules.pages.forms import WithdrawForm
from portal.foundation.database import reading, writing


@blueprint.get("/issued-rules/<int:rule_id>/withdraw")
@staff_only(*WRITING_ROLES)
def withdrawal(rule_id: int) -> Answer:
    """Ask for the reason."""
    with reading() as session:
        found = to_write(session, rule_reader(session), rule_id)
    form = WithdrawForm(formdata=None, data={"version": str(found.version)})
    return _page(rule_id, form)


@blueprint.post("/issued-rules/<int:rule_id>/withdraw")
@staff_only(*WRITING_ROLES)
def withdraw_rule(rule_id: int) -> Answer:
    """Withdraw it, or give the form back with what was typed."""
    form = WithdrawForm()
    try:
        with writing() as session:
            me = rule_reader(session)
            found = to_write(session, me, rule_id, to_change=True)
            now = found.version
            if not form.validate():
                return _page(rule_id, form), 422
            version, reason = whole(form.version.data), form.reason.data or ""
            withdraw(session, found, by=me, version=version, reason=reason)
    except FAULTS as refusal:
        form.reason.errors = [fault_of(refusal)[1]]
        return _page(rule_id, form), 422
    except tuple(WHY) as refusal:
        form.version.data = str(now)
        return _page(rule_id, form, why=WHY[type(refusal)]), 409
    return redirect(f"{links().issued_rules(rule_id)}?done=withdrawn", 303)


def _page(rule_id: int, form: WithdrawForm, *, why: str = "") -> str:
    return render_template(
        "admin/issued_rules/withdrawal.html", rule_id=rule_id, form=form, why=why
    )
