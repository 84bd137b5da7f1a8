"""The public site answers from two processes, each of which keeps finished pages of its own. What
the office takes down on the staff site, a process apart from both, is gone from the next answer of
each."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from portal.foundation.staff import Role
from tests.deployments import Deployment
from tests.patience import PATIENCE
from tests.portal.pages.released import release
from tests.running import Running, hidden_fields

_REASON = "金额写错了"
_COOKIE = "hh_staff"


@contextmanager
def alone(worker: int, workers: list[int]) -> Iterator[None]:
    """The other workers stand still meanwhile, so that this one answers whoever comes."""
    others = [pid for pid in workers if pid != worker]
    for pid in others:
        os.kill(pid, signal.SIGSTOP)
    try:
        for pid in others:
            _wait_until_still(pid)
        yield
    finally:
        for pid in others:
            os.kill(pid, signal.SIGCONT)


def _wait_until_still(pid: int) -> None:
    last_moment = time.monotonic() + PATIENCE
    while "State:\tT" not in Path(f"/proc/{pid}/status").read_text():
        assert time.monotonic() < last_moment, f"{pid} doesn't stand still"
        time.sleep(0.01)


def asked(running: Running, page: str, **headers: str) -> httpx.Response:
    """An answer on a connection of its own, from whichever worker takes it."""
    return httpx.get(f"{running.public_url}{page}", headers=headers, timeout=PATIENCE)


def withdraw(running: Running, staff: httpx.Client, number: str) -> None:
    away = f"{running.staff_url}/staff/publishing/results/{number}/withdraw"
    form = staff.get(away)
    assert form.status_code == 200, form.text
    done = staff.post(away, data={**hidden_fields(form.text), "reason": _REASON})
    assert done.status_code == 303, done.text


@pytest.fixture
def running(on_each_database: Deployment) -> Iterator[Running]:
    """A site with three results, and a publisher, on each database."""
    with on_each_database.database.writing() as session:
        for number in (1, 2, 3):
            release(session, f"WT-000{number}", summary=f"第{number}处漏发了津贴")
    on_each_database.add_staff("gong", ("BGS", Role.PUBLISHER))
    with Running(on_each_database) as started:
        yield started


def test_what_is_withdrawn_is_gone_from_every_workers_next_answer(running: Running) -> None:
    cookie = running.deployment.officer("gong").get_cookie(_COOKIE)
    assert cookie is not None
    _, *workers = running.public_pids()
    assert len(workers) == 2
    # The first two pages are answered in front of Flask, the third, which has a query, behind it.
    pages = {"WT-0001": "/results/WT-0001", "WT-0002": "/results", "WT-0003": "/search?q=漏发"}
    with httpx.Client(cookies={_COOKIE: cookie.value}, timeout=PATIENCE) as staff:
        for at, (number, page) in enumerate(pages.items(), 1):
            summary, etags = f"第{at}处漏发了津贴", {}
            for worker in workers:
                with alone(worker, workers):
                    # The second answer is what the first left behind.
                    kept = [asked(running, page) for _ in range(2)]
                assert all(one.status_code == 200 and summary in one.text for one in kept)
                etags[worker] = kept[1].headers["ETag"]
            withdraw(running, staff, number)
            for worker in workers:
                with alone(worker, workers):
                    # A browser that has the old page isn't told that it still holds.
                    after = asked(running, page, **{"If-None-Match": etags[worker]})
                assert after.status_code == (410 if page.endswith(number) else 200), page
                assert summary not in after.text, page
                assert (_REASON in after.text) == page.endswith(number), page
