"""Nobody learns from what an answer costs whether a code is nearly right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count

import pytest

from tests.costs import apart, processor_seconds, statements
from tests.deployments import Deployment
from tests.intake.pages.journey import report
from tests.intake.pages.test_progress_page import wrong

UNKNOWN = "0123456789ABCDEFG"


@pytest.fixture
def tries(deployment: Deployment) -> dict[str, Callable[[], None]]:
    """Each sort of code that opens nothing, shown by another client every time."""
    client, addresses = deployment.citizen(), count(1)
    code = report(client).receipt[1]

    def show(typed: str) -> None:
        at = next(addresses)
        client.environ_base["REMOTE_ADDR"] = f"127.0.{at // 250}.{at % 250 + 1}"
        assert client.post("/progress", data={"query_code": typed}).status_code == 404

    typed = {
        "one symbol wrong": wrong(code),
        "well formed and unknown": "00000000000000000",
        "malformed": code[:-1] + "*",
        "too short": code[:5],
        "nothing": "",
        "no code at all": "查一下我的事",
        "very long": "x" * 500,
    }
    return {name: partial(show, one) for name, one in typed.items()}


def test_every_wrong_code_asks_the_database_the_same(
    deployment: Deployment, tries: dict[str, Callable[[], None]]
) -> None:
    engine = deployment.public.extensions["database"].engine
    asked = {}
    for name, attempt in tries.items():
        attempt()
        with statements(engine) as said:
            attempt()
        asked[name] = said
    first = asked["one symbol wrong"]
    assert any("receipt" in one for one in first)
    assert {name: said for name, said in asked.items() if said != first} == {}


def test_every_wrong_code_costs_the_same_time(tries: dict[str, Callable[[], None]]) -> None:
    costs = processor_seconds(tries, 40)
    assert apart(costs) < 1.5, costs
