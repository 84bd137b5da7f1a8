"""The desk that has the policy list, on a day in the middle of the campaign."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from portal.foundation import clock
from tests.admin.conftest import NOON
from tests.admin.house import House
from tests.admin.policies.desk import Desk
from tests.deployments import Deployment


@pytest.fixture
def desk(deployment: Deployment) -> Iterator[Desk]:
    """The publishing desk and its people, on SQLite."""
    with clock.stopped_at(NOON):
        yield Desk(House(deployment).move_in())


@pytest.fixture
def desk_on_each_database(on_each_database: Deployment) -> Iterator[Desk]:
    """The same on either database."""
    with clock.stopped_at(NOON):
        yield Desk(House(on_each_database).move_in())


@pytest.fixture
def desk_of_each_campaign(each_campaign: Deployment) -> Iterator[Desk]:
    """Either campaign's desk, with two people of its office."""
    with clock.stopped_at(NOON):
        yield Desk(House(each_campaign)).of_any_campaign()
