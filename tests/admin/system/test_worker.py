"""The worker hands keys up the chain of recusal, and to nobody else."""

from __future__ import annotations

from sqlalchemy import select

from admin.system.worker import hand_keys_on
from intake.cases.case import Case, Channel
from intake.correspondence import holds
from intake.draft import Draft
from intake.register import register
from portal.campaign.kinds import Kind
from tests.deployments import Deployment


def test_keys_aren_t_handed_to_a_unit_that_somebody_wrote_into_the_database(
    deployment: Deployment,
) -> None:
    draft = Draft(
        channel=Channel.WEB,
        kind=Kind.TIP_OFF,
        words="主任扣了老人的钱",
        submission="one",
        policy="MZ11",
        problem="3.3",
        accused="区民政局",
    )
    with deployment.database.writing() as session:
        register(session, draft)
    with deployment.database.writing() as session:
        case = session.scalars(select(Case)).one()
        case.unit_code, case.rewrap_due = "RS", True

    assert hand_keys_on(deployment.database) == 1
    with deployment.database.reading() as session:
        case = session.scalars(select(Case)).one()
        assert (case.rewrap_due, holds(session, case, "RS")) == (False, False)
        assert holds(session, case, "BGS")
