"""Desks whose cases are referred."""

from __future__ import annotations

import pytest

from tests.admin.desk.people import PEOPLE, Desks
from tests.deployments import Deployment


@pytest.fixture
def desks(deployment: Deployment) -> Desks:
    """Desks on SQLite."""
    return with_a_reader(deployment)


@pytest.fixture
def desks_on_each(on_each_database: Deployment) -> Desks:
    """Desks once on SQLite and once on PostgreSQL."""
    return with_a_reader(on_each_database)


def with_a_reader(deployment: Deployment) -> Desks:
    """Discipline inspection works here from the start: a body without anybody gets a package."""
    unit, role, display = PEOPLE["discipline"]
    deployment.add_staff("discipline", (unit, role), display=display)
    return Desks(deployment, _known={"discipline"})
