"""The house in which mistakes on the site are answered, on a day of the campaign."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from portal.foundation import clock
from tests.admin.conftest import NOON
from tests.admin.house import House
from tests.deployments import Deployment


@pytest.fixture
def house(on_each_database: Deployment) -> Iterator[House]:
    """People, and nothing pointed out."""
    with clock.stopped_at(NOON):
        yield House(on_each_database).move_in()
