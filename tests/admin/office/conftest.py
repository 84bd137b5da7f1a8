"""The desks that the tests of the calendar work at, at the turn of a year."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from portal.foundation import clock
from tests.admin.desk.people import Desks
from tests.admin.office.new_year import BEFORE, NewYear
from tests.deployments import Deployment


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
