"""Choosing an annex, with what it will add up to, and taking it as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import IO

from flask import Response, current_app, render_template, request

from admin.accounts.guard import staff_only
from admin.annexes.columns import Annex
from admin.annexes.making import make_annex
from admin.annexes.pages.blueprint import READERS, blueprint, reader
from admin.annexes.pages.forms import WantedForm
from admin.annexes.problem_cells import wan
from admin.annexes.rows import Reading
from admin.annexes.totals import sums_of
from portal.foundation.database import reading
from portal.foundation.spreadsheets import XLSX

_AT_ONCE = 1 << 16


@blueprint.get("/annexes")
@staff_only(*READERS)
def annexes() -> str | tuple[str, int]:
    """Show what the annexes of a time add up to."""
    with reading() as session:
        by = reader(session)
        form = WantedForm.asked(request.args, by)
        page = partial(
            render_template, "admin/annexes/annexes.html", form=form, office=by.access.as_office
        )
        if not form.validate():
            return page(sums=None), 422
        sums = sums_of(session, by.access, form.wanted)
    asked = request.query_string.decode()
    files = [(one, f"{one}.xlsx" + (f"?{asked}" if asked else "")) for one in Annex]
    return page(sums=sums, wan=wan(sums.amount), files=files)


@blueprint.get("/annexes/<any('statistics','problems'):name>.xlsx")
@staff_only(*READERS)
def annex(name: str) -> Response:
    """The annex of a time as a workbook; no copy of it stays here."""
    with reading() as session:
        by = reader(session)
        form = WantedForm.asked(request.args, by)
        if not form.validate():
            return Response(
                "请先在上一页选好时间和单位，再下载。",
                422,
                content_type="text/plain; charset=utf-8",
            )
        asked = Reading(by, form.wanted, current_app.extensions["links"].result)
        file = make_annex(session, Annex(name), asked, current_app.extensions["settings"].data_dir)
    return _sent(file, f"annex-{name}-{form.wanted.first}-{form.wanted.last}.xlsx")


def _sent(file: IO[bytes], name: str) -> Response:
    """The file as an answer; it is closed, and so gone, when it was sent or nobody took it."""
    answer = Response(_pieces(file), content_type=XLSX)
    answer.content_length = file.seek(0, 2)
    file.seek(0)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.call_on_close(file.close)
    return answer


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_AT_ONCE):
            yield piece
