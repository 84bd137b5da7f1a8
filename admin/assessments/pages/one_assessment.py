"""One assessment before the office: its streets, who asks, how far it is."""

from __future__ import annotations

from flask import render_template, request

from admin.accounts.guard import staff_only
from admin.accounts.reader import Reader
from admin.accounts.staff_names import names_of
from admin.assessments.giving_rows import given, left
from admin.assessments.pages.blueprint import OFFICE_ROLES, blueprint
from admin.assessments.pages.forms import TakeBackForm
from admin.assessments.printing_slips import slips_left
from admin.assessments.sight import find_assessment, streets_of
from intake.assessing.assessment import AssessmentState
from intake.assessing.questions import of_rows
from portal.foundation.database import reading

_DONE = {
    "opened": "评估已经开始。街道现在能看到要报名单行数。",
    "lists": "名单行数记下了。",
    "draw": "抽好了。行号不能再抽一次，现在可以分给访的人。",
    "interviewers": "分好了，他在“评估”里看得到。",
    "take-back": "没访的几户拿回来了。",
    "close": "评估结束，结果算好了。",
    "drop": "这次评估不做了。",
}


@blueprint.get("/assessments/<key>")
@staff_only(*OFFICE_ROLES)
def assessment(key: str) -> str:
    """All of it but what anybody answered."""
    with reading() as session:
        reader = Reader.of_the_office(session)
        one = find_assessment(session, reader.access, reader.book, key)
        is_drawn = one.state is AssessmentState.DRAWN
        streets = streets_of(session, one)
        has = given(session, one)
        done = request.args.get("done", "")
        return render_template(
            "admin/assessments/assessment.html",
            book=reader.book,
            one=one,
            questions=of_rows(one.questions),
            streets=streets,
            all_reported=all(street.recipients for street in streets),
            given=has,
            left=left(session, one),
            slips_left=sum(slips_left(session, one, x.unit_code) for x in streets)
            if is_drawn
            else 0,
            names=names_of(session, (item.staff_id for item in has)),
            take=TakeBackForm(formdata=None, data={"version": str(one.version)}),
            flash_messages=[_DONE[done]] if done in _DONE else [],
        )
