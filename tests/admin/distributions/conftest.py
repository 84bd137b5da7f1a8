"""The desks that the tests of lists of recipients work at, on a day of the campaign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from portal.foundation import clock
from tests.admin.distributions.desk import Lists
from tests.conftest import TWILIO
from tests.deployments import CAMPAIGNS, Deployment
from tests.templates import Templates

NOON = datetime(2022, 6, 6, 4, 0, tzinfo=UTC)


@pytest.fixture
def lists(deployment: Deployment) -> Iterator[Lists]:
    """Jianghan's desk on SQLite."""
    with clock.stopped_at(NOON):
        yield Lists(deployment).move_in()


@pytest.fixture(
    params=[
        ("jianghan-2022", "sqlite"),
        ("jianghan-2022", "postgresql"),
        ("caidian-cdpf-2022", "sqlite"),
        ("caidian-cdpf-2022", "postgresql"),
    ],
    ids="-".join,
)
def any_lists(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Lists]:
    """The desk of each campaign on each database."""
    campaign, kind = request.param
    lent = templates.lend(CAMPAIGNS / campaign, kind, **TWILIO)
    with lent as deployment, clock.stopped_at(NOON):
        yield Lists(deployment).move_in()
