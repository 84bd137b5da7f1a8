"""The months: which are published, which wait for a second reader, which could be counted."""

from __future__ import annotations

from datetime import date

from flask import redirect, render_template, request

from admin.accounts.guard import staff_only
from admin.public_figures.draft_words import NotForThePublic
from admin.public_figures.figures_list import listed
from admin.public_figures.month import month_of
from admin.public_figures.month_count import NotCountedYet
from admin.public_figures.pages.blueprint import blueprint
from admin.public_figures.pages.forms import PrepareForm
from admin.public_figures.preparing import NotAnEndedMonth, StandsThere, prepare
from admin.publishing.desk import PUBLISHING_ROLES, NeedsText, SomebodyWasFaster
from admin.publishing.leak_check import Leak
from admin.publishing.pages.comparing import repeats_a_case
from admin.publishing.pages.room import Answer, links, publisher, whole
from portal.foundation.database import reading, writing

_WITHDRAWN = "已撤下，公众现在看不到了。"
_WHY: dict[type[Exception], str] = {
    NotAnEndedMonth: "这个月还没有过完，或者那时还没有来件。",
    NotCountedYet: "这个月的经过还没有数完，过一会儿再来。",
    StandsThere: "这个月公布了。要重新数，先撤下。",
    SomebodyWasFaster: "您打开这一页以后，另一位同事数过这个月。请再看一遍。",
}


@blueprint.get("/publishing/figures")
@staff_only(*PUBLISHING_ROLES)
def months() -> str:
    """All months."""
    return _page()


@blueprint.post("/publishing/figures")
@staff_only(*PUBLISHING_ROLES)
def prepare_month() -> Answer:
    """Count a month for a second reader, or say why it can't be."""
    form = PrepareForm()
    month, version = month_of(form.month.data or ""), whole(form.version.data)
    try:
        _refuse_echoes(form, month)
        with writing() as session:
            me = publisher(session)
            if month is None:
                raise NotAnEndedMonth
            if not form.validate():
                return _page(form), 422
            note = form.note.data or ""
            draft = prepare(session, month, by=me, version=version, note=note)
    except NeedsText:
        form.note.errors = ["这个月公布过又撤下了，请写为什么再公布"]
        return _page(form), 422
    except NotForThePublic as found:
        form.note.errors = [str(found)]
        return _page(form), 422
    except tuple(_WHY) as refusal:
        return _page(form, why=_WHY[type(refusal)]), 409
    return redirect(f"{links().public_figures(draft.id)}?done=prepared", 303)


def _refuse_echoes(form: PrepareForm, month: date | None) -> None:
    """Refuse a note that repeats words of a case."""
    with reading() as session:
        publisher(session)
    note = form.note.data or ""
    if (
        month
        and note.strip()
        and form.validate()
        and repeats_a_case({"note": note}, "figures", f"{month:%Y-%m}")
    ):
        raise NotForThePublic(frozenset({Leak.INSIDE_WORDS}))


def _page(form: PrepareForm | None = None, *, why: str = "") -> str:
    with reading() as session:
        publisher(session)
        return render_template(
            "admin/public_figures/months.html",
            months=listed(session),
            form=form,
            why=why,
            flash_messages=[_WITHDRAWN] if request.args.get("done") == "withdrawn" else [],
        )
