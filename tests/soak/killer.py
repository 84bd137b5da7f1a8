"""Kills the product with SIGKILL at drawn moments: all its processes, or one of them."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress
from random import Random

from tests.soak.starting import start_again
from tests.soak.striking import strike_during
from tests.soak.world import World


def kill_during(world: World, which: int) -> threading.Thread:
    """Strike several times while the submissions of that round are sent; the first kill and every
    second after it take everything."""
    return strike_during(world, which, world.plan.kills, _kill)


def kill_everything(world: World) -> None:
    """Kill the launcher and all below it, and start again."""
    world.running.kill()
    world.count("kills of everything")
    start_again(world)


def _kill(world: World, at: int, chance: Random) -> None:
    if at % 2 == 0:
        kill_everything(world)
    else:
        _kill_one(world, chance.random())


def _kill_one(world: World, draw: float) -> None:
    """Kill a process below the launcher: a site, one of its workers, a cleaning child, the
    worker."""
    below = world.running.pids()[1:]
    if below:
        with suppress(ProcessLookupError):
            os.kill(below[int(draw * len(below))], signal.SIGKILL)
        world.count("kills of one process")
