"""Saying which problems of the ledger a rule answers."""

from __future__ import annotations

from flask import redirect, render_template
from werkzeug.exceptions import NotFound

from admin.accounts.guard import staff_only
from admin.issued_rules.answering import NoSuchProblems, answered, numbers_in, say_answers
from admin.issued_rules.pages.blueprint import (
    WHY,
    WRITING_ROLES,
    Answer,
    blueprint,
    fault_of,
    links,
    rule_reader,
    to_write,
)
from admin.issued_rules.pages.forms import AnswersForm
from portal.foundation.database import reading, writing


@blueprint.get("/issued-rules/<int:rule_id>/problems")
@staff_only(*WRITING_ROLES)
def problems(rule_id: int) -> Answer:
    """Show those that he may see, to be written anew."""
    with reading() as session:
        me = rule_reader(session)
        found = to_write(session, me, rule_id)
        if found.withdrawn_at is not None:
            raise NotFound
        numbers = " ".join(answered(session, found, me))
    form = AnswersForm(formdata=None, data={"seen": numbers, "problems": numbers})
    return _page(rule_id, form)


@blueprint.post("/issued-rules/<int:rule_id>/problems")
@staff_only(*WRITING_ROLES)
def keep_problems(rule_id: int) -> Answer:
    """Keep them, or give the form back with what was typed."""
    form = AnswersForm()
    try:
        with writing() as session:
            me = rule_reader(session)
            found = to_write(session, me, rule_id, to_change=True)
            now = answered(session, found, me)
            if not form.validate():
                return _page(rule_id, form), 422
            seen, wanted = numbers_in(form.seen.data or ""), numbers_in(form.problems.data or "")
            say_answers(session, found, by=me, seen=seen, wanted=wanted)
    except NoSuchProblems as refusal:
        form.problems.errors = [fault_of(refusal)[1]]
        return _page(rule_id, form), 422
    except tuple(WHY) as refusal:
        form.seen.data = " ".join(now)
        return _page(rule_id, form, why=WHY[type(refusal)], now=now), 409
    return redirect(f"{links().issued_rules(rule_id)}?done=answers", 303)


def _page(rule_id: int, form: AnswersForm, *, why: str = "", now: tuple[str, ...] = ()) -> str:
    return render_template(
        "admin/issued_rules/problems.html", rule_id=rule_id, form=form, why=why, now=now
    )
