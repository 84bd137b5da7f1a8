"""A site's server is killed while a request waits in one of its workers: they end with it, so that
the port is free and the launcher can start the site again at once."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from tests.deployments import Deployment
from tests.intake.sms.test_away import away
from tests.patience import PATIENCE
from tests.running import Reporter, Running

# Less than the request would wait for its turn at writing.
_AT_ONCE = 3.0


def is_at_work(pid: int) -> bool:
    """Whether a process runs; who is dead and not yet buried doesn't."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def wait_for_end(pids: list[int], seconds: float) -> None:
    last_moment = time.monotonic() + seconds
    while any(is_at_work(pid) for pid in pids) and time.monotonic() < last_moment:
        time.sleep(0.02)


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def test_workers_end_with_their_server_and_the_site_comes_back(deployment: Deployment) -> None:
    with (
        Running(deployment) as running,
        Reporter(running.public_url) as reporter,
        ThreadPoolExecutor(1) as beside,
    ):
        fields = {**reporter.form(), "words": "高龄津贴没发"}
        server, *workers = running.public_pids()
        with away(deployment):
            waiting = beside.submit(reporter.client.post, "/report/tip-off", data=fields)
            time.sleep(0.5)
            os.kill(server, signal.SIGKILL)
            wait_for_end(workers, _AT_ONCE)
            assert not any(is_at_work(pid) for pid in workers)
        assert isinstance(waiting.exception(PATIENCE), httpx.HTTPError)
        last_moment = time.monotonic() + PATIENCE
        while not answers(running.public_url) and time.monotonic() < last_moment:
            time.sleep(0.1)
        _, code = reporter.send(fields)
        assert fields["words"] in reporter.progress(code)
