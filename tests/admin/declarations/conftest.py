"""Those who keep declarations: two streets, the office, discipline inspection; and others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from portal.foundation import clock
from portal.foundation.staff import Role
from tests.admin.house import House
from tests.deployments import Deployment

NOON = datetime(2022, 7, 6, 4, 0, tzinfo=UTC)
# Units that both campaigns have.
PEOPLE = {
    "chen": ("BGS", Role.OFFICE),
    "ji": ("JW", Role.DISCIPLINE),
    "jie": ("ST05", Role.OFFICER),
    "tou": ("ST05", Role.HEAD),
    "lin": ("ST06", Role.OFFICER),
    "gong": ("BGS", Role.PUBLISHER),
    "shen": ("SJ", Role.AUDITOR),
    # A title of the office, held elsewhere.
    "wai": ("ST06", Role.OFFICE),
}


def moved_in(deployment: Deployment) -> House:
    for name, post in PEOPLE.items():
        deployment.add_staff(name, post, display=f"{name}同志")
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


@pytest.fixture
def jianghan(deployment: Deployment) -> House:
    """Jianghan, which sets a last day, with the clock running free."""
    return moved_in(deployment)


@pytest.fixture
def caidian_house(caidian: Deployment) -> House:
    """Caidian, which sets none."""
    return moved_in(caidian)
