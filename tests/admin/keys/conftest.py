"""What the tests of keys share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from portal.foundation.database import Database
from tests.admin.keys.world import Another, another_process
from tests.deployments import Deployment


@pytest.fixture
def another() -> Iterator[Another]:
    """The database as other processes open it."""
    opened: list[Database] = []

    def begin(deployment: Deployment) -> Database:
        opened.append(another_process(deployment))
        return opened[-1]

    yield begin
    for one in opened:
        one.engine.dispose()
