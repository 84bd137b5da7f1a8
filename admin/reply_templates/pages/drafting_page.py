"""Drafting a reply with a template: it is put behind what is typed already, never over it, and its
gaps have to be filled in before the draft goes on."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, render_template, request
from sqlalchemy.orm import Session

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.desk import casework
from admin.desk.case_file import CaseFile, read_case
from admin.desk.gaps import GapsLeft, gaps_in
from admin.desk.hand import Hand, NeedsText, SomebodyWasFaster
from admin.desk.pages.desk import Desk
from admin.desk.pages.gap_words import gaps_to_fill
from admin.desk.pages.list_place import back_to, carried, case_address
from admin.reply_templates import templates
from admin.reply_templates.pages.blueprint import Answer, blueprint
from admin.reply_templates.pages.forms import TemplateDraftForm
from admin.reply_templates.templates import Template, offered_for
from admin.reply_templates.variables import values_of
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation.database import reading, writing
from portal.foundation.staff import AT_A_DESK
from portal.foundation.uploads import takes_attachments

_ADD, _SEND = "add", "send"
_MOST_SHOWN = 70


@dataclass(frozen=True)
class _Drafting:
    """A case before somebody who drafts its reply, with the templates of its kind."""

    desk: Desk
    file: CaseFile
    offered: list[Template]

    @classmethod
    def read(cls, number: str) -> _Drafting:
        """For whoever may not see the case it doesn't exist."""
        with reading() as session:
            desk = Desk.of(session)
            try:
                file = read_case(session, desk.access, desk.book, number)
            except NoSuchCase:
                abort(404)
            return cls(desk, file, offered_for(session, file.case.kind))

    def filled(self, one: Template) -> str:
        """A template's text for the case."""
        return one.wording.filled(values_of(self.file.case, self.desk.book))

    @property
    def possible(self) -> bool:
        """Whether this person may draft now."""
        return "draft" in self.file.acts


@blueprint.get("/cases/<number>/reply-templates")
@staff_only(*AT_A_DESK)
def draft_page(number: str) -> Answer:
    """The templates of the case's kind, and what was drafted before."""
    here = _Drafting.read(number)
    data = {
        "version": str(here.file.case.version),
        "list": carried(here.desk.access, here.desk.book).query,
    }
    form = TemplateDraftForm(formdata=None, data=data)
    form.begin_with(here.desk.book, here.file)
    page = _page(here, form)
    return page if here.possible else (page, 409)


@blueprint.post("/cases/<number>/reply-templates")
@takes_attachments
@staff_only(*AT_A_DESK)
def draft(number: str) -> Answer:
    """Take over what was typed on the case's page; add a template to it; or send it to review."""
    here, form, wanted = _Drafting.read(number), TemplateDraftForm(), request.form.get("do", "")
    if not here.possible:
        return _page(here, form), 409
    if wanted == _SEND:
        return _send(here, form, number)
    if wanted == _ADD:
        chosen = next((one for one in here.offered if one.key == form.template.data), None)
        if chosen is None:
            form.offer_templates(here.offered)
            form.template.errors = ["请选一个模板"]
            return _page(here, form), 422
        form.add(chosen.key, here.filled(chosen))
    return _page(here, form)


def _send(here: _Drafting, form: TemplateDraftForm, number: str) -> Answer:
    form.offer_templates(here.offered)
    if not form.validate():
        return _page(here, form), 422
    try:
        with writing() as session:
            _draft(session, here.desk, form, number)
    except NoSuchCase:
        abort(404)
    except GapsLeft as left:
        form.words.errors = [gaps_to_fill(left)]
        return _page(here, form), 422
    except NeedsText:
        form.words.errors = ["请写答复"]
        return _page(here, form), 422
    except (SomebodyWasFaster, MoveNotAllowed):
        return _late(form, number), 409
    desk = here.desk
    said = [f"答复已送审核：{number}。"]
    return back_to(carried(desk.access, desk.book), desk.access.staff_id, said)


def _draft(session: Session, desk: Desk, form: TemplateDraftForm, number: str) -> None:
    case = find_case(session, desk.access, number, to_change=True)
    hand = Hand(desk.access, desk.book, form.seen)
    casework.draft_reply(session, case, hand, form.words.data, files=form.files.data)
    for key in form.used_keys:
        templates.note_use(session, desk.book, case, key)


def _late(form: TemplateDraftForm, number: str) -> str:
    """What was typed, and the case as it is now, to look and press again."""
    here = _Drafting.read(number)
    form.version.data = str(here.file.case.version)
    return _page(here, form, late=True)


def _beginning(text: str) -> str:
    """As much of a template as it takes to know it again."""
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def _page(here: _Drafting, form: TemplateDraftForm, *, late: bool = False) -> str:
    form.offer_templates(here.offered)
    number, view = here.file.case.number, carried(here.desk.access, here.desk.book)
    return render_template(
        "admin/reply_templates/draft.html",
        case=here.file.case,
        form=form,
        possible=here.possible,
        late=late,
        latest=here.file.events[0] if late and here.file.events else None,
        filled={one.key: _beginning(here.filled(one)) for one in here.offered},
        gaps=gaps_in(form.words.data or ""),
        back=case_address(number, view),
    )
