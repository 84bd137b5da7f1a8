"""Keys are turned while citizens write and officers read, on the real servers; the turn is killed
again and again. Nobody notices, every word that was taken can be read, and a form that is sent
again is the same case under the same code."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx
from sqlalchemy import select

from intake.bulk_reading import texts_of
from intake.cases.case import Case
from intake.cases.message import MessageKind
from tests.admin.desk.people import Desks
from tests.admin.keys.world import another_process
from tests.deployments import Deployment
from tests.patience import PATIENCE
from tests.running import ROOT, Reporter, Running

WORDS = "换密钥的时候写的第{}句"
# How often a turn of each key is killed.
KILLS = {"master": 6, "MZ": 6, "intake": 3, "signing": 2}
# Every word is read from the database below; so many of them on their writers' pages, too.
_OPENED = 10


@dataclass
class Crowd:
    """Who writes and reads until it is over."""

    running: Running
    cookie: tuple[str, str]
    number: str
    over: threading.Event = field(default_factory=threading.Event)
    codes: dict[str, str] = field(default_factory=dict)
    read: int = 0

    def writes(self, first: int) -> None:
        """Citizens, each from an address of his own."""
        number = first
        while not self.over.is_set():
            with Reporter(self.running.public_url, f"127.0.{first}.{number % 250 + 1}") as reporter:
                words = WORDS.format(number)
                fields = {**reporter.form("complaint"), "words": words, "policy": "MZ11"}
                number_of_case, code = reporter.send(fields, "complaint")
                self.codes[code] = words
                assert reporter.send(fields, "complaint") == (number_of_case, code)
            number += 1

    def reads(self) -> None:
        """An officer who signed in before it began."""
        cookies = dict([self.cookie])
        with httpx.Client(
            base_url=self.running.staff_url, cookies=cookies, timeout=PATIENCE
        ) as client:
            while not self.over.is_set():
                page = client.get(f"/staff/cases/{self.number}")
                assert page.status_code == 200, page.status_code
                assert WORDS.format("零") in page.text
                self.read += 1


def test_nobody_notices_and_nothing_is_lost(deployment: Deployment) -> None:
    desks = Desks(deployment)
    number = desks.case(words=WORDS.format("零"))
    cookie = desks.at("mz-officer").get_cookie("hh_staff")
    assert cookie is not None
    with Running(deployment) as running, ThreadPoolExecutor(3) as beside:
        crowd = Crowd(running, (cookie.key, cookie.value), number)
        steps: tuple[Callable[[], None], ...] = (
            lambda: crowd.writes(1),
            lambda: crowd.writes(2),
            crowd.reads,
        )
        people = [beside.submit(step) for step in steps]
        try:
            kills = sum(turned(deployment, kind) for kind in KILLS)
        finally:
            crowd.over.set()
        for one in people:
            one.result(PATIENCE)
        assert kills == sum(KILLS.values())
        assert crowd.read > 0
        assert len(crowd.codes) > 1
        with Reporter(running.public_url, "127.0.9.1") as reporter:
            drawn = random.Random(61)  # noqa: S311 - No secret hangs on it.
            kept = sorted(crowd.codes.items())
            for code, words in drawn.sample(kept, min(_OPENED, len(kept))):
                assert words in reporter.progress(code)
    database = another_process(deployment)
    with database.reading() as session:
        cases = session.scalars(select(Case.id)).all()
        found = texts_of(session, cases, ["MZ"], [MessageKind.WORDS])
        assert {one.text for one in found} >= set(crowd.codes.values())
        assert len(cases) == len(crowd.codes) + 1
    assert deployment.run("verify-audit").exit_code == 0


def turned(deployment: Deployment, kind: str) -> int:
    """Turn a key, killed at drawn moments; returns how often."""
    environ = os.environ | {"DATA_DIR": str(deployment.settings.data_dir), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "tests.admin.keys.killed", kind, str(KILLS[kind])]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return int(done.stdout)
