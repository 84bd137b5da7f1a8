"""What the doctor says of a deployment that can't carry a case away, or can."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from admin.system.doctor import findings
from portal.campaign.campaign import Campaign
from portal.campaign.policy import Policy, SourceStatus
from portal.campaign.retention_rule import Beside
from portal.campaign.revision import new_book_revision
from portal.campaign.unit import Unit
from portal.foundation import clock, demo_clock
from portal.foundation.staff import Role
from tests.admin.desk.people import TIP_OFF, Desks
from tests.deployments import CAMPAIGNS, Deployment

ALL_ABOVE = "领导小组办公室、区纪委监委"


def said(deployment: Deployment) -> str:
    """All that it says."""
    return str(deployment.run("doctor").output)


def test_two_people_outside_the_chain_must_be_able_to_carry(deployment: Deployment) -> None:
    deployment.add_staff("office-head", ("BGS", Role.OFFICE_HEAD))
    deployment.add_staff("discipline", ("JW", Role.DISCIPLINE))
    deployment.add_staff("one", ("SJ", Role.AUDITOR))
    assert "1 of the two people are there" in said(deployment)

    deployment.add_staff("two", ("MZ", Role.SYSTEM_ADMIN))
    assert "of the two people are there" not in said(deployment)


def test_what_nobody_could_carry_is_told(deployment: Deployment) -> None:
    desks = Desks(deployment)
    for name in ("one", "two"):
        deployment.add_staff(name, ("SJ", Role.AUDITOR))
    desks.case(TIP_OFF, accused=ALL_ABOVE)
    assert "accuse everybody" not in said(deployment)

    number = desks.case(TIP_OFF, accused=f"{ALL_ABOVE}、区审计局")

    found = said(deployment)
    assert "accuse everybody who could carry them: 1." in found
    assert "上级纪检监察机关" in found
    assert number not in found


def test_the_clock_of_a_demonstration_is_told(deployment: Deployment) -> None:
    settings = replace(deployment.settings, demo=False)
    try:
        demo_clock.begin_on(settings, date(2022, 11, 25))
        with deployment.staff.app_context(), deployment.database.reading() as session:
            found = [one.english for one in findings(session, settings)]
    finally:
        clock.shift(timedelta())
    assert any("clock is a demonstration's" in one for one in found)


def test_what_has_no_months_is_told_until_the_campaign_is_loaded_again(
    on_each_database: Deployment,
) -> None:
    assert "No months" not in said(on_each_database)
    with on_each_database.database.writing() as session:
        campaign = session.scalars(select(Campaign)).one()
        beside = [one for one in campaign.retention["beside"] if one["what"] != Beside.MISTAKE]
        campaign.retention = {**campaign.retention, "beside": beside}
        new_book_revision(session)

    assert "No months say how long mistake is kept" in said(on_each_database)
    with on_each_database.database.writing() as session:
        session.scalars(select(Campaign)).one().retention = {}
        new_book_revision(session)
    assert "how long mistake, rights_request, assessment is kept" in said(on_each_database)
    with on_each_database.staff.app_context(), on_each_database.database.reading() as session:
        told = [one.official for one in findings(session, on_each_database.settings)]
    assert any("[[retention.beside]]" in one and "网站找错写的" in one for one in told)

    on_each_database.run("campaign", "load", str(CAMPAIGNS / "jianghan-2022"))
    assert "No months" not in said(on_each_database)


def test_a_real_deployment_is_told_of_every_kind_of_sample(deployment: Deployment) -> None:
    settings = replace(deployment.settings, demo=False)
    tables = (Campaign, Unit, Policy)

    def told() -> bool:
        with deployment.staff.app_context(), deployment.database.reading() as session:
            return any("are samples" in one.english for one in findings(session, settings))

    def mark(table: type[Campaign] | type[Unit] | type[Policy], *, sample: bool) -> None:
        with deployment.database.writing() as session:
            session.execute(update(table).values(sample=sample))
            new_book_revision(session)

    with deployment.database.writing() as session:
        for table in tables:
            session.execute(update(table).values(sample=False))
        session.execute(update(Policy).values(source_status=SourceStatus.VERIFIED))
        new_book_revision(session)
    assert not told()
    for table in tables:
        mark(table, sample=True)
        assert told(), table
        mark(table, sample=False)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-11-20", "Dates of cases reach beyond the calendar"),
        ("2027-01-04", "This year's working days aren't loaded"),
    ],
)
def test_a_calendar_that_ends_is_told_before_and_when(
    deployment: Deployment, day: str, sentence: str
) -> None:
    with clock.stopped_at(datetime.fromisoformat(day).replace(tzinfo=clock.SHANGHAI)):
        assert sentence in said(deployment)
    with clock.stopped_at(datetime(2026, 5, 4, tzinfo=clock.SHANGHAI)):
        assert "working days" not in said(deployment)
