"""The machine's clock is set, forward and back, while everybody is at work."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from random import Random

from portal.foundation import clock
from tests.deployments import Deployment
from tests.services.programs import ROOT
from tests.soak.striking import strike_during
from tests.soak.world import World

_CLOCKWORK = Path(__file__).parent / "clockwork"
# How far the clock is from the real one: a day ahead, an hour back from there, before everything
# that has happened so far, and right again.
_AWAY = (timedelta(days=1), timedelta(hours=23), timedelta(days=-3), timedelta())


def by_jumping_clock(deployment: Deployment) -> Mapping[str, str]:
    """What lets a product's processes go by a clock that can be set."""
    _write(deployment, timedelta())
    # The confined process can't read the tests' folders.
    clockwork = shutil.copytree(_CLOCKWORK, deployment.settings.shared_dir / _CLOCKWORK.name)
    return {"PYTHONPATH": f"{clockwork}:{ROOT}", "CLOCK_JUMPS": str(_file(deployment))}


def jump_during(world: World, which: int) -> threading.Thread:
    """Set the clock several times while the submissions of that round are sent."""
    return strike_during(world, which, world.plan.cuts, _jump)


def stand_right(world: World) -> None:
    """Set the clock right again."""
    _set(world, timedelta())


def _jump(world: World, at: int, _chance: Random) -> None:
    _set(world, _AWAY[at % len(_AWAY)])
    world.count("jumps of the clock")


def _set(world: World, away: timedelta) -> None:
    _write(world.deployment, away)
    # Providers and officers here know no other time than the machine's.
    clock.shift(away)


def _write(deployment: Deployment, away: timedelta) -> None:
    file = _file(deployment)
    beside = file.with_suffix(".new")
    beside.write_text(f"{away.total_seconds():.0f}")
    beside.replace(file)


def _file(deployment: Deployment) -> Path:
    """Where every process may read."""
    return deployment.settings.shared_dir / "clock-jumps"
