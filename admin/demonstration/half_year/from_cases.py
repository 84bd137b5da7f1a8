"""What an answered case brought to light, entered by the office."""

from __future__ import annotations

from functools import partial

from admin.demonstration.half_year.findings import finding_at
from admin.demonstration.half_year.putting_right import go_on
from admin.demonstration.half_year.stage import Sitting
from admin.ledger.finding import may_open_from
from admin.ledger.opening import open_problem, problems_of
from intake.cases.case import Case
from portal.campaign.kinds import Kind

_TELLING = frozenset({Kind.COMPLAINT, Kind.TIP_OFF, Kind.PETITION})


def perhaps_find(sitting: Sitting, case: Case) -> None:
    """Open a problem from a case, where it may, and as often as it happens."""
    telling = case.kind in _TELLING and may_open_from(case)
    if not telling or not sitting.dice.happens(sitting.stage.pace.from_cases):
        return
    if not sitting.book.units[case.unit_code].desk:
        return
    sitting.session.flush()
    opened = len(problems_of(sitting.session, case))
    finding = finding_at(
        sitting, case.unit_code, policy=case.policy_code, place=case.place_code, verified=True
    )
    by = sitting.hand(sitting.cast.desks[sitting.book.campaign.office_code].officer, opened)
    problem = open_problem(sitting.session, from_case=case, by=by, finding=finding)
    sitting.later(2, 6, partial(go_on, problem_id=problem.id))
