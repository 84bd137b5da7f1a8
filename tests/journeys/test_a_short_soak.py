"""A short round of each trouble of `make soak`, in the middle of mixed submissions and with a
provider in a bad mood; and everybody finds what he wrote, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services import fuse
from tests.services.required import may_cut_power
from tests.soak import ground
from tests.soak.plan import Plan, Trouble
from tests.soak.rounds import faults, soak
from tests.soak.table import table
from tests.templates import Templates

# After the fsync that fails the power is cut, too.
_SHORT = Plan(
    seed=7,
    rounds=1,
    submissions=12,
    kills=1,
    cuts=1,
    locked_seconds=2,
    troubles=(Trouble.FSYNC, Trouble.CLOCK, Trouble.LOCKED, Trouble.FULL),
)
# Files are refused where less than half a gigabyte is free.
_SIZE = "700m"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path | None]:
    """A small disk that can be filled, or None where nobody may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if fuse.missing() or not ground.own_disk(folder, _SIZE):
        yield None
        return
    yield folder
    ground.unmount(folder)


def test_a_short_soak(templates: Templates, disk: Path | None, tmp_path: Path) -> None:
    plan = _SHORT if disk else replace(_SHORT, troubles=(Trouble.CLOCK, Trouble.LOCKED))
    outcome = soak(plan, templates, disk or tmp_path / "ground")
    assert not faults(outcome), table(outcome)
    assert outcome.verdict.acknowledged == plan.submissions * len(plan.all_rounds)
    assert outcome.counts["kills of everything"] == 1
    assert outcome.counts["jumps of the clock"] == 1
    if disk is None:
        may_cut_power()
    assert outcome.counts["fsyncs that failed"] == 1
    assert outcome.counts["power cuts"] == 1
