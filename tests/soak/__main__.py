"""`make soak`: run the rounds, print the table; exit status 1 where anything was lost, doubled, or
left over."""

from __future__ import annotations

import argparse
import secrets
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.services import fuse
from tests.soak import ground
from tests.soak.plan import Plan, Trouble
from tests.soak.rounds import faults, soak
from tests.soak.table import table
from tests.templates import Templates

_USUAL = Plan(seed=0)
# From the start of the launcher to the first answer of either site, in seconds.
_READY_WITHIN = 10.0


def main(words: Sequence[str] | None = None) -> int:
    """Soak once. What a soak with a fault leaves behind is kept, and named."""
    asked = _arguments().parse_args(words)
    plan = _plan(asked)
    # Whoever ends a soak ends the processes that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = Path(tempfile.mkdtemp(prefix="huimin-soak-"))
    # The database's server may be another user.
    folder.chmod(0o711)
    disk = folder / "disk"
    disk.mkdir()
    mounted = ground.own_disk(disk)
    plan = _possible(plan, mounted)
    _say(f"seed {plan.seed}, {plan.database}, in {folder}")
    templates, is_well = Templates(folder / "templates"), False
    try:
        outcome = soak(plan, templates, disk, _say)
        found = faults(outcome, None if asked.busy else _READY_WITHIN)
        is_well = not found
        _say(table(outcome))
        _say("\n".join(["FAULTS", *found]) if found else "No fault.")
    finally:
        templates.stop()
        _clear(folder, disk if mounted else None, keep=not is_well)
    return 0 if is_well else 1


def _clear(folder: Path, mounted: Path | None, *, keep: bool) -> None:
    if keep:
        _say(f"Kept: {folder}" + (f" (umount {mounted}, then delete)" if mounted else ""))
        return
    if mounted:
        ground.unmount(mounted)
    shutil.rmtree(folder)


def _plan(asked: argparse.Namespace) -> Plan:
    seed = secrets.randbelow(10**6) if asked.seed is None else asked.seed
    return Plan(
        seed=seed,
        rounds=asked.rounds,
        submissions=asked.submissions,
        kills=asked.kills,
        cuts=asked.cuts,
        database=asked.database,
        locked_seconds=asked.seconds,
        troubles=tuple(Trouble[name.upper()] for name in asked.troubles),
    )


def _possible(plan: Plan, mounted: bool) -> Plan:
    """The plan without what can't be played on this machine, which is said."""
    lacking = {Trouble.POWER: fuse.missing(), Trouble.FSYNC: fuse.missing()}
    if not mounted:
        lacking[Trouble.FULL] = "No disk of its own can be mounted here (that takes root)."
    for trouble in dict.fromkeys(plan.troubles):
        if lacking.get(trouble):
            _say(f"{lacking[trouble]} NO ROUND WITH: {trouble}.")
    possible = tuple(one for one in plan.troubles if not lacking.get(one))
    return replace(plan, troubles=possible)


def _arguments() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    found.add_argument("--rounds", type=int, default=_USUAL.rounds, help="with kills")
    found.add_argument("--submissions", type=int, default=_USUAL.submissions, help="in each round")
    found.add_argument("--kills", type=int, default=_USUAL.kills, help="in each round")
    found.add_argument(
        "--cuts",
        type=int,
        default=_USUAL.cuts,
        help="of the power, failing fsyncs, or jumps of the clock, in each such round",
    )
    found.add_argument("--seconds", type=float, default=_USUAL.locked_seconds, help="of a trouble")
    found.add_argument("--seed", type=int, help="the same submissions and kills again")
    found.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    found.add_argument(
        "--busy", action="store_true", help="the machine is shared: a slow start is no fault"
    )
    found.add_argument(
        "--troubles",
        nargs="*",
        choices=[trouble.name.lower() for trouble in Trouble],
        default=["power", "fsync", "clock", "locked", "full"],
        help="a round each, in this order; one may be named more than once",
    )
    return found


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
