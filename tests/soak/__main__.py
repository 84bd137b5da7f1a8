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

from tests.soak import ground
from tests.soak.plan import Plan, Trouble
from tests.soak.rounds import faults, soak
from tests.soak.table import table
from tests.templates import Templates

_USUAL = Plan(seed=0)


def main(words: Sequence[str] | None = None) -> int:
    """Soak once. What a soak with a fault leaves behind is kept, and named."""
    plan = _plan(_arguments().parse_args(words))
    # Whoever ends a soak ends the processes that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = Path(tempfile.mkdtemp(prefix="huimin-soak-"))
    disk = folder / "disk"
    disk.mkdir()
    mounted = ground.own_disk(disk)
    if not mounted and Trouble.FULL in plan.troubles:
        _say("No disk of its own can be mounted here (that takes root): NO ROUND WITH A FULL DISK.")
        without = tuple(one for one in plan.troubles if one is not Trouble.FULL)
        plan = replace(plan, troubles=without)
    _say(f"seed {plan.seed}, {plan.database}, in {folder}")
    templates, is_well = Templates(folder / "templates"), False
    try:
        outcome = soak(plan, templates, disk, _say)
        found = faults(outcome)
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
        database=asked.database,
        locked_seconds=asked.seconds,
        troubles=tuple(Trouble[name.upper()] for name in asked.troubles),
    )


def _arguments() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    found.add_argument("--rounds", type=int, default=_USUAL.rounds, help="with kills")
    found.add_argument("--submissions", type=int, default=_USUAL.submissions, help="in each round")
    found.add_argument("--kills", type=int, default=_USUAL.kills, help="in each round")
    found.add_argument("--seconds", type=float, default=_USUAL.locked_seconds, help="of a trouble")
    found.add_argument("--seed", type=int, help="the same submissions and kills again")
    found.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    found.add_argument(
        "--troubles", nargs="*", choices=("locked", "full"), default=["locked", "full"]
    )
    return found


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
