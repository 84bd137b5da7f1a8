"""The benchmarks run: servers start, both clients measure, a row without its page says so. Nothing
here asks how long anything took."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from bench import filling, published, python_client, queue, report, reports, texts, wrk
from bench.client import Answered, Client
from bench.measuring import Measured, Rounds, Sample, measure
from bench.requests import get
from bench.row import Aim, Row
from bench.serving import BARE, Server, public_site, served
from intake.cases.bar import Bar
from intake.cases.case import Case
from intake.vault.key_files import read_key
from tests.deployments import CAMPAIGNS, Deployment
from tests.templates import Templates

CLIENTS = {"python": python_client.drive, "wrk": wrk.drive}


@pytest.fixture(scope="module")
def behind_a_proxy(
    templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployment]:
    """A deployment whose clients name their own addresses."""
    folder = tmp_path_factory.mktemp("bench") / "data"
    campaign = CAMPAIGNS / "jianghan-2022"
    with templates.copy(
        campaign, "sqlite", folder, TRUSTED_PROXIES="1", **texts.LINE
    ) as deployment:
        yield deployment


@pytest.fixture(scope="module")
def servers(behind_a_proxy: Deployment) -> Iterator[list[Server]]:
    """The bare page and the public site, served as `make run` serves."""
    with served(BARE, public_site(behind_a_proxy.settings)) as found:
        yield found


def a_moment(client: Client = python_client.drive) -> Rounds:
    return Rounds(client, rounds=1, seconds=0.2)


@pytest.mark.parametrize("name", CLIENTS)
def test_each_client_counts_answers_and_refusals(servers: list[Server], name: str) -> None:
    if name == "wrk" and shutil.which("wrk") is None:
        pytest.skip("wrk isn't here; the client in Python stands in for it")
    good, missing = [get("/")], [get("/nowhere")]
    rows = [
        Row("bare page", servers[0], lambda _: good),
        Row("nowhere", servers[0], lambda _: missing, status=404),
    ]
    bare, nowhere = measure(rows, a_moment(CLIENTS[name]))
    assert bare.samples[0].answered.requests > 0
    assert bare.samples[0].answered.refused == 0
    assert bare.samples[0].answered.p50_ms <= bare.samples[0].answered.p99_ms
    assert bare.bytes_of_answer > 0
    answered = nowhere.samples[0].answered
    assert answered.refused == answered.requests > 0


def test_the_public_rows_are_answered_and_every_receipt_is_a_case(
    behind_a_proxy: Deployment, servers: list[Server]
) -> None:
    secret = read_key(behind_a_proxy.settings.secret_key_file)
    before = reports.cases_in(behind_a_proxy.database)
    rows = [
        *published.rows(servers[1], 1.0),
        *texts.rows(servers[1], behind_a_proxy.settings, 1.0),
        *reports.rows(servers[1], secret, 1.0),
    ]
    measured = measure(rows, a_moment())
    assert [one.row.name for one in measured if one.not_there] == []
    assert sum(one.samples[0].answered.refused for one in measured) == 0
    made = reports.cases_in(behind_a_proxy.database) - before
    # What was asked last of each connection is registered, but not read any more. The round before
    # the first may send one form twice, which makes one case.
    receipts = [one.samples[0].answered.requests for one in (measured[-1], measured[-3])]
    assert all(receipts)
    assert sum(receipts) <= made
    assert "FULL" in reports.durability(behind_a_proxy.database)
    assert published.queries_of_a_cold_list(behind_a_proxy.public) >= 1


def test_a_page_that_is_not_there_says_so(servers: list[Server]) -> None:
    request = [get("/nowhere")]
    row = Row("nowhere", servers[1], lambda _: request, Aim(ratio=1.0))
    found = measure([row], a_moment())[0]
    assert not found.samples
    assert found.not_there == "nowhere: 404 instead of 200"
    assert found.not_there in report.table([found], None)


def test_cases_are_copied_under_other_numbers(on_each_database: Deployment) -> None:
    database = on_each_database.database
    with pytest.raises(ValueError, match="steps of"):
        filling.fill(database, 201, base=200)
    filling.fill(database, 600, base=200)
    with database.reading() as session:
        cases, numbers = session.execute(
            select(func.count(), func.count(func.distinct(Case.number)))
        ).one()
        bars = session.scalar(select(func.count()).select_from(Bar))
    assert cases == numbers
    assert cases >= 600
    assert bars


def test_the_queue_is_measured_as_somebody_who_signed_in(
    templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("queue")
    with queue.filled_sites(templates, folder, "sqlite", (50,)) as sites:
        rows = queue.rows(sites)
        measured = measure(rows[:1], a_moment())
        memory = sites[0].server.memory_of_workers()
    assert measured[0].not_there == ""
    assert measured[0].samples[0].answered.requests > 0
    assert all(one.megabytes > 0 for one in memory)


def test_growth_is_told_beside_the_smaller_of_two_rows(servers: list[Server]) -> None:
    def row(name: str, p50_ms: float, smaller: str = "") -> Measured:
        aim = Aim(growth=1.2)
        made = Row(name, servers[0], lambda _: [], aim, smaller=smaller)
        return Measured(made, [Sample(Answered(10, 1.0, p50_ms, p50_ms, 0), 0.1)])

    table = report.table([row("few", 10.0), row("many", 13.0, smaller="few")], None)
    assert "growth 1.30; MISSED" in table.splitlines()[-1]


def test_limits_say_whether_they_were_kept() -> None:
    assert report.limit_line("bytes", 70_000, 61_440).endswith("MISSED")
    assert report.start_line("public site", [1.0, 1.5, 3.0], 2).endswith("met")
