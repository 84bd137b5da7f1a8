"""The publishing desk, and a month of cases to count."""

from __future__ import annotations

import pytest

from tests.admin.public_figures.months import Months
from tests.deployments import Deployment


@pytest.fixture
def months(deployment: Deployment) -> Months:
    """Jianghan's on SQLite."""
    return Months(deployment)


@pytest.fixture
def months_on_each(on_each_database: Deployment) -> Months:
    """The same on SQLite and on PostgreSQL."""
    return Months(on_each_database)


@pytest.fixture
def months_of_each(each_campaign: Deployment) -> Months:
    """Each campaign's."""
    return Months(each_campaign)
