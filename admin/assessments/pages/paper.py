"""What an interviewer prints: the numbers of his rows, for the street that keeps the list, and a
questionnaire for each row. Neither says whose row it is, which policy it is about, or which rows
are reserves."""

from __future__ import annotations

from flask import render_template

from admin.accounts.guard import staff_only
from admin.accounts.reader import Reader
from admin.assessments.pages.blueprint import ASKING_ROLES, blueprint
from admin.assessments.pages.own_rows import open_own
from intake.assessing.questions import COMPLAINED, COMPLAINED_HINT, of_rows
from portal.foundation.database import reading


@blueprint.get("/assessments/<key>/paper")
@staff_only(*ASKING_ROLES)
def paper(key: str) -> str:
    """Both, for the printer."""
    with reading() as session:
        reader = Reader.of(session)
        one, rows = open_own(session, reader, key)
    numbers: dict[str, list[int]] = {}
    for own in rows:
        numbers.setdefault(own.row.unit_code, []).append(own.row.row_number)
    return render_template(
        "admin/assessments/paper.html",
        book=reader.book,
        one=one,
        numbers={code: sorted(those) for code, those in numbers.items()},
        sheets=[own.row for own in rows if own.to_ask and own.entry is None],
        questions=of_rows(one.questions),
        complained=COMPLAINED,
        complained_hint=COMPLAINED_HINT,
    )
