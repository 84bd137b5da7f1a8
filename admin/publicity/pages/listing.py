"""The record: what was done, and how much of it in each street; those with nothing yet, too."""

from __future__ import annotations

from flask import render_template

from admin.accounts.guard import staff_only
from admin.publicity.entry_list import MOST, WHOLE_DISTRICT, count, lines, months, totals
from admin.publicity.pages.blueprint import ROLES, asked_for, blueprint, recorder
from portal.foundation.database import reading


@blueprint.get("/publishing/publicity")
@staff_only(*ROLES)
def entries() -> str:
    """The list of one street or one month, or all of it."""
    with reading() as session:
        me = recorder(session)
        asked = asked_for(me)
        return render_template(
            "admin/publicity/entries.html",
            book=me.book,
            me=me,
            asked=asked,
            lines=lines(session, me, asked),
            number=count(session, me, asked),
            most=MOST,
            totals=totals(session, me, asked.month),
            months=months(session, me),
            whole_district=WHOLE_DISTRICT,
        )
