"""`make bench`: start the servers, ask them in turn, print the table."""

from __future__ import annotations

import argparse
import contextlib
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench import annexes, published, python_client, queue, report, reports, search, texts, wrk
from bench.client import Client
from bench.measuring import Rounds, measure
from bench.requests import get
from bench.row import Row
from bench.serving import BARE, DidNotStart, Server, public_site, seconds_to_ready, served
from intake.vault.key_files import read_key
from tests.deployments import CAMPAIGNS, Deployment
from tests.templates import Templates

_MOST_MEGABYTES = 110
_MOST_SECONDS_TO_READY = 2
_STARTS = 3
_FEW_CASES = 10_000


def main(words: Sequence[str] | None = None) -> int:
    """Run the benchmarks; the exit status is 0 whatever they show, since times depend on the
    machine."""
    asked = _arguments().parse_args(words)
    rounds = Rounds(_client(asked.client), asked.rounds, asked.seconds)
    folder = Path(tempfile.mkdtemp(prefix="huimin-bench-"))
    templates = Templates(folder / "templates")
    try:
        _say(report.heading(asked.client, rounds.rounds, rounds.seconds))
        if "pages" in asked.only:
            _pages(templates, folder, rounds)
        if "search" in asked.only:
            with search.rows(templates, folder) as found:
                _say("\n" + report.table(measure(found, rounds), None))
        if "export" in asked.only:
            _say("")
            annexes.export(templates, folder, asked.problems)
        if "queue" in asked.only:
            for kind in ("sqlite", "postgresql"):
                _queue(templates, folder, rounds, kind=kind, cases=asked.cases)
    except DidNotStart as reason:
        _say(f"{reason}; what it said stands above")
        return 2
    finally:
        templates.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _arguments() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    found.add_argument("--rounds", type=int, default=5, help="how often each row is asked")
    found.add_argument("--seconds", type=float, default=2.0, help="how long, each time")
    found.add_argument("--cases", type=int, default=1_000_000, help="cases in the large database")
    found.add_argument("--problems", type=int, default=10_000, help="problems in the export")
    parts = ["pages", "search", "export", "queue"]
    found.add_argument("--only", nargs="+", choices=parts, default=parts)
    found.add_argument(
        "--client", choices=["wrk", "python"], default="wrk" if wrk.is_here() else "python"
    )
    return found


def _client(name: str) -> Client:
    return wrk.drive if name == "wrk" else python_client.drive


def _pages(templates: Templates, folder: Path, rounds: Rounds) -> None:
    """What citizens open and send, beside the bare page."""
    campaign = CAMPAIGNS / "jianghan-2022"
    settings = {"TRUSTED_PROXIES": "1", **texts.LINE}
    with templates.copy(campaign, "sqlite", folder / "pages", **settings) as deployment:
        site = public_site(deployment.settings)
        starts = seconds_to_ready(site, _STARTS)
        with served(BARE, site) as (bare, public):
            _print_pages(deployment, bare, public, rounds)
            for server in (bare, public):
                found = server.memory_of_workers()
                _say(report.memory_line(server.site.name, found, _MOST_MEGABYTES))
        _say(report.start_line(site.name, starts, _MOST_SECONDS_TO_READY))


def _print_pages(deployment: Deployment, bare: Server, public: Server, rounds: Rounds) -> None:
    secret = read_key(deployment.settings.secret_key_file)
    database = deployment.database
    request = [get("/")]
    measured = measure(
        [
            Row("bare page", bare, lambda _: request),
            *published.rows(public, rounds.seconds),
            *texts.rows(public, deployment.settings, rounds.seconds),
            *reports.rows(public, secret, rounds.seconds),
        ],
        rounds,
    )
    _say(report.table(measured, measured[0]))
    kept, receipts = reports.cases_in(database), sum(one.answers for one in measured[-3::2])
    _say(f"{receipts} receipts read by clients, {kept} cases in the database")
    _say(f"commits: {reports.durability(database)}")
    queries = published.queries_of_a_cold_list(deployment.public)
    _say(report.limit_line("policy list, bytes", measured[1].bytes_of_answer, published.MOST_BYTES))
    _say(report.limit_line("policy list cold, queries", queries, published.MOST_QUERIES))


def _queue(templates: Templates, folder: Path, rounds: Rounds, *, kind: str, cases: int) -> None:
    """The queue with few and with many cases, on one kind of database."""
    try:
        if kind == "postgresql":
            templates.postgres()
    except LookupError as missing:
        _say(f"\nqueue on {kind}: not there. {missing}")
        return
    sizes = (min(_FEW_CASES, cases), cases)
    with queue.filled_sites(templates, folder, kind, sizes) as sites:
        measured = measure(queue.rows(sites), rounds)
        _say("\n" + report.table(measured, None))
        for site in sites:
            name = f"{site.server.site.name}, {site.cases:,} cases"
            found = site.server.memory_of_workers()
            _say(report.memory_line(name, found, _MOST_MEGABYTES))


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    # Asked to end, it still stops its servers and deletes its folder.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
