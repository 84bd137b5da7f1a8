"""The list of referrals, and those of one case."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import abort, render_template, request

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.desk.hand import decider_of
from admin.desk.pages import done
from admin.referrals.bodies import level_name, levels
from admin.referrals.deciding import may_find
from admin.referrals.pages.blueprint import blueprint, desk_of, links
from admin.referrals.referral_list import Part, due_on, read_list, read_totals
from intake.cases.referral import ReferralState
from intake.referred import referrals_of
from portal.foundation import clock
from portal.foundation.database import reading
from portal.foundation.staff import AT_A_DESK


@blueprint.get("/referrals")
@staff_only(*AT_A_DESK)
def referrals() -> str:
    """What is with whom since when, with the totals."""
    wanted = request.args.get("part", "")
    part = Part(wanted) if wanted in set(Part) else Part.WITH_A_BODY
    with reading() as session:
        desk = desk_of(session)
        found = read_list(session, desk.access, desk.book, part, request.args.get("after", ""))
        totals = read_totals(session, desk.access, desk.book)
    following = urlencode({"part": part.value, "after": found.next})
    return render_template(
        "admin/referrals/referrals.html",
        part=part,
        tabs=[
            (one.official, _address(one), totals.count(*one.states), one is part) for one in Part
        ],
        lines=found.lines,
        totals=totals,
        states=ReferralState,
        book=desk.book,
        level_name=lambda code: level_name(desk.book, code),
        today=clock.today(),
        next=f"{links().referrals()}?{following}" if found.next else None,
        first=_address(part) if request.args.get("after") else None,
    )


@blueprint.get("/cases/<number>/referrals", endpoint="of_case")
@staff_only(*AT_A_DESK)
def of_case(number: str) -> str:
    """What of one case was referred; for whoever doesn't decide about it there is no such page."""
    with reading() as session:
        desk = desk_of(session)
        try:
            case = find_case(session, desk.access, number)
        except NoSuchCase:
            abort(404)
        if not desk.access.decides(decider_of(session, case, desk.book)):
            abort(404)
        found = list(referrals_of(session, case))
    return render_template(
        "admin/referrals/of_case.html",
        case=case,
        rows=[(one, due_on(one, case.kind, desk.book)) for one in found],
        book=desk.book,
        level_name=lambda code: level_name(desk.book, code),
        may_find=may_find(case, bool(levels(desk.book))),
        flash_messages=done.unpack(desk.access.staff_id),
    )


def _address(part: Part) -> str:
    return f"{links().referrals()}?{urlencode({'part': part.value})}"
