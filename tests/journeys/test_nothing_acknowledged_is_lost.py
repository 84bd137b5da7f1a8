"""Two hundred reports at once, a kill in the middle, answers lost on the way: every receipt
opens."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
from sqlalchemy import func, select

from admin.system.event_audit import verify
from intake.cases.case import Case
from intake.cases.message import MessageKind
from intake.cases.receipt import Receipt
from intake.correspondence import read_as_unit
from intake.vault.query_codes import code_digest, read_code
from tests.deployments import Deployment
from tests.running import Reporter, Running

CLIENTS, REPORTS = 8, 25


class Killer:
    """Kills a running deployment in the middle of its work: at the 40th acknowledged report."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.struck = threading.Event()
        self._left = threading.Semaphore(40)

    def count(self) -> None:
        """One more report was acknowledged."""
        if not self._left.acquire(blocking=False) and not self.struck.is_set():
            self.struck.set()
            self.running.kill()


def words_of(client: int, number: int) -> str:
    return f"第{client}个人的第{number}句话：高龄津贴没有到账。"


def report_all(url: str, client: int, killer: Killer | None = None) -> dict[str, str]:
    """Send one client's reports; returns what was acknowledged: query code to words."""
    acknowledged: dict[str, str] = {}
    with Reporter(url, address=f"127.0.77.{client + 1}") as reporter:
        for number in range(REPORTS):
            words = words_of(client, number)
            try:
                fields = {**reporter.form(), "words": words, "policy": "MZ11", "problem": "1.2"}
                _, code = reporter.send(fields)
            except httpx.HTTPError:
                if killer is not None and killer.struck.is_set():
                    break
                raise
            acknowledged[code] = words
            if killer is not None:
                killer.count()
    return acknowledged


def open_all(deployment: Deployment, acknowledged: dict[str, str]) -> None:
    """Every receipt opens and shows the exact words to the unit that has the case; none is
    doubled."""
    with deployment.database.reading() as session:
        for code, words in acknowledged.items():
            digest = code_digest(read_code(code))
            case = session.scalars(
                select(Case)
                .join(Receipt, Receipt.case_id == Case.id)
                .where(Receipt.code_digest == digest)
            ).one()
            letters = read_as_unit(session, case, frozenset({case.unit_code}), [MessageKind.WORDS])
            assert [letter.text for letter in letters] == [words]


def test_two_hundred_reports_at_once(on_each_database: Deployment) -> None:
    with Running(on_each_database) as running, ThreadPoolExecutor(CLIENTS) as pool:
        parts = list(pool.map(lambda c: report_all(running.public_url, c), range(CLIENTS)))
        acknowledged = {code: words for part in parts for code, words in part.items()}
        assert len(acknowledged) == CLIENTS * REPORTS

        with Reporter(running.public_url) as reader:
            for code, words in list(acknowledged.items())[:: CLIENTS * 3]:
                assert words in reader.progress(code)
    open_all(on_each_database, acknowledged)
    with on_each_database.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == len(acknowledged)
        verify(session)


def test_killed_in_the_middle_every_receipt_still_opens(deployment: Deployment) -> None:
    running = Running(deployment)
    running.start()
    killer = Killer(running)
    with ThreadPoolExecutor(CLIENTS) as pool:
        parts = [pool.submit(report_all, running.public_url, c, killer) for c in range(CLIENTS)]
        done = [part.result() for part in parts]
    acknowledged = {code: words for part in done for code, words in part.items()}
    assert killer.struck.is_set()
    assert 40 <= len(acknowledged) < CLIENTS * REPORTS

    with running, Reporter(running.public_url) as reader:
        code, words = next(iter(acknowledged.items()))
        assert words in reader.progress(code)
    open_all(deployment, acknowledged)
    with deployment.database.reading() as session:
        verify(session)


def test_a_lost_answer_sent_again_shows_the_same_code_and_an_edited_one_another(
    deployment: Deployment,
) -> None:
    with Running(deployment) as running, Reporter(running.public_url) as reporter:
        fields = {**reporter.form(), "words": "头一回写的", "policy": "MZ11", "problem": "1.2"}
        first = reporter.send(fields)
        assert reporter.send(fields) == first
        edited = reporter.send({**fields, "words": "改过再写的"})
        assert edited[1] != first[1]
        assert "头一回写的" in reporter.progress(first[1])
        assert "改过再写的" in reporter.progress(edited[1])
