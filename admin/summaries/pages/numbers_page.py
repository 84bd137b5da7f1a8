"""The list behind a number: as it is now, or as it was when a summary was frozen. The number is
what its list adds up to, since both come from the same rows; what doesn't exist for a reader any
more is left out of both here, and stays in the number that was frozen."""

from __future__ import annotations

from decimal import Decimal

from flask import abort, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import visible
from admin.accounts.guard import staff_only
from admin.accounts.reader import Reader
from admin.summaries.composing import newest
from admin.summaries.fact_reading import read_facts
from admin.summaries.number import Number, Row, RowKind, written
from admin.summaries.number_list import numbers_of
from admin.summaries.pages.blueprint import OFFICE_ROLES, blueprint, to_put_together
from admin.summaries.planned import Planned
from admin.summaries.summary_words import rows_behind
from intake.cases.case import Case
from portal.foundation.database import reading

# A page holds no more rows than this; the sum is that of all.
_MOST = 500


@blueprint.get("/summaries/<key>/whole/numbers/<name>")
@staff_only(*OFFICE_ROLES)
def number(key: str, name: str) -> str:
    """What one number adds up, narrowed to a unit or a problem type where the address says so."""
    unit, problem_type = request.args.get("unit", ""), request.args.get("type", "")
    frozen = "frozen" in request.args
    with reading() as session:
        reader, planned = to_put_together(session, key)
        found = _number(session, reader, planned, name, frozen=frozen) or abort(404)
    shown = found.where(
        lambda row: (
            (not unit or row.unit == unit)
            and (not problem_type or row.problem_type == problem_type)
        )
    )
    return render_template(
        "admin/summaries/behind.html",
        book=reader.book,
        planned=planned,
        number=shown,
        value=written(shown.value, shown.measure),
        rows=shown.rows[:_MOST],
        more=max(0, len(shown.rows) - _MOST),
        whole=sum((row.worth for row in shown.rows), Decimal()),
        narrowed=[
            *([reader.book.units[unit].name] if unit in reader.book.units else []),
            *([problem_type] if problem_type in reader.book.problem_types else []),
        ],
        frozen=frozen,
    )


def _number(
    session: Session, reader: Reader, planned: Planned, name: str, *, frozen: bool
) -> Number | None:
    by = reader.hand()
    now = numbers_of(read_facts(session, by, planned)).get(name)
    if now is None or not frozen:
        return now
    summary = newest(session, planned.key)
    if summary is None:
        return None
    kept = rows_behind(session, summary, name, by.book.campaign.office_code)
    rows = _for_reader(session, reader, kept)
    return Number(key=now.key, name=now.name, measure=now.measure, rows=rows, secret=now.secret)


def _for_reader(session: Session, reader: Reader, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The lines of a frozen list that exist for a reader: a case may have come to accuse him since
    the list was frozen."""
    hidden = set(session.scalars(select(Case.number).where(~visible(reader.access))))
    return tuple(row for row in rows if row.kind is not RowKind.CASE or row.key not in hidden)
