"""The first page: for the office its spot checks, for a member of a team the units that he
checks."""

from __future__ import annotations

from flask import redirect, render_template

from admin.accounts.guard import staff_only
from admin.accounts.once import EnteredBefore
from admin.accounts.reader import Reader
from admin.ledger.pages.blueprint import LEDGER_ROLES, OFFICE_ROLES
from admin.ledger.refusals import StepNotAllowed
from admin.spot_checks.check_file import checks, unit_files
from admin.spot_checks.pages.blueprint import Answer, blueprint, hand_of, links
from admin.spot_checks.pages.forms import BeginForm
from admin.spot_checks.preparing import open_check, units_to_check
from admin.spot_checks.sight import own_units
from admin.spot_checks.spot_check import SpotCheck
from portal.campaign.spot_check_rule import SpotCheckRule
from portal.foundation.database import reading, writing


@blueprint.get("/spot-checks")
@staff_only(*LEDGER_ROLES)
def spot_checks() -> str:
    """Both lists, each for whom it is."""
    with reading() as session:
        reader = Reader.of(session)
        office = reader.access.as_office
        his: dict[SpotCheck, list[str]] = {}
        for check, unit in own_units(session, reader.access, reader.book):
            his.setdefault(check, []).append(unit.unit_code)
        mine = [(one, file) for one in his for file in unit_files(session, one.id, *his[one])]
        return render_template(
            "admin/spot_checks/spot_checks.html",
            book=reader.book,
            office=office,
            rule=SpotCheckRule.of(reader.book.campaign),
            to_check=len(units_to_check(reader.book)),
            checks=checks(session) if office else [],
            mine=mine,
            begin=BeginForm(formdata=None),
        )


@blueprint.post("/spot-checks")
@staff_only(*OFFICE_ROLES)
def begin_spot_check() -> Answer:
    """Begin one."""
    with reading() as session:
        Reader.of_the_office(session)
    form = BeginForm()
    try:
        with writing() as session:
            form.refuse_twice(session)
            check_id = open_check(session, by=hand_of(session)).id
    except EnteredBefore:
        return redirect(f"{links().spot_checks()}?done=once", 303)
    except StepNotAllowed:
        return redirect(links().spot_checks(), 303)
    return redirect(links().spot_check(check_id), 303)
