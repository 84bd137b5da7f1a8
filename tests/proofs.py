"""On a build machine a test that is named as a proof of security has to be run: what was skipped
there proves nothing, however green the run."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Set as AbstractSet

import pytest

from tests.house.named_tests import NAMED, ROOT
from tests.services import fuse

# A test as reports name it; behind it may stand its case, and the piece that it was dealt out in.
_TEST = re.compile(r"(tests/[\w/]+\.py)::(test_\w+)")
_RECOVERY = "tests/portal/foundation/test_recovery.py"
# These play a power cut on a disk of their own, which no package mounts in a sandbox
# (`tests.services.required.may_cut_power`); where one can be mounted they have to be run.
CUT_POWER = frozenset(
    {
        "tests/forgetful/test_disk.py::test_it_finds_out_a_database_that_does_not_wait",
        "tests/forgetful/test_every_fsync.py::test_whichever_fsync_fails",
        "tests/forgetful/test_postgresql.py::test_what_it_acknowledged_outlives_a_power_cut",
        "tests/forgetful/test_postgresql.py::test_what_the_disk_refuses_is_not_acknowledged",
        "tests/forgetful/test_what_is_kept.py::test_a_text_in_the_spool",
        "tests/forgetful/test_what_is_kept.py::test_keys",
        "tests/journeys/test_a_short_soak.py::test_a_short_soak",
        f"{_RECOVERY}::test_what_a_failed_fsync_left_outlives_a_power_cut_once_it_is_shown",
    }
)


class SkippedProofs:
    """Fails a run in which one of some tests was skipped, and says which. Tests are named by file
    and name, or by their file alone."""

    def __init__(self, proofs: AbstractSet[str]) -> None:
        self._proofs, self._skipped = proofs, set[str]()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a proof that was skipped; whoever deals the tests out hears of those of workers."""
        named = _TEST.match(report.nodeid) if report.skipped else None
        if named and self._proofs & {named[0], named[1]}:
            self._skipped.add(named[0])

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A run that would have passed fails."""
        if self._skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """A line for each."""
        for one in sorted(self._skipped):
            terminalreporter.write_line(f"FAILED {one}: a proof that was skipped proves nothing")


def watch(config: pytest.Config) -> None:
    """Watch the proofs where `CI=true`, in the process that deals the tests out."""
    if os.environ.get("CI") == "true" and not hasattr(config, "workerinput"):
        config.pluginmanager.register(SkippedProofs(to_be_run()))


def to_be_run() -> frozenset[str]:
    """The proofs of both lists that this machine has to run."""
    return named() - (CUT_POWER if fuse.impossible() else frozenset())


def named() -> frozenset[str]:
    """What proves a requirement of ASVS that is met, or a check of security."""
    with (ROOT / "docs" / "asvs.csv").open(encoding="utf-8", newline="") as file:
        met = [row["proof"].split() for row in csv.DictReader(file) if row["status"] == "met"]
    page = (ROOT / "docs" / "security-checks.md").read_text("utf-8")
    checks = ("::".join(filter(None, one)) for one in NAMED.findall(page))
    return frozenset(proof for proofs in met for proof in proofs).union(checks)
