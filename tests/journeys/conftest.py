"""The towns where the journeys happen: both campaigns and an invented one, each running whole."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import TWILIO
from tests.deployments import CAMPAIGNS
from tests.journeys import third_campaign
from tests.journeys.inspector import Inspector, Judged
from tests.journeys.still_town import StillTown, served
from tests.journeys.town import TOWNS, Town, opened
from tests.running import ROOT
from tests.services import chromium
from tests.services.required import browser_lacks, required
from tests.templates import Templates

# With SCREENSHOTS=1 one campaign's run also renews the pictures that README.md shows.
PICTURED = "jianghan-2022"
PICTURES = ROOT / "docs" / "screenshots" if os.environ.get("SCREENSHOTS") else None


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    required(browser_lacks())
    with sync_playwright() as playwright, chromium.launch(playwright) as launched:
        yield launched


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Judged:
    """What was judged before, in whichever story and by whichever worker."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "judged"
    folder.mkdir(exist_ok=True)
    return Judged(folder)


@pytest.fixture(scope="module")
def inspector(browser: Browser, judged: Judged) -> Inspector:
    """The judge of all pages."""
    return Inspector(browser, judged)


@pytest.fixture(scope="module", params=TOWNS.values(), ids=list(TOWNS))
def running_town(
    request: pytest.FixtureRequest,
    browser: Browser,
    inspector: Inspector,
    templates: Templates,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Town]:
    """A campaign at work. One of the three is made here, from nothing but data."""
    name, database = request.param
    folder = tmp_path_factory.mktemp("town")
    campaign = CAMPAIGNS / name if name else third_campaign.write(folder / "campaigns")
    with (
        templates.copy(campaign, database, folder / "data", **TWILIO) as deployment,
        opened(deployment, browser, inspector) as town,
    ):
        town.pictures = PICTURES if name == PICTURED else None
        yield town


@pytest.fixture(params=list(TOWNS.values())[:2], ids=list(TOWNS)[:2])
def still_town(
    request: pytest.FixtureRequest,
    browser: Browser,
    inspector: Inspector,
    templates: Templates,
) -> Iterator[StillTown]:
    """A campaign on days that the story chooses, looked over again after it."""
    name, database = request.param
    with (
        templates.lend(CAMPAIGNS / name, database, **TWILIO) as deployment,
        served(deployment, browser, inspector) as town,
    ):
        yield town
        town.ends_well()


@pytest.fixture
def town(running_town: Town) -> Iterator[Town]:
    """The same, looked over again after each story."""
    yield running_town
    running_town.ends_well()
