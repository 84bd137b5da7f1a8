"""One case's follow-ups: what was answered, who asked, how it ended, and what may be done now."""

from __future__ import annotations

from flask import render_template

from admin.accounts.guard import staff_only
from admin.desk.pages import done
from admin.desk.pages.case_page import subject_of
from admin.follow_up.pages.acts import ACTS
from admin.follow_up.pages.blueprint import Asking, blueprint
from intake.cases.case import NO_DUE_DATE
from intake.rules.satisfaction import SCORES
from portal.foundation.staff import AT_A_DESK


@blueprint.get("/cases/<number>/follow-up")
@staff_only(*AT_A_DESK)
def case_follow_up(number: str) -> str:
    """Show them."""
    asking = Asking.read(number)
    return render_template(
        "admin/follow_up/case_follow_up.html",
        subject=subject_of(asking.case_file.case, asking.desk.book),
        acts=[ACTS[slug] for slug in asking.file.acts],
        scores=SCORES,
        no_date=NO_DUE_DATE,
        enough=asking.desk.book.campaign.follow_up.get("attempts"),
        unit_name=asking.desk.book.unit_name,
        flash_messages=done.unpack(asking.desk.access.staff_id),
        **asking.context,
    )
