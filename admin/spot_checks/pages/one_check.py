"""One spot check before the office: its frame, its promise, its draw, its teams."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from sqlalchemy.orm import Session

from admin.accounts.guard import signed_in, staff_only
from admin.accounts.hand import Hand
from admin.accounts.reader import Reader
from admin.ledger.pages.blueprint import OFFICE_ROLES
from admin.spot_checks.check_file import name_of, unit_files
from admin.spot_checks.pages.blueprint import blueprint
from admin.spot_checks.pages.forms import TakeForm
from admin.spot_checks.preparing import least_asked, prepared
from admin.spot_checks.revealing import may_reveal
from admin.spot_checks.sealed_words import OfficeBox
from admin.spot_checks.sight import find_check
from admin.spot_checks.spot_check import CheckState, SpotCheck
from portal.campaign.spot_check_rule import Risk, SpotCheckRule, ratio_words
from portal.foundation import clock
from portal.foundation.database import reading
from portal.published.spot_check_record import SpotCheckRecord

_DONE = {
    "reason": "记下了，这个单位的组可能变了。",
    "take-back": "收回了。",
    "drop": "不抽了，写的依据都删了。",
    "freeze": "名册冻结了，承诺已经公布。",
    "reveal": "抽好了，全部记录已经公布。",
    "team": "分好了，这一组的人现在能看到。",
    "give-up": "提出来了，要办公室另一位同事同意。",
    "given-up": "作废了，原因已经公布。",
    "kept": "不作废了，照承诺抽。",
    "take": "从这一组拿回来了，可以另外分。",
}


@blueprint.get("/spot-checks/<int:check_id>")
@staff_only(*OFFICE_ROLES)
def spot_check(check_id: int) -> str:
    """Show how far it is, and what comes next."""
    with reading() as session:
        reader = Reader.of_the_office(session)
        check = find_check(session, reader.access, check_id)
        rule = SpotCheckRule.of(reader.book.campaign)
        return render_template(
            "admin/spot_checks/spot_check.html",
            book=reader.book,
            check=check,
            ratio=ratio_words(rule.ratio) if rule.ratio else "",
            least=least_asked(reader.book),
            today=clock.today(),
            frozen_by=name_of(session, check.frozen_by),
            drawn_by=name_of(session, check.drawn_by),
            may_reveal=may_reveal(check, signed_in().id),
            flash_messages=[
                _DONE[done] for done in [request.args.get("done", "")] if done in _DONE
            ],
            take=TakeForm(formdata=None, data={"version": str(check.version)}),
            **_shown(session, reader, check),
        )


def _shown(session: Session, reader: Reader, check: SpotCheck) -> dict[str, Any]:
    if check.state is CheckState.PREPARING:
        ready = prepared(session, check, Hand(reader.access, reader.book, check.version))
        strata = [(one, [c for c, s in ready.strata.items() if s is one]) for one in Risk]
        return {"ready": ready, "strata": [(one, codes) for one, codes in strata if codes]}
    if check.state is CheckState.DROPPED:
        return {}
    kept = session.get_one(SpotCheckRecord, check.number).kept
    if check.state in {CheckState.FROZEN, CheckState.GIVEN_UP}:
        return {"kept": kept, **_giving_up(session, reader, check)}
    order = list(reader.book.units)
    files = unit_files(session, check.id)
    files.sort(key=lambda one: order.index(one.unit.unit_code))
    return {"kept": kept, "files": files, "over": sum(one.is_over for one in files)}


def _giving_up(session: Session, reader: Reader, check: SpotCheck) -> dict[str, Any]:
    """Who proposed to give it up, and why; who may propose it."""
    if check.give_up_by is None:
        return {"may_propose": reader.hand().heads_the_office}
    box = OfficeBox(session, check, reader.access.office_code)
    return {
        "why": box.given_up(check),
        "proposed_by": name_of(session, check.give_up_by),
        "may_agree": check.give_up_by != reader.access.staff_id,
    }
