"""Fixtures for tests of the real application: a deployment, on SQLite or on both databases.

Each test finds its deployment as it was when the campaign had just been loaded: nobody works there,
no case came in. It is lent, since the applications of a worker are warm and go from test to test;
what one changes in them or in the data is gone afterwards (`tests/templates.py`, decision 0025).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings

from tests import proofs
from tests.deployments import CAMPAIGNS, Deployment
from tests.services import chromium
from tests.services.postgres import Postgres
from tests.services.redis import Redis
from tests.services.required import browser_lacks
from tests.templates import Templates

# The twilio line of every test deployment; the token signs what the tests send.
TWILIO = {
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "a token for tests only",
    "TWILIO_NUMBER": "+8610690000100",
    # Nobody listens there: no test reaches the provider itself.
    "TWILIO_API_BASE": "http://127.0.0.1:9",
}
# Of a deployment that sends mail, to nobody who listens.
MAIL = {"SMTP_URL": "smtp://127.0.0.1:9", "MAIL_FROM": "notice@hotline.example.cn"}
_ROOM = 512 * 1024 * 1024
_RUN = pytest.StashKey[TemporaryDirectory[str]]()
_FOLDER = "folder of the run"


# The long files, in seconds of a piece as one of three workers on two cores took for it on 30
# November 2026, less what was saved since: dealt out first and in this order, so that none begins
# last and leaves a worker alone with it.
_LONG = {
    "admin/demonstration/test_half_year.py": 325,
    "portal/pages/test_in_a_browser.py": 155,
    "journeys/test_each_kind_to_its_end.py": 145,
    "journeys/test_twin_databases.py": 90,
    "admin/demonstration/test_first_start.py": 85,
    "journeys/test_nothing_acknowledged_is_lost.py": 75,
    "journeys/test_from_tip_off_to_public_result.py": 70,
    "admin/outbox/test_killed.py": 65,
    "admin/outbox/test_mails.py": 65,
    "journeys/test_through_nginx.py": 60,
    "admin/desk/test_any_accusation.py": 60,
    "journeys/test_keys_turned_under_load.py": 60,
    "journeys/test_the_public_site_tells_nothing.py": 50,
    "journeys/test_answers_come_late.py": 45,
    "journeys/test_a_short_soak.py": 40,
}
# What a file sets up anew for each of these, its pieces needn't do on one worker.
_APART = ("running_town", "played", "open_site")


# On a machine that others use, too, any example may take long once: that is no failure.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_configure(config: pytest.Config) -> None:
    """Nothing that is imported can go again, so that until all of it is here nobody looks. Whoever
    deals the tests out has the folder of the run, which all workers share, in memory where there is
    room: nothing here outlives the tests, so nothing waits for the disk."""
    gc.disable()
    proofs.watch(config)
    if not hasattr(config, "workerinput"):
        config.stash[_RUN] = TemporaryDirectory(prefix="huimin-tests-", dir=_memory())


def pytest_configure_node(node: Any) -> None:
    """Tell a worker where that is."""
    node.workerinput[_FOLDER] = node.config.stash[_RUN].name


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    if _RUN in config.stash:
        config.stash[_RUN].cleanup()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Deal the tests out in pieces, the longest first, so that all workers end together.

    A file stays on one worker, which opens once what its tests share; of some each town or campaign
    is a piece of its own.
    """
    items.sort(key=_turn)
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_piece(item)))


def pytest_collection_finish() -> None:
    """Whatever was imported stays: the collector needn't walk through it again and again, which
    took a twelfth of the time where it was measured."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


def _turn(item: pytest.Item) -> tuple[int, bool]:
    file = item.path.relative_to(Path(__file__).parent).as_posix()
    return -_LONG.get(file, 0), "journeys" not in item.path.parts


def _piece(item: pytest.Item) -> str:
    which = item.callspec.indices if hasattr(item, "callspec") else {}
    return f"{item.path}-{next((which[name] for name in _APART if name in which), 0)}"


def pytest_report_header() -> list[str]:
    """Say which servers and which browser these tests use."""
    servers = [f"{server.__name__}: {_which(server)}" for server in (Postgres, Redis)]
    return [*servers, f"Chromium: {browser_lacks() or chromium.find()}"]


def _which(server: type[Postgres] | type[Redis]) -> str:
    try:
        return server().which
    except LookupError as missing:
        return str(missing)


@pytest.fixture(scope="session")
def templates(pytestconfig: pytest.Config, worker_id: str) -> Iterator[Templates]:
    """Deployments set up once."""
    told = getattr(pytestconfig, "workerinput", {})
    run = Path(told[_FOLDER] if told else pytestconfig.stash[_RUN].name)
    made = Templates(run / worker_id, run / "shared")
    yield made
    made.stop()


def _memory() -> Path | None:
    memory = Path("/dev/shm")  # noqa: S108  # A private folder is made inside.
    return memory if memory.exists() and disk_usage(memory).free > _ROOM else None


@pytest.fixture
def deployment(templates: Templates) -> Iterator[Deployment]:
    """The Jianghan campaign on SQLite."""
    with templates.lend(CAMPAIGNS / "jianghan-2022", "sqlite", **TWILIO) as made:
        yield made


@pytest.fixture
def caidian(templates: Templates) -> Iterator[Deployment]:
    """The Caidian campaign on SQLite."""
    with templates.lend(CAMPAIGNS / "caidian-cdpf-2022", "sqlite", **TWILIO) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def on_each_database(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Deployment]:
    """The Jianghan campaign, once on SQLite and once on PostgreSQL."""
    with templates.lend(CAMPAIGNS / "jianghan-2022", request.param, **TWILIO) as made:
        yield made


@pytest.fixture(
    params=[("caidian-cdpf-2022", "sqlite"), ("jianghan-2022", "postgresql")],
    ids="-".join,
)
def any_deployment(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Deployment]:
    """Each campaign and each database once, since no rule hangs on both together."""
    campaign, database = request.param
    with templates.lend(CAMPAIGNS / campaign, database, **TWILIO) as made:
        yield made


@pytest.fixture
def mailing(templates: Templates) -> Iterator[Deployment]:
    """The Jianghan campaign on SQLite, which sends mail."""
    with templates.lend(CAMPAIGNS / "jianghan-2022", "sqlite", **TWILIO, **MAIL) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def mailing_on_each_database(
    request: pytest.FixtureRequest, templates: Templates
) -> Iterator[Deployment]:
    """The same once on SQLite and once on PostgreSQL."""
    with templates.lend(CAMPAIGNS / "jianghan-2022", request.param, **TWILIO, **MAIL) as made:
        yield made


@pytest.fixture(params=["jianghan-2022", "caidian-cdpf-2022"])
def each_campaign(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Deployment]:
    """Each campaign on SQLite."""
    with templates.lend(CAMPAIGNS / request.param, "sqlite", **TWILIO) as made:
        yield made
