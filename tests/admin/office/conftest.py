"""The house that the tests of the office walk through, on a day in the middle of the campaign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from portal.foundation import clock
from tests.admin.desk.people import Desks
from tests.admin.house import House
from tests.admin.office.new_year import BEFORE, NewYear
from tests.deployments import Deployment

NOON = datetime(2022, 6, 6, 4, 0, tzinfo=UTC)


@pytest.fixture
def house(deployment: Deployment) -> Iterator[House]:
    """People and an empty ledger."""
    with clock.stopped_at(NOON):
        yield House(deployment).move_in()


@pytest.fixture
def new_year(deployment: Deployment) -> Iterator[NewYear]:
    """The desks two days before the year that nobody knows."""
    with clock.stopped_at(BEFORE):
        yield NewYear(Desks(deployment))


@pytest.fixture
def new_year_on_each(on_each_database: Deployment) -> Iterator[NewYear]:
    """The same on either database."""
    with clock.stopped_at(BEFORE):
        yield NewYear(Desks(on_each_database))
