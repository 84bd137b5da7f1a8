"""One referral, and the steps with it."""

from __future__ import annotations

from flask import abort, render_template

from admin.accounts.guard import staff_only
from admin.desk.hand import NeedsText
from admin.desk.pages import done
from admin.desk.pages.forms import ActForm
from admin.referrals.following import DayIsWrong
from admin.referrals.pages.blueprint import (
    REFUSALS,
    Answer,
    Paper,
    blueprint,
    go_to,
    links,
    why_refused,
)
from admin.referrals.pages.forms import day_today
from admin.referrals.pages.step import ORDER, STEPS, Step
from portal.foundation import clock
from portal.foundation.staff import AT_A_DESK


@blueprint.get("/referrals/<key>")
@staff_only(*AT_A_DESK)
def referral(key: str) -> str:
    """How far a referral is, and what may be done with it."""
    return referral_page(Paper.read(key))


@blueprint.get("/referrals/<key>/<slug>")
@staff_only(*AT_A_DESK)
def step(key: str, slug: str) -> Answer:
    """Say what a step will do, and ask for what it needs."""
    paper, chosen = _chosen(key, slug)
    form = chosen.form(formdata=None, data={"version": str(paper.file.referral.version)})
    day_today(form)
    page = _step_page(paper, chosen, form)
    return page if slug in paper.file.acts else (page, 409)


@blueprint.post("/referrals/<key>/<slug>")
@staff_only(*AT_A_DESK)
def take_step(key: str, slug: str) -> Answer:
    """Take it, or give the form back with what was typed."""
    paper, chosen = _chosen(key, slug)
    form = chosen.form()
    if not form.validate():
        return _step_page(paper, chosen, form), 422 if slug in paper.file.acts else 409
    try:
        paper.do(lambda s, case, one, hand: chosen.run(s, case, one, hand, form), form.seen)
    except NeedsText:
        form.form_errors.append("内容是空的，请写几句")
        return _step_page(paper, chosen, form), 422
    except DayIsWrong:
        form["on"].errors = ["这一天不对：不能是以后的日子，也不能早于它前面的事"]
        return _step_page(paper, chosen, form), 422
    except REFUSALS as refusal:
        paper = Paper.read(key)
        form.version.data = str(paper.file.referral.version)
        return _step_page(paper, chosen, form, why=why_refused(refusal)), 409
    # A body that sent a matter back doesn't see it any more.
    gone = slug == "return" and not paper.file.decides
    address = links().referrals() if gone else links().referral(key)
    return go_to(address, paper.desk, f"{chosen.done}。")


def referral_page(paper: Paper, *, why: str = "") -> str:
    """The page of a referral."""
    file = paper.file
    return render_template(
        "admin/referrals/referral.html",
        file=file,
        one=file.referral,
        case=file.case,
        form=ActForm(formdata=None, data={"version": str(file.referral.version)}),
        steps=[STEPS[slug] for slug in ORDER if slug in file.acts],
        unit=paper.desk.book.unit_name(file.case.unit_code),
        may_split=file.decides and file.case.state.is_open,
        today=clock.today(),
        why=why,
        flash_messages=done.unpack(paper.desk.access.staff_id),
    )


def _chosen(key: str, slug: str) -> tuple[Paper, Step]:
    """A step that doesn't exist and a referral that doesn't answer alike."""
    return (Paper.read(key), STEPS[slug]) if slug in STEPS else abort(404)


def _step_page(paper: Paper, chosen: Step, form: ActForm, *, why: str = "") -> str:
    possible = chosen.slug in paper.file.acts
    if not possible and not why:
        why = "现在不能这样办，或者要由另一个人来办。"
    return render_template(
        "admin/referrals/step.html",
        step=chosen,
        file=paper.file,
        case=paper.file.case,
        form=form,
        possible=possible,
        why=why,
    )
