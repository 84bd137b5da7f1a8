"""Desks on SQLite, and on both databases."""

from __future__ import annotations

import pytest

from tests.admin.desk.people import Desks
from tests.deployments import Deployment


@pytest.fixture
def desks(deployment: Deployment) -> Desks:
    """Desks on SQLite."""
    return Desks(deployment)


@pytest.fixture
def desks_on_each(on_each_database: Deployment) -> Desks:
    """Desks once on SQLite and once on PostgreSQL."""
    return Desks(on_each_database)
