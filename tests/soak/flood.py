"""`python -m tests.soak.flood`: more reports than the machine can register, for half a minute, and
what became of each. Exit status 1 where one that was acknowledged is lost or doubled, where
somebody who was refused doesn't have his words back or isn't told when to come again, or where
officers don't come to their queue meanwhile."""

from __future__ import annotations

import argparse
import re
import signal
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from sqlalchemy import select

from bench.requests import post
from intake import submission
from intake.cases.case import Case
from intake.vault.key_files import read_key
from tests.admin.house import House
from tests.deployments import CAMPAIGNS, Deployment
from tests.running import Running
from tests.templates import Templates

_COOKIE = "flood-cookie"
# So many wait for an answer at once; whoever comes after them waits for a place, as at a door.
_AT_ONCE = 400
_SECONDS_TO_WAIT = 60.0
# As many as keep all threads of the site busy.
_PEOPLE = 24
_READERS = 6
_PAUSE_SECONDS = 0.5
_NUMBER = re.compile(rb'data-case-number="([A-Z0-9]+)"')
_CODE = re.compile(rb'data-query-code="([^"]+)"')


@dataclass
class Flood:
    """Everybody's reports, and look-ups of what was reported, at one running site. `receipts` are
    case numbers with the code that opens each, `took` how long each was waited for, in seconds."""

    port: int
    secret: bytes
    sent: int = 0
    receipts: list[tuple[str, str]] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    looked_up: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    # Of those who are to come again later, whoever wasn't told when.
    not_told_when: int = 0

    def next(self, at: int) -> None:
        """Every fourth who comes looks up what somebody was told before; the others report."""
        if at % 4 == 0 and self.receipts:
            number, code = self.receipts[at % len(self.receipts)]
            self.looked_up[self.look_up(number, code, at)] += 1
        else:
            self.report(at)

    def report(self, at: int) -> None:
        """Send one report from an address of its own, and note what was answered."""
        issued = submission.issue(self.secret)
        fields = {
            "submission_id": issued,
            "csrf_token": submission.form_token(self.secret, _COOKIE, issued),
            "words": f"高龄津贴三个月没有发，问了两次都说再等等。第{at}件",
        }
        began = time.monotonic()
        answer = self._answer("/report/complaint", fields, at)
        number, code = _NUMBER.search(answer), _CODE.search(answer)
        if number and code:
            self.receipts.append((number[1].decode(), code[1].decode()))
            self.took.append(time.monotonic() - began)
        else:
            kept = f"第{at}件".encode() in answer
            self.others[
                f"{_status(answer)}, {'words given back' if kept else 'words not there'}"
            ] += 1

    def look_up(self, number: str, code: str, at: int) -> str:
        """Open a case by its code: `opens`, or what was answered instead."""
        answer = self._answer("/progress", {"query_code": code}, at)
        return "opens" if number.encode() in answer else _status(answer)

    def _answer(self, path: str, fields: dict[str, str], at: int) -> bytes:
        """What is answered; nothing where no whole answer came in time."""
        headers = {"Cookie": f"hh_form={_COOKIE}", "Connection": "close"}
        here = (f"127.{1 + at % 200}.{1 + at // 200 % 250}.7", 0)
        site = ("127.0.0.1", self.port)
        try:
            with socket.create_connection(site, _SECONDS_TO_WAIT, source_address=here) as line:
                line.sendall(post(path, fields, headers))
                answer = b"".join(iter(lambda: line.recv(65_536), b""))
        except OSError:
            return b""
        if answer[9:10] == b"5" and b"\r\nretry-after:" not in answer.lower():
            self.not_told_when += 1
        return answer


@dataclass
class Desk:
    """An officer who meanwhile opens his queue again and again. `took` is how long each time it was
    waited for, in seconds."""

    url: str
    cookie: dict[str, str]
    took: list[float] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)

    def work(self) -> None:
        """Open it every half second until all is over."""
        with httpx.Client(base_url=self.url, cookies=self.cookie, timeout=_SECONDS_TO_WAIT) as one:
            while not self.over.wait(_PAUSE_SECONDS):
                began = time.monotonic()
                status = one.get("/staff/cases").status_code
                if status == 200:
                    self.took.append(time.monotonic() - began)
                else:
                    self.refused[status] += 1


@contextmanager
def officer_at(deployment: Deployment, url: str) -> Iterator[Desk]:
    """Somebody at work at a desk inside the block."""
    browser = House(deployment).move_in().browser("min")
    cookies = [browser.get_cookie(name) for name in ("hh_staff",)]
    desk = Desk(url, {one.key: one.value for one in cookies if one})
    working = threading.Thread(target=desk.work)
    working.start()
    try:
        yield desk
    finally:
        desk.over.set()
        working.join()


