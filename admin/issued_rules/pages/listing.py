"""The list of issued rules, which every desk reads."""

from __future__ import annotations

from flask import render_template, request

from admin.accounts.guard import staff_only
from admin.issued_rules.issued_rule import RuleAct
from admin.issued_rules.pages.blueprint import blueprint, rule_reader
from admin.issued_rules.rule_list import MOST, Asked, lines
from admin.issued_rules.rule_reader import RuleReader
from portal.foundation.database import reading
from portal.foundation.staff import AT_A_DESK


@blueprint.get("/issued-rules")
@staff_only(*AT_A_DESK)
def rules() -> str:
    """What was issued, by unit and by what it did."""
    with reading() as session:
        me = rule_reader(session)
        asked = _asked(me)
        shown = lines(session, me, asked)
    return render_template(
        "admin/issued_rules/rules.html",
        book=me.book,
        me=me,
        asked=asked,
        acts=list(RuleAct),
        lines=shown,
        most=MOST,
    )


def _asked(me: RuleReader) -> Asked:
    """What the address asks for; what nobody knows narrows nothing down."""
    unit, act = request.args.get("unit", ""), request.args.get("act", "")
    return Asked(
        unit=unit if unit in me.book.units else None,
        act=RuleAct(act) if act in set(RuleAct) else None,
    )
