"""The office's reply templates: the list, one of them, writing it, retiring it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from flask import abort, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.desk.entries import names_of_staff
from admin.desk.pages import done
from admin.desk.pages.desk import Desk
from admin.reply_templates import templates
from admin.reply_templates.pages.blueprint import Answer, blueprint, links
from admin.reply_templates.pages.forms import WordingForm, revision_in
from admin.reply_templates.templates import BadWording, NoSuchReplyTemplate, TemplateChanged
from admin.reply_templates.variables import VARIABLES
from portal.foundation.database import reading, writing
from portal.foundation.staff import Role

OFFICE_ROLES = (Role.OFFICE, Role.OFFICE_HEAD)


@blueprint.get("/reply-templates")
@staff_only(*OFFICE_ROLES)
def templates_list() -> str:
    """Every template, for what it is, and how often it was used."""
    with reading() as session:
        desk = _office(session)
        found = templates.all_templates(session)
        used = templates.uses(session, desk.access)
    return render_template(
        "admin/reply_templates/templates.html",
        rows=[(one, used.get(one.key, 0)) for one in found if not one.is_retired],
        retired=[one for one in found if one.is_retired],
        flash_messages=done.unpack(desk.access.staff_id),
    )


@blueprint.get("/reply-templates/new")
@staff_only(*OFFICE_ROLES)
def new_template() -> str:
    """The empty form."""
    with reading() as session:
        _office(session)
    return _form_page(WordingForm(formdata=None))


@blueprint.post("/reply-templates/new")
@staff_only(*OFFICE_ROLES)
def add_template() -> Answer:
    """Check a new template and keep it, or say what is wrong with it."""
    form = WordingForm()
    if not form.validate():
        return _form_page(form, faults=form.faults), 422
    try:
        with writing() as session:
            desk = _office(session)
            templates.add_template(session, form.wording, by=desk.access.staff_id)
    except BadWording as bad:
        return _form_page(form, faults=bad.faults), 422
    return _to_list(desk, f"模板“{form.wording.name}”存好了，写答复的时候能选。")


@blueprint.get("/reply-templates/<key>")
@staff_only(*OFFICE_ROLES)
def template(key: str) -> str:
    """What a template says, and everything that it said before."""
    with reading() as session:
        _office(session)
        one = _find(session, key)
    return _form_page(WordingForm.of(one), key)


@blueprint.post("/reply-templates/<key>")
@staff_only(*OFFICE_ROLES)
def save_template(key: str) -> Answer:
    """Check what was written anew and keep it as a revision; the earlier one stays."""
    form = WordingForm()
    if not form.validate():
        return _form_page(form, key, faults=form.faults), 422
    try:
        with writing() as session:
            desk = _office(session)
            wording, by = form.wording, desk.access.staff_id
            templates.revise(session, desk.book, key, wording, seen=form.revision, by=by)
    except NoSuchReplyTemplate:
        abort(404)
    except BadWording as bad:
        return _form_page(form, key, faults=bad.faults), 422
    except TemplateChanged:
        return _form_page(form, key, late=True), 409
    return _to_list(desk, f"模板“{form.wording.name}”改好了。已经写好的答复不受影响。")


@blueprint.post("/reply-templates/<key>/retire")
@staff_only(*OFFICE_ROLES)
def retire_template(key: str) -> Answer:
    """Offer it to nobody any more."""
    return _put_aside(key, templates.retire, "停用了，写答复的时候不再列出来。")


@blueprint.post("/reply-templates/<key>/restore")
@staff_only(*OFFICE_ROLES)
def restore_template(key: str) -> Answer:
    """Offer it again."""
    return _put_aside(key, templates.restore, "又能用了。")


def _put_aside(key: str, act: Callable[..., None], said: str) -> Answer:
    seen = revision_in(request.form.get("seen", ""))
    try:
        with writing() as session:
            desk = _office(session)
            name = _find(session, key).wording.name
            act(session, desk.book, key, seen=seen, by=desk.access.staff_id)
    except TemplateChanged:
        with reading() as session:
            form = WordingForm.of(_find(session, key))
        return _form_page(form, key, late=True), 409
    return _to_list(desk, f"模板“{name}”{said}")


def _office(session: Session) -> Desk:
    """For whoever isn't of the office of this campaign, the page doesn't exist."""
    desk = Desk.of(session)
    return desk if desk.access.as_office else abort(404)


def _find(session: Session, key: str) -> templates.Template:
    try:
        return templates.find_template(session, key)
    except NoSuchReplyTemplate:
        abort(404)


def _to_list(desk: Desk, sentence: str) -> Response:
    said = urlencode({done.FIELD: done.pack(desk.access.staff_id, [sentence])})
    return redirect(f"{links().reply_templates()}?{said}", 303)


def _form_page(
    form: WordingForm, key: str = "", *, faults: list[str] | None = None, late: bool = False
) -> str:
    """The form with what was typed; of a template that a colleague wrote anew, with what it says
    now, to look and press again."""
    with reading() as session:
        one = _find(session, key) if key else None
        revisions = templates.revisions_of(session, key) if key else []
        names = names_of_staff(session)
    if late and one:
        form.seen.data = str(one.revision)
    return render_template(
        "admin/reply_templates/template.html",
        form=form,
        template=one,
        revisions=[(x, names.get(x.written_by or 0, "")) for x in revisions],
        variables=VARIABLES,
        faults=faults or [],
        late=late,
    )
