"""The house that most tests of the staff site walk through, on a day of the campaign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from portal.foundation import clock
from tests.admin.house import House
from tests.deployments import Deployment

NOON = datetime(2022, 6, 6, 4, 0, tzinfo=UTC)


@pytest.fixture
def house(deployment: Deployment) -> Iterator[House]:
    """People, and nothing but what the campaign publishes by itself."""
    with clock.stopped_at(NOON):
        yield House(deployment).move_in()


@pytest.fixture
def house_on_each(on_each_database: Deployment) -> Iterator[House]:
    """The same on SQLite and on PostgreSQL."""
    with clock.stopped_at(NOON):
        yield House(on_each_database).move_in()
