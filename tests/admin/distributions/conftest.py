"""The desks that the tests of lists of recipients work at, on a day of the campaign."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from portal.foundation import clock
from tests.admin.conftest import NOON
from tests.admin.distributions.desk import Lists
from tests.deployments import Deployment


@pytest.fixture
def lists(deployment: Deployment) -> Iterator[Lists]:
    """Jianghan's desk on SQLite."""
    with clock.stopped_at(NOON):
        yield Lists(deployment).move_in()


@pytest.fixture
def any_lists(any_deployment: Deployment) -> Iterator[Lists]:
    """The desk of each campaign on each database."""
    with clock.stopped_at(NOON):
        yield Lists(any_deployment).move_in()
