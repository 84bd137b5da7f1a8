"""The public sites that the tests of these pages walk on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from portal.campaign.book import Book
from tests.conftest import TWILIO
from tests.deployments import CAMPAIGNS, Deployment
from tests.portal.pages.open_site import OpenSite, opened_site
from tests.portal.pages.sites import Site
from tests.services import chromium
from tests.services.required import browser_lacks, required
from tests.templates import Templates


@pytest.fixture
def site(each_campaign: Deployment) -> Site:
    """Each campaign's public site, in turn."""
    return Site(each_campaign)


@pytest.fixture
def any_site(any_deployment: Deployment) -> Site:
    """Each campaign's public site on each database."""
    return Site(any_deployment)


@pytest.fixture
def jianghan(deployment: Deployment) -> Site:
    """Jianghan's public site, where the test names what only that plan has."""
    return Site(deployment)


@pytest.fixture
def caidian_book(caidian: Deployment) -> Book:
    """Caidian's campaign, which has no coordinator for the banks."""
    return Site(caidian).book


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    required(browser_lacks())
    with sync_playwright() as playwright, chromium.launch(playwright) as launched:
        yield launched


@pytest.fixture(scope="module", params=["jianghan-2022", "caidian-cdpf-2022"])
def open_site(
    request: pytest.FixtureRequest, browser: Browser, templates: Templates
) -> Iterator[OpenSite]:
    """Each campaign's public site, served, for all tests of a file."""
    with (
        templates.lend(CAMPAIGNS / request.param, "sqlite", **TWILIO) as deployment,
        opened_site(deployment, browser) as opened,
    ):
        yield opened
