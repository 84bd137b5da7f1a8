"""Changing who is in charge: ask, show which cases would have gone elsewhere, then save."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from flask import current_app, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.guard import signed_in, staff_only
from admin.publishing.pages.comparing import repeating
from admin.responsibilities.change import (
    Change,
    Refused,
    SomebodyWasFaster,
    carry_out,
    wrong_with,
)
from admin.responsibilities.pages.blueprint import DESK, OFFICE_ROLES, Editor, blueprint
from admin.responsibilities.pages.change_pages import CHANGE_PAGES, ChangePage
from admin.responsibilities.pages.forms import ChangeForm
from admin.responsibilities.preview import Preview, preview
from admin.responsibilities.row_lines import line_of
from admin.responsibilities.table import LastChange, last_change, names_of
from portal.campaign.responsibility import Responsibility
from portal.foundation.database import reading, writing

Answer = str | tuple[str, int] | Response


@blueprint.get("/responsibilities/new")
@staff_only(*OFFICE_ROLES)
def new_row() -> Answer:
    """Ask for a new row."""
    return _ask(CHANGE_PAGES["new"], None)


@blueprint.get("/responsibilities/<int:row_id>/<any('replace','end'):name>")
@staff_only(*OFFICE_ROLES)
def row_change(row_id: int, name: str) -> Answer:
    """Ask what is to become of a row."""
    return _ask(CHANGE_PAGES[name], row_id)


@blueprint.post("/responsibilities/new")
@staff_only(*OFFICE_ROLES)
def add_row() -> Answer:
    """Show what a new row would do, or add it."""
    return _take(CHANGE_PAGES["new"], None)


@blueprint.post("/responsibilities/<int:row_id>/<any('replace','end'):name>")
@staff_only(*OFFICE_ROLES)
def change_row(row_id: int, name: str) -> Answer:
    """Show what the change of a row would do, or make it."""
    return _take(CHANGE_PAGES[name], row_id)


@dataclass(frozen=True)
class _Desk:
    """The form of a change on the desk, beside the table that it is held against."""

    session: Session
    editor: Editor
    page: ChangePage
    form: ChangeForm
    row: Responsibility | None

    @classmethod
    def of(cls, session: Session, page: ChangePage, form: ChangeForm, row_id: int | None) -> _Desk:
        editor = Editor.of(session)
        form.offer(editor.table)
        row = None if row_id is None else editor.table.row(row_id)
        return cls(session, editor, page, form, row)

    def proposed(self) -> Change | None:
        """The change that the form describes; none where something is wrong, which it then
        says."""
        if not self.form.validate():
            return None
        change = self.form.proposed(self.row)
        return None if self.blames(change) else change

    def blames(self, change: Change, repeated: Container[str] = ()) -> bool:
        """Whether something is wrong with a change, which the form then says."""
        wrong = wrong_with(change, self.editor.table, repeated)
        self.form.blame(wrong)
        return bool(wrong)

    def show(self, *, seen: Preview | None = None, faster: LastChange | None = None) -> str:
        """The page with the form as it is, and what there is to say about it."""
        line = None
        if self.row is not None:
            line = line_of(self.row, self.editor.table.book, names_of(self.session, [self.row]))
        return render_template(
            "admin/responsibilities/change.html",
            page=self.page,
            form=self.form,
            book=self.editor.table.book,
            line=line,
            seen=seen,
            faster=faster,
        )

    def show_effect(self, change: Change) -> str:
        """The page with the cases that would have gone elsewhere; now it can be saved."""
        self.form.previewed.data = change.digest
        seen = preview(self.session, self.editor.access, self.editor.table, change)
        return self.show(seen=seen)

    def give_back(self) -> str:
        """The form as it was typed, for the table as somebody else left it."""
        self.form.version.data, self.form.previewed.data = self.editor.table.version, ""
        return self.show(faster=last_change(self.session))


def _ask(page: ChangePage, row_id: int | None) -> Answer:
    with reading() as session:
        table = Editor.of(session).table
        row = None if row_id is None else table.row(row_id)
        data = {"version": table.version, **page.filled_in(row, table.today)}
        return _Desk.of(session, page, page.form(formdata=None, data=data), row_id).show()


def _take(page: ChangePage, row_id: int | None) -> Answer:
    with reading() as session:
        desk = _Desk.of(session, page, page.form(), row_id)
        change = desk.proposed()
        if change is None:
            return desk.show(), 422
        if desk.form.version.data != desk.editor.table.version:
            return desk.give_back(), 409
    repeated = repeating(change.bases, DESK, row_id or "")
    with reading() as session:
        desk = _Desk.of(session, page, desk.form, row_id)
        if desk.blames(change, repeated):
            return desk.show(), 422
        if "save" not in request.form or desk.form.previewed.data != change.digest:
            return desk.show_effect(change)
    return _save(desk, change)


def _save(desk: _Desk, change: Change) -> Answer:
    try:
        with writing() as session:
            table = Editor.of(session, to_change=True).table
            seen = desk.form.version.data or ""
            carry_out(session, change, table, by=signed_in().id, seen=seen)
    except (SomebodyWasFaster, Refused):
        row_id = desk.row.id if desk.row else None
        with reading() as session:
            return _Desk.of(session, desk.page, desk.form, row_id).give_back(), 409
    return redirect(f"{current_app.extensions['links'].in_charge()}?done={desk.page.name}", 303)
