"""The house whose office says who is in charge, on a day in the middle of the campaign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from portal.foundation import clock
from tests.admin.house import House
from tests.admin.responsibilities.office import Office
from tests.deployments import Deployment

NOON = datetime(2022, 6, 6, 4, 0, tzinfo=UTC)


@pytest.fixture
def office(deployment: Deployment) -> Iterator[Office]:
    """The office and its people, on SQLite."""
    with clock.stopped_at(NOON):
        yield Office(House(deployment).move_in())


@pytest.fixture
def office_on_each_database(on_each_database: Deployment) -> Iterator[Office]:
    """The same on either database."""
    with clock.stopped_at(NOON):
        yield Office(House(on_each_database).move_in())
