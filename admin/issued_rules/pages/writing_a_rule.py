"""Writing an entry, and correcting one by a new version."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, redirect, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from admin.accounts.guard import staff_only
from admin.accounts.once import EnteredBefore
from admin.entries.withdrawal import whole
from admin.issued_rules.answering import numbers_in, say_answers
from admin.issued_rules.entering import correct, enter
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
)
from admin.issued_rules.pages.forms import CorrectionForm, NewRuleForm, RuleForm
from admin.issued_rules.rule_list import line_of
from portal.foundation import clock
from portal.foundation.database import reading, writing
from portal.published.notice import Notice


@blueprint.get("/issued-rules/new")
@staff_only(*WRITING_ROLES)
def new_rule() -> Answer:
    """Ask what was issued; a problem that the address names is filled in."""
    with reading() as session:
        me = rule_reader(session)
        notices = _notices(session)
    problem = request.args.get("problem", "")[:20]
    form = NewRuleForm(formdata=None, data={"issued_on": clock.today(), "problems": problem})
    form.offer(me, notices)
    return _page(form)


@blueprint.post("/issued-rules/new")
@staff_only(*WRITING_ROLES)
def write_rule() -> Answer:
    """Keep it, or give the form back with what was typed."""
    form = NewRuleForm()
    try:
        with writing() as session:
            me = rule_reader(session)
            form.offer(me, _notices(session))
            if not form.validate():
                return _page(form), 422
            form.refuse_twice(session)
            rule = enter(session, by=me, unit=form.unit_of(me), issued=form.issued)
            wanted = numbers_in(form.problems.data or "")
            say_answers(session, rule, by=me, seen=(), wanted=wanted)
            rule_id = rule.id
    except EnteredBefore:
        return redirect(f"{links().issued_rules()}?done=once", 303)
    except FAULTS as refusal:
        return _refused(form, refusal)
    return redirect(f"{links().issued_rules(rule_id)}?done=entered", 303)


@blueprint.get("/issued-rules/<int:rule_id>/correct")
@staff_only(*WRITING_ROLES)
def correction(rule_id: int) -> Answer:
    """Show what it says, to be written anew."""
    with reading() as session:
        me = rule_reader(session)
        found = to_write(session, me, rule_id)
        line = line_of(session, me, rule_id) or abort(404)
        form = CorrectionForm(formdata=None)
        form.offer(me, _notices(session, line.now.notice_slug), unit=found.unit_code)
        form.show(line)
    return _page(form, rule_id)


@blueprint.post("/issued-rules/<int:rule_id>/correct")
@staff_only(*WRITING_ROLES)
def correct_rule(rule_id: int) -> Answer:
    """Keep the new version, or give the form back with what was typed."""
    form = CorrectionForm()
    try:
        with writing() as session:
            me = rule_reader(session)
            found = to_write(session, me, rule_id, to_change=True)
            now = found.version
            form.offer(me, _notices(session, request.form.get("notice")), unit=found.unit_code)
            if not form.validate():
                return _page(form, rule_id), 422
            version, reason = whole(form.version.data), form.reason.data or ""
            correct(session, found, by=me, version=version, issued=form.issued, reason=reason)
    except FAULTS as refusal:
        return _refused(form, refusal, rule_id)
    except tuple(WHY) as refusal:
        form.version.data = str(now)
        return _page(form, rule_id, why=WHY[type(refusal)]), 409
    return redirect(f"{links().issued_rules(rule_id)}?done=corrected", 303)


def _notices(session: Session, kept: str | None = None) -> Sequence[Notice]:
    """The notices that may be named: those that stand on the site, and the one that stood there."""
    wanted = (
        select(Notice)
        .where((Notice.withdrawn_on.is_(None)) | (Notice.slug == kept))
        .order_by(Notice.published_on.desc(), Notice.slug)
        .options(load_only(Notice.slug, Notice.title))
    )
    return session.scalars(wanted).all()


def _refused(form: RuleForm, refusal: Exception, rule_id: int = 0) -> Answer:
    name, words = fault_of(refusal)
    form[name].errors = [words]
    return _page(form, rule_id), 422


def _page(form: RuleForm, rule_id: int = 0, *, why: str = "") -> str:
    return render_template("admin/issued_rules/form.html", form=form, rule_id=rule_id, why=why)