def closed(flood: Flood, seconds: float) -> float:
    """How many reports a second are registered where some people send one after the other."""
    until = time.monotonic() + seconds
    before = len(flood.receipts)

    def one(_: int) -> None:
        while time.monotonic() < until:
            flood.sent += 1
            flood.report(flood.sent)

    with ThreadPoolExecutor(_PEOPLE) as people:
        list(people.map(one, range(_PEOPLE)))
    return (len(flood.receipts) - before) / seconds


def opened(flood: Flood, rate: float, seconds: float) -> None:
    """So many reports a second, whether or not those before them were answered."""
    began = time.monotonic()
    with ThreadPoolExecutor(_AT_ONCE) as people:
        for at in range(round(rate * seconds)):
            time.sleep(max(0.0, began + at / rate - time.monotonic()))
            flood.sent += 1
            people.submit(flood.next, flood.sent)


def opened_again(flood: Flood) -> Counter[str]:
    """What becomes of every receipt's code afterwards."""

    def one(at: int) -> str:
        return flood.look_up(*flood.receipts[at], flood.sent + at)

    with ThreadPoolExecutor(_READERS) as readers:
        return Counter(readers.map(one, range(len(flood.receipts))))


def faults(flood: Flood, desk: Desk, deployment: Deployment) -> list[str]:
    """What must never be."""
    with deployment.database.reading() as session:
        numbers = set(session.scalars(select(Case.number)))
    given = [number for number, _ in flood.receipts]
    lost = [one for one in given if one not in numbers]
    unanswered = sum(n for what, n in flood.others.items() if what.startswith("no answer"))
    refused = sum(n for what, n in flood.others.items() if what.endswith("not there"))
    closed_to = {what: n for what, n in opened_again(flood).items() if what != "opens"}
    wrong = {
        f"{len(lost)} receipts without a case": lost,
        f"a number was given {len(given) - len(set(given))} times more than once": len(given)
        != len(set(given)),
        "more cases than reports that could have become one": len(numbers)
        > len(given) + unanswered,
        f"{refused - unanswered} were refused without their words": refused > unanswered,
        f"{flood.not_told_when} weren't told when to come again": flood.not_told_when,
        f"codes that don't open afterwards: {closed_to}": closed_to,
        f"the staff site refused its queue: {dict(desk.refused)}": desk.refused,
    }
    return [words for words, is_wrong in wrong.items() if is_wrong]


def run(seconds: float, times: float, say: Callable[[str], object]) -> list[str]:
    """Measure what the machine can, then send it more."""
    with tempfile.TemporaryDirectory(prefix="huimin-flood-") as name:
        templates = Templates(Path(name) / "templates")
        campaign = CAMPAIGNS / "jianghan-2022"
        try:
            with (
                templates.copy(campaign, "sqlite", Path(name) / "data") as deployment,
                Running(deployment) as running,
            ):
                secret = read_key(deployment.settings.secret_key_file)
                flood = Flood(running.public_port, secret)
                with officer_at(deployment, running.staff_url) as desk:
                    _measured(flood, desk, seconds, times, say)
                return faults(flood, desk, deployment)
        finally:
            templates.stop()


def _measured(
    flood: Flood, desk: Desk, seconds: float, times: float, say: Callable[[str], object]
) -> None:
    # The first requests of a process pay for what it reads once.
    closed(flood, min(5.0, seconds))
    can = closed(flood, min(10.0, seconds))
    say(f"{_PEOPLE} people, one after the other: {can:.0f} reports a second")
    before = len(flood.receipts)
    desk.took.clear()
    flood.took.clear()
    began = time.monotonic()
    opened(flood, times * can, seconds)
    took = time.monotonic() - began
    given = len(flood.receipts) - before
    say(f"{times * can:.0f} a second for {seconds:.0f} s: {given} receipts, {_slow(flood.took)}")
    say(f"looked up meanwhile: {dict(flood.looked_up)}; staff's queue: {_slow(desk.took)}")
    say(f"all were answered after {took:.0f} s; else {dict(flood.others)}")
    began = time.monotonic()
    flood.report(flood.sent + 1)
    say(f"afterwards one takes {time.monotonic() - began:.2f} s")


def _slow(took: list[float]) -> str:
    """How long the middle one and the slowest hundredth took."""
    if not took:
        return "none"
    found = sorted(took)
    median, slow = found[len(found) // 2], found[int(len(found) * 0.99)]
    return f"{len(found)} in {median:.1f} s (median), {slow:.1f} s (99th percentile)"


def _status(answer: bytes) -> str:
    return answer[9:12].decode() or "no answer"


def main() -> int:
    """Read what is asked for, run, and say what was wrong."""
    asked = argparse.ArgumentParser(prog="python -m tests.soak.flood", description=__doc__)
    asked.add_argument("--seconds", type=float, default=30.0)
    asked.add_argument("--times", type=float, default=4.0, help="of what the machine can")
    words = asked.parse_args()
    # Whoever ends a flood ends the processes that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    found = run(words.seconds, words.times, lambda line: sys.stdout.write(f"{line}\n"))
    sys.stdout.write("\n".join(["FAULTS", *found, ""]) if found else "No fault.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
