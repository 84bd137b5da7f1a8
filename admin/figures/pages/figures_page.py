"""The figures of a time as a table to read, and every unit and kind of it as a file."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, render_template, request

from admin.accounts.access import Access
from admin.accounts.guard import signed_in, staff_only
from admin.figures.figures import Table, summed, total
from admin.figures.pages.blueprint import blueprint
from admin.figures.pages.forms import By, FiguresForm
from admin.figures.reading import read
from admin.figures.scope import counts_for_all
from admin.figures.sheet import to_csv
from portal.campaign.book import Book, book
from portal.campaign.kinds import Kind
from portal.foundation.database import reading
from portal.foundation.staff import AT_A_DESK, Role

_READERS = (*AT_A_DESK, Role.AUDITOR)


@blueprint.get("/figures", endpoint="figures")
@staff_only(*_READERS)
def figures_page() -> str | tuple[str, int]:
    """Show the figures of a time."""
    form = FiguresForm.asked(request.args)
    if not form.validate():
        return render_template("admin/figures/figures.html", form=form, rows=None), 422
    table, here, everybody = _read(form)
    rows = summed(table, _named(form.beside, here), form.kinds)
    return render_template(
        "admin/figures/figures.html",
        form=form,
        rows=rows,
        total=total(rows),
        everybody=everybody,
        file=request.full_path.replace("/figures", "/figures.csv", 1),
    )


@blueprint.get("/figures.csv")
@staff_only(*_READERS)
def file() -> Response:
    """The same time, a line for each unit and kind."""
    form = FiguresForm.asked(request.args)
    if not form.validate():
        return Response("请写对日期，再下载。", 422, content_type="text/plain; charset=utf-8")
    table, here, _ = _read(form)
    name = "figures-{}-{}.csv".format(*form.time)
    return Response(
        to_csv(table, here, form.kinds),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _read(form: FiguresForm) -> tuple[Table, Book, bool]:
    with reading() as session:
        here, staff = book(session), signed_in()
        access = Access.of(staff, here)
        table = read(session, access, staff, *form.time)
        return table, here, counts_for_all(access, staff)


def _named(beside: By, here: Book) -> Callable[[str, Kind], str]:
    if beside is By.KIND:
        return lambda _unit, kind: kind.official
    return lambda unit, _kind: here.unit_name(unit)
