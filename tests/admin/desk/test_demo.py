"""The demonstration: sample staff who can sign in, sample cases in every state, harmless to
repeat."""

from __future__ import annotations

from sqlalchemy import func, select

from admin.system.sample_people import PASSWORD
from intake.cases.case import Case
from intake.cases.message import MessageKind
from intake.correspondence import read_as_unit
from portal.foundation.staff import Staff
from tests.deployments import Deployment


def test_both_campaigns_can_be_shown(each_campaign: Deployment) -> None:
    first = each_campaign.run("demo")
    with each_campaign.database.reading() as session:
        cases = {case.number: (case.version, case.state) for case in session.scalars(select(Case))}
        people = session.scalar(select(func.count()).select_from(Staff))
    again = each_campaign.run("demo")

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert f"样例密码：{PASSWORD}" in first.output
    assert first.output == again.output
    assert len(cases) == 31
    assert len({state for _version, state in cases.values()}) >= 5
    with each_campaign.database.reading() as session:
        found = {case.number: (case.version, case.state) for case in session.scalars(select(Case))}
        assert found == cases
        assert session.scalar(select(func.count()).select_from(Staff)) == people
        assert all(session.scalars(select(Staff.sample)))
        for case in session.scalars(select(Case)):
            units = frozenset({case.unit_code})
            for letter in read_as_unit(session, case, units, [MessageKind.WORDS]):
                assert "样例" in letter.text


def test_a_sample_person_signs_in_with_the_printed_password(deployment: Deployment) -> None:
    deployment.run("demo")

    code = deployment.run("staff", "code", "office").output.strip()

    assert len(code) == 6
