"""Finding that a matter of a case is another body's."""

from __future__ import annotations

from flask import abort, render_template
from sqlalchemy.orm import Session

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.desk.case_file import CaseFile, read_case
from admin.desk.hand import Hand, NeedsText, SomebodyWasFaster, UnitIsBarred, decider_of
from admin.desk.pages.desk import Desk
from admin.referrals.bodies import levels
from admin.referrals.deciding import find, may_find
from admin.referrals.pages.blueprint import Answer, blueprint, desk_of, go_to, links, why_refused
from admin.referrals.pages.forms import NewReferralForm
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation.database import reading, writing
from portal.foundation.staff import AT_A_DESK

_REFUSALS = (SomebodyWasFaster, MoveNotAllowed, UnitIsBarred)


@blueprint.get("/cases/<number>/referrals/new")
@staff_only(*AT_A_DESK)
def new_referral(number: str) -> Answer:
    """Ask whom it concerns, which body it is for, and why."""
    desk, file = _file(number)
    form = NewReferralForm(formdata=None, data={"version": str(file.case.version)})
    form.choose_from(desk.book, file.known_barred)
    page = _page(desk, file, form)
    return page if _possible(desk, file) else (page, 409)


@blueprint.post("/cases/<number>/referrals/new")
@staff_only(*AT_A_DESK)
def find_matter(number: str) -> Answer:
    """Write it down; somebody else decides."""
    desk, file = _file(number)
    form = NewReferralForm()
    form.choose_from(desk.book, file.known_barred)
    if not form.validate():
        return _page(desk, file, form), 422 if _possible(desk, file) else 409
    try:
        with writing() as session:
            case = find_case(session, desk.access, number, to_change=True)
            referral = find(session, case, Hand(desk.access, desk.book, form.seen), form.matter)
            key = referral.key
    except NoSuchCase:
        abort(404)
    except NeedsText:
        form.form_errors.append("理由是空的，请写几句")
        return _page(desk, file, form), 422
    except _REFUSALS as refusal:
        desk, file = _file(number)
        form.version.data = str(file.case.version)
        return _page(desk, file, form, why=why_refused(refusal)), 409
    said = "记下了。请另一位同事打开这一页，决定移送不移送。"
    return go_to(links().referral(key), desk, said)


def _file(number: str) -> tuple[Desk, CaseFile]:
    with reading() as session:
        desk = desk_of(session)
        try:
            file = read_case(session, desk.access, desk.book, number)
        except NoSuchCase:
            abort(404)
        return desk, _of_who_decides(session, desk, file)


def _of_who_decides(session: Session, desk: Desk, file: CaseFile) -> CaseFile:
    """For whoever doesn't decide about a case there is nothing to be found here."""
    decides = desk.access.decides(decider_of(session, file.case, desk.book))
    return file if decides else abort(404)


def _possible(desk: Desk, file: CaseFile) -> bool:
    return may_find(file.case, bool(levels(desk.book)))


def _page(desk: Desk, file: CaseFile, form: NewReferralForm, *, why: str = "") -> str:
    possible = _possible(desk, file)
    if not possible and not why:
        why = "这件已经撤回，或者这次治理的数据里没有写移送给谁。"
    return render_template(
        "admin/referrals/new.html",
        case=file.case,
        file=file,
        form=form,
        why=why,
        possible=possible,
        hints={
            one.code: f"建议移送{desk.book.unit_name(one.body)}。{one.basis}"
            for one in levels(desk.book)
        },
    )
