"""The people who keep the record of publicity: the desk, two streets, a department, and others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from portal.foundation import clock
from portal.foundation.staff import Role
from tests.admin.house import House
from tests.deployments import Deployment

NOON = datetime(2022, 6, 20, 4, 0, tzinfo=UTC)
# Units that both campaigns have.
PEOPLE = {
    "chen": [("BGS", Role.OFFICE)],
    "gong": [("BGS", Role.PUBLISHER)],
    "jie": [("ST05", Role.OFFICER)],
    "tou": [("ST05", Role.HEAD)],
    "lin": [("ST06", Role.OFFICER)],
    "can": [("CL", Role.OFFICER)],
    "liang": [("ST05", Role.OFFICER), ("CL", Role.OFFICER)],
    "bie": [("CL", Role.PUBLISHER)],
    "shen": [("SJ", Role.AUDITOR)],
}


def moved_in(deployment: Deployment) -> House:
    for name, posts in PEOPLE.items():
        deployment.add_staff(name, *posts, display=f"{name}同志")
    return House(deployment)


@pytest.fixture
def house(each_campaign: Deployment) -> Iterator[House]:
    """Each campaign on SQLite."""
    with clock.stopped_at(NOON):
        yield moved_in(each_campaign)


@pytest.fixture
def house_on_each_database(on_each_database: Deployment) -> Iterator[House]:
    """Jianghan on either database."""
    with clock.stopped_at(NOON):
        yield moved_in(on_each_database)
