"""`python -m tests.soak.flood`: more reports than the machine can register, for half a minute, and
what became of each. Exit status 1 where one that was acknowledged is lost or doubled, or where
somebody who was refused doesn't have his words back."""

from __future__ import annotations

import argparse
import re
import signal
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from bench.requests import post
from intake import submission
from intake.cases.case import Case
from intake.vault.key_files import read_key
from tests.deployments import CAMPAIGNS, Deployment
from tests.running import Running
from tests.templates import Templates

_COOKIE = "flood-cookie"
# So many wait for an answer at once; whoever comes after them waits for a place, as at a door.
_AT_ONCE = 400
_SECONDS_TO_WAIT = 60.0
# As many as keep all threads of the site busy.
_PEOPLE = 24
_NUMBER = re.compile(rb'data-case-number="([A-Z0-9]+)"')


@dataclass
class Flood:
    """Everybody's reports to one running site."""

    port: int
    secret: bytes
    sent: int = 0
    receipts: list[str] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)

    def report(self, at: int) -> None:
        """Send one report from an address of its own, and note what was answered."""
        issued = submission.issue(self.secret)
        fields = {
            "submission_id": issued,
            "csrf_token": submission.form_token(self.secret, _COOKIE, issued),
            "words": f"高龄津贴三个月没有发，问了两次都说再等等。第{at}件",
        }
        headers = {"Cookie": f"hh_form={_COOKIE}", "Connection": "close"}
        try:
            answer = self._says(post("/report/complaint", fields, headers), at)
        except OSError:
            answer = b""
        found = _NUMBER.search(answer)
        if found:
            self.receipts.append(found[1].decode())
        else:
            kept = f"第{at}件".encode() in answer
            status = answer[9:12].decode() or "no answer"
            self.others[f"{status}, {'words given back' if kept else 'words not there'}"] += 1

    def _says(self, request: bytes, at: int) -> bytes:
        here = (f"127.{1 + at % 200}.{1 + at // 200 % 250}.7", 0)
        site = ("127.0.0.1", self.port)
        with socket.create_connection(site, _SECONDS_TO_WAIT, source_address=here) as line:
            line.sendall(request)
            return b"".join(iter(lambda: line.recv(65_536), b""))


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
            people.submit(flood.report, flood.sent)


def faults(flood: Flood, deployment: Deployment) -> list[str]:
    """What must never be."""
    with deployment.database.reading() as session:
        numbers = set(session.scalars(select(Case.number)))
    lost = [one for one in flood.receipts if one not in numbers]
    found = [f"{len(lost)} receipts without a case"] if lost else []
    if len(set(flood.receipts)) != len(flood.receipts):
        found.append("a number was given twice")
    unanswered = sum(n for what, n in flood.others.items() if what.startswith("no answer"))
    if len(numbers) > len(flood.receipts) + unanswered:
        found.append("more cases than reports that could have become one")
    refused = sum(n for what, n in flood.others.items() if what.endswith("not there"))
    if refused > unanswered:
        found.append(f"{refused - unanswered} were refused without their words")
    return found


def run(seconds: float, times: float, say: Callable[[str], object]) -> list[str]:
    """Measure what the machine can, then send it more."""
    with tempfile.TemporaryDirectory(prefix="huimin-flood-") as name:
        templates = Templates(Path(name) / "templates")
        campaign = CAMPAIGNS / "jianghan-2022"
        try:
            with templates.copy(campaign, "sqlite", Path(name) / "data") as deployment:
                with Running(deployment) as running:
                    secret = read_key(deployment.settings.secret_key_file)
                    flood = Flood(running.public_port, secret)
                    # The first requests of a process pay for what it reads once.
                    closed(flood, min(5.0, seconds))
                    can = closed(flood, min(10.0, seconds))
                    say(f"{_PEOPLE} people, one after the other: {can:.0f} reports a second")
                    began, before = time.monotonic(), len(flood.receipts)
                    opened(flood, times * can, seconds)
                    took = time.monotonic() - began
                    given = len(flood.receipts) - before
                    say(f"{times * can:.0f} a second for {seconds:.0f} s: {given} receipts")
                    say(f"all were answered after {took:.0f} s; else {dict(flood.others)}")
                    began = time.monotonic()
                    flood.report(flood.sent + 1)
                    say(f"afterwards one takes {time.monotonic() - began:.2f} s")
                return faults(flood, deployment)
        finally:
            templates.stop()


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
