"""The first start of a demonstration: half a year is played, and all processes go by its clock."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from admin.demonstration.sample_people import PASSWORD
from admin.ledger.problem import Problem
from admin.system import set_up
from intake.cases.event import Event
from portal.campaign.campaign import Campaign
from portal.campaign.revision import new_book_revision
from portal.foundation import clock, demo_clock
from portal.foundation.settings import Settings
from portal.foundation.staff import Role
from tests.deployments import CAMPAIGNS, Deployment
from tests.patience import PATIENCE
from tests.running import Running, hidden_fields
from tests.templates import Templates


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Running]:
    """A new folder, and Jianghan's plan with one return and one summary: little is played."""
    campaign = shutil.copytree(CAMPAIGNS / "jianghan-2022", tmp_path / "jianghan-2022")
    manifest = campaign / "campaign.toml"
    text = manifest.read_text().replace("last_on = 2022-11-20", "last_on = 2022-06-20")
    # The second of its summaries goes up in November.
    first, yearly = text.rsplit("[[summaries.each]]", 1)
    manifest.write_text(first + "[distributions]" + yearly.split("[distributions]", 1)[1])
    settings = Settings.from_environment({"DATA_DIR": str(tmp_path / "data"), "DEMO": "1"})
    deployment = Deployment(settings)
    yield Running(deployment, more={"DEMO": "1", "CAMPAIGN": str(campaign)})
    deployment.close()


def test_a_new_demonstration_is_half_a_year_old(fresh: Running) -> None:
    with fresh, httpx.Client(base_url=fresh.staff_url, timeout=PATIENCE) as officer:
        assert "演到2022-06-01" in fresh.log
        assert not demo_clock.is_unfinished(fresh.deployment.settings)
        with fresh.deployment.database.reading() as session:
            assert (session.scalar(select(func.count()).select_from(Problem)) or 0) > 10
        # The code is of the demonstration's clock, and so is the staff site that takes it.
        demo_clock.follow(fresh.deployment.settings)
        assert clock.today() == date(2022, 6, 30)
        code = fresh.deployment.run("staff", "code", "office").output.strip()
        form = officer.get("/staff/sign-in").text
        typed = {**hidden_fields(form), "name": "office", "password": PASSWORD, "code": code}
        signed_in = officer.post(
            "/staff/sign-in", data=typed, headers={"Origin": fresh.staff_url}, follow_redirects=True
        )
        assert "/staff/sign-in" not in signed_in.url.path
        assert "2022年6月" in officer.get("/staff/office/plan").text


def test_the_other_campaign_is_played_too(templates: Templates) -> None:
    """Caidian, of which its first days are enough: a whole half-year of it is played elsewhere."""
    with templates.lend(CAMPAIGNS / "caidian-cdpf-2022", "sqlite", DEMO="1") as deployment:
        with deployment.database.writing() as session:
            campaign = session.scalars(select(Campaign)).one()
            first = campaign.starts_on
            last = campaign.ends_on = first + timedelta(days=3)
            new_book_revision(session)
        demo_clock.begin_on(deployment.settings, first, unfinished=True)
        played = deployment.run("demo", "--half-year")
        assert played.exit_code == 0, played.output
        assert not demo_clock.is_unfinished(deployment.settings)
        assert clock.today() == last
        assert "checker-2  样例摸排员" in played.output
        with deployment.database.reading() as session:
            days = {clock.day_of(one) for one in session.scalars(select(Event.happened_at))}
        assert {first, last} <= days


def test_an_older_folder_is_never_played_upon(fresh: Running) -> None:
    """An upgrade that makes the schema anew finds it in use, and a half-year needs an empty one."""
    settings = fresh.deployment.settings
    assert set_up.is_new(settings)
    for words in (("init",), ("campaign", "load", str(CAMPAIGNS / "jianghan-2022"))):
        assert fresh.deployment.run(*words).exit_code == 0
    assert not set_up.is_new(settings)
    fresh.deployment.add_staff("somebody", ("MZ", Role.OFFICER))
    refused = fresh.deployment.run("demo", "--half-year")
    assert refused.exit_code == 2
    assert "new DATA_DIR" in refused.output


def test_one_that_was_interrupted_says_what_to_do(fresh: Running) -> None:
    settings = fresh.deployment.settings
    for words in (("init",), ("campaign", "load", str(CAMPAIGNS / "jianghan-2022"))):
        assert fresh.deployment.run(*words).exit_code == 0
    demo_clock.begin_on(settings, date(2022, 6, 1), unfinished=True)
    with pytest.raises(RuntimeError, match="Remove it and start again"), fresh:
        pass


@pytest.fixture(autouse=True)
def _real_time() -> Iterator[None]:
    yield
    clock.shift(timedelta())
