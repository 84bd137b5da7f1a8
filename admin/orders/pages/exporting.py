"""The answers of a list as a workbook, and the empty workbook in which orders are written."""

from __future__ import annotations

from flask import Response, request

from admin.accounts.guard import staff_only
from admin.orders.answers_sheet import MOST_ROWS, TooMany, answers_workbook, file_name
from admin.orders.columns import COLUMNS, columns_for
from admin.orders.order_list import Wanted
from admin.orders.pages.blueprint import (
    ENTERING_ROLES,
    OFFICE_ROLES,
    Clerk,
    blueprint,
    go_to,
    links,
)
from intake.cases.event import record
from portal.foundation import clock
from portal.foundation.database import reading, writing
from portal.foundation.spreadsheets import XLSX, workbook_of

_WIDE = 60
_NARROW = 16


@blueprint.post("/orders/answers.xlsx")
@staff_only(*OFFICE_ROLES)
def answers() -> Response:
    """The list of the address as a file, all its pages; that it was taken is an event, before it
    goes out."""
    wanted = Wanted.read(request.args)
    with reading() as session:
        clerk = Clerk.of_the_office(session)
        try:
            made = answers_workbook(session, clerk.access, wanted)
        except TooMany:
            said = f"一张表最多{MOST_ROWS}件。请选一个来处，或者把日子写短一些，再导出。"
            address = f"{links().orders()}?{wanted.query}"
            return go_to(address, clerk.access.staff_id, said)  # type: ignore[return-value]
    with writing() as session:
        by = clerk.access.staff_id
        record(session, "order_answers_exported", by=by, count=made.orders)
    return _file(made.content, file_name(wanted, clock.today()))


@blueprint.get("/orders/template.xlsx")
@staff_only(*ENTERING_ROLES)
def template() -> Response:
    """The empty workbook of a sender, with its headings."""
    with reading() as session:
        source = Clerk.of(session).source
    widths = {
        COLUMNS[name].heading: _WIDE if name == "words" else _NARROW for name in columns_for(source)
    }
    return _file(workbook_of("来单", widths, ()), "orders-template.xlsx")


def _file(content: bytes, name: str) -> Response:
    return Response(
        content,
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
