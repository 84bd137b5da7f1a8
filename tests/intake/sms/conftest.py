"""The line that the tests text to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.deployments import Deployment
from tests.fakes import Twilio

Line = Callable[..., list[str]]


@pytest.fixture
def line(deployment: Deployment) -> Line:
    """Sends a text to the Jianghan line and gives the answer's parts."""
    return line_of(deployment)


def line_of(deployment: Deployment) -> Line:
    """The same for another deployment."""
    twilio, client = Twilio(deployment.settings), deployment.citizen()

    def send(body: str, **other: str) -> list[str]:
        return twilio.text(client, body, **other)

    return send
