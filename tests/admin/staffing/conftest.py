"""The house that the tests of this room walk through."""

from __future__ import annotations

import pytest

from tests.admin.staffing.staffing import Staffing, furnished
from tests.deployments import Deployment


@pytest.fixture
def house(deployment: Deployment) -> Staffing:
    """On SQLite."""
    return furnished(deployment)


@pytest.fixture
def on_each(on_each_database: Deployment) -> Staffing:
    """On each database."""
    return furnished(on_each_database)
