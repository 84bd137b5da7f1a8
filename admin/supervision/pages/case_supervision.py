"""The supervision of one case: by when, what was demanded and said, and what may be done now."""

from __future__ import annotations

from flask import render_template

from admin.accounts.guard import staff_only
from admin.desk.pages import done
from admin.supervision.pages.blueprint import Standing, blueprint
from admin.supervision.pages.steps import STEPS
from portal.foundation.staff import AT_A_DESK


@blueprint.get("/cases/<number>/supervision")
@staff_only(*AT_A_DESK)
def case_supervision(number: str) -> str:
    """Show it. Where there is none yet, whoever decides finds here how to open one."""
    standing = Standing.read(number)
    return render_template(
        "admin/supervision/case_supervision.html",
        case=standing.case,
        file=standing.file,
        unit=standing.desk.book.unit_name(standing.case.unit_code),
        steps=[step for slug, step in STEPS.items() if slug in standing.file.steps],
        flash_messages=done.unpack(standing.desk.access.staff_id),
    )
