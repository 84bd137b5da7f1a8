"""The public sites that the tests of these pages walk on."""

from __future__ import annotations

import pytest

from portal.campaign.book import Book
from tests.deployments import Deployment
from tests.portal.pages.sites import Site


@pytest.fixture
def site(each_campaign: Deployment) -> Site:
    """Each campaign's public site, in turn."""
    return Site(each_campaign)


@pytest.fixture
def jianghan(deployment: Deployment) -> Site:
    """Jianghan's public site, where the test names what only that plan has."""
    return Site(deployment)


@pytest.fixture
def caidian_book(caidian: Deployment) -> Book:
    """Caidian's campaign, which has no coordinator for the banks."""
    return Site(caidian).book
