"""The public process as `make run` starts it: it holds no key that opens an earlier case."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from sqlalchemy import select

from intake.cases.case import Case, Channel
from intake.draft import Draft
from intake.register import register
from intake.vault.compartment import Compartment, open_compartment
from intake.vault.key_files import read_key
from intake.vault.query_codes import reporter_keys
from intake.vault.unit_key import UnitKey, unit_pair
from portal.campaign.kinds import Kind
from tests.deployments import Deployment
from tests.running import Reporter, Running, hidden_fields

WORDS = "这句话公众网站的进程不该再认得"


def memory_of(pid: int) -> bytes:
    """Everything that a process may have put into its memory: what it can't write to holds files
    and nothing else. Needs root, as a thief on the machine would have."""
    found = []
    with Path(f"/proc/{pid}/mem").open("rb") as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if span is None or "[v" in line:
                continue
            start, end = int(span[1], 16), int(span[2], 16)
            try:
                memory.seek(start)
                found.append(memory.read(end - start))
            except (OSError, ValueError):
                continue
    return b"".join(found)


@pytest.fixture
def earlier(deployment: Deployment) -> tuple[Running, str]:
    """A case that came in before the public process was started again."""
    running = Running(deployment)
    with running, Reporter(running.public_url) as reporter:
        fields = {**reporter.form(), "words": WORDS, "policy": "MZ11", "problem": "3.3"}
        _, code = reporter.send(fields)
    return running, code


def keys_of_the_first_case(deployment: Deployment, code: str) -> dict[str, bytes]:
    """The keys of the first case; a later one is there too by now."""
    with deployment.database.reading() as session:
        first = session.scalars(select(Case).order_by(Case.id)).first()
        assert first is not None
        boxes = session.scalars(select(Compartment).where(Compartment.label == first.label)).all()
        units = frozenset(session.scalars(select(UnitKey.unit_code)))
        keys = {f"unit {unit}": unit_pair(session, unit).private for unit in sorted(units)}
        for box in boxes:
            holders = frozenset(key.holder for key in box.keys) - {"reporter"}
            keys[f"box {box.name}"] = open_compartment(session, box, holders).private
    master = read_key(deployment.settings.master_key_file)
    return keys | {
        "the reporter's key": reporter_keys(code).private,
        "the query code": code.encode(),
        "the words": WORDS.encode(),
        "the master key": master,
        "the master key as in its file": master.hex().encode(),
    }


def test_memory_and_database_together_open_no_earlier_case(
    deployment: Deployment, earlier: tuple[Running, str]
) -> None:
    running, code = earlier
    with running, Reporter(running.public_url) as reporter:
        # The process has worked since: it has read the campaign, served forms and sealed a report.
        fields = {**reporter.form(), "words": "后来的一件", "policy": "MZ11", "problem": "3.3"}
        reporter.send(fields)
        memories = {pid: memory_of(pid) for pid in running.public_pids()}
        assert len(memories) >= 2
        # The search does find keys: this one the process may hold.
        intake_key = read_key(deployment.settings.intake_key_file)
        assert all(intake_key in memory for memory in memories.values())
        for name, key in keys_of_the_first_case(deployment, code).items():
            for pid, memory in memories.items():
                assert key not in memory, f"process {pid} holds {name}"


def test_a_code_that_a_clerk_saw_is_changed_without_the_master_key(
    deployment: Deployment,
) -> None:
    told = Draft(
        channel=Channel.TELEPHONE, kind=Kind.COMPLAINT, words=WORDS, submission="one", policy="MZ11"
    )
    with deployment.database.writing() as session:
        old = register(session, told).query_code
    with Running(deployment) as running, Reporter(running.public_url) as reporter:
        explained = reporter.progress(old)
        assert WORDS not in explained
        asked = reporter.client.post("/progress/code", data=hidden_fields(explained)).text
        new = re.search(r'data-query-code="([^"]+)"', asked)
        assert new, asked
        confirmed = {**hidden_fields(asked), "confirmed": "yes"}
        assert WORDS in reporter.client.post("/progress/code", data=confirmed).text
        assert WORDS in reporter.progress(new[1])
        assert WORDS not in reporter.progress(old)


def test_admin_isnt_imported_and_the_master_key_cant_be_read(
    deployment: Deployment,
) -> None:
    with Running(deployment) as running:
        master = deployment.settings.master_key_file
        for pid in running.public_pids():
            opened = [os.readlink(link) for link in Path(f"/proc/{pid}/fd").iterdir()]
            assert str(master) not in opened
            modules = memory_of(pid)
            assert b"admin.accounts.access" not in modules
            assert b"admin.desk.casework" not in modules
