"""Desks, on SQLite or on both databases."""

from __future__ import annotations

import pytest

from portal.foundation.staff import Role
from tests.admin.desk.people import Desks
from tests.deployments import Deployment


@pytest.fixture
def desks(deployment: Deployment) -> Desks:
    """Desks with two auditors, on SQLite."""
    return with_auditors(deployment)


@pytest.fixture
def desks_on_each(on_each_database: Deployment) -> Desks:
    """Desks with two auditors, once on SQLite and once on PostgreSQL."""
    return with_auditors(on_each_database)


def with_auditors(deployment: Deployment) -> Desks:
    """A second auditor, since it takes two to carry a case."""
    found = Desks(deployment)
    deployment.add_staff("second-auditor", ("SJ", Role.AUDITOR), display="审计乙")
    found.browsers["second-auditor"] = deployment.officer("second-auditor")
    return found
