"""Saying what became of a copy elsewhere after its page was taken down here."""

from __future__ import annotations

from flask import redirect, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import DateField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired, InputRequired, ValidationError

from admin.accounts.guard import staff_only
from admin.accounts.staff_form import StaffForm
from admin.appearances.ending import BeforeItStood, EndedAlready, end
from admin.appearances.pages.blueprint import blueprint
from admin.appearances.published_items import name_of, title_of
from admin.appearances.recording import NotYet
from admin.publishing.desk import PUBLISHING_ROLES
from admin.publishing.pages.room import Answer, links, publisher, the_one
from portal.foundation import clock
from portal.foundation.database import reading, writing
from portal.published.appearance import Appearance, StaysBecause

_TAKEN_DOWN = "taken_down"
_HOW = {_TAKEN_DOWN: "那边已经撤下了"} | {one.value: one.official for one in StaysBecause}
_LATE = "另一位同事刚刚记过这一处。"


class EndingForm(StaffForm):
    """What became of it, and on which day."""

    how = RadioField(
        "那边怎么样了",
        [DataRequired("请选一个")],
        choices=[SelectChoice(value, words) for value, words in _HOW.items()],
        validate_choice=False,
    )
    on = DateField("哪一天", [InputRequired("请选日期")])

    def validate_how(self, field: RadioField) -> None:
        """One of them."""
        if field.data and field.data not in _HOW:
            raise ValidationError("请选一个")

    @property
    def stays(self) -> StaysBecause | None:
        """Why it stays; None where it was taken down."""
        return None if self.how.data == _TAKEN_DOWN else StaysBecause(self.how.data)


@blueprint.get("/publishing/appearances/<int:entry>/ending")
@staff_only(*PUBLISHING_ROLES)
def ask_ending(entry: int) -> str:
    """Ask what became of it."""
    return _page(entry, EndingForm(formdata=None, on=clock.today()))


@blueprint.post("/publishing/appearances/<int:entry>/ending")
@staff_only(*PUBLISHING_ROLES)
def do_ending(entry: int) -> Answer:
    """Write it down, or give the form back with what was typed."""
    form = EndingForm()
    if not form.validate() or form.on.data is None:
        return _page(entry, form), 422
    try:
        with writing() as session:
            me, found = publisher(session), _gone(session, entry, to_change=True)
            end(session, found, by=me, on=form.on.data, stays=form.stays)
    except NotYet:
        form.on.errors = ["这一天还没到"]
        return _page(entry, form), 422
    except BeforeItStood:
        form.on.errors = ["这一天那边还没有登"]
        return _page(entry, form), 422
    except EndedAlready:
        return _page(entry, form, why=_LATE), 409
    return redirect(f"{links().appearances()}?done=ended", 303)


def _gone(session: Session, entry: int, *, to_change: bool = False) -> Appearance:
    """One whose page stands here no more."""
    gone = select(Appearance).where(Appearance.id == entry, Appearance.gone_on.is_not(None))
    return the_one(session, gone, to_change=to_change)


def _page(entry: int, form: EndingForm, *, why: str = "") -> str:
    with reading() as session:
        me = publisher(session)
        found = _gone(session, entry)
        name = title_of(session, found.path, me.book) or name_of(session, found.path)
    return render_template(
        "admin/appearances/ending.html", one=found, name=name, form=form, why=why
    )
