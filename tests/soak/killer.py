"""Kills the product with SIGKILL at drawn moments: all its processes, or one of them."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress

from tests.soak.world import World

_STARTS_FOR, _PAUSE_SECONDS = 60.0, 2.0


def kill_during(world: World, which: int, many: int) -> threading.Thread:
    """Strike several times while so many submissions of that round are sent; the first drawn kill
    takes everything."""
    thread = threading.Thread(target=_strike, args=(world, which, many))
    thread.start()
    return thread


def _strike(world: World, which: int, many: int) -> None:
    chance = world.plan.chance("kills", which)
    moments = sorted(int(chance.uniform(0.05, 0.9) * many) for _ in range(world.plan.kills))
    everything = chance.randrange(max(1, len(moments)))
    for at, moment in enumerate(moments):
        while world.done < moment and world.busy.is_set():
            time.sleep(0.01)
        # Anywhere between two answers.
        time.sleep(chance.uniform(0, 0.2))
        if at == everything:
            world.running.kill()
            world.count("kills of everything")
            _start_again(world)
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


def _start_again(world: World) -> None:
    """Start as a supervisor does: again and again. Workers whose gunicorn was killed before hold
    the port until they have noticed."""
    gives_up_at = time.monotonic() + _STARTS_FOR
    while True:
        try:
            world.running.start()
        except RuntimeError:
            world.running.kill()
            if time.monotonic() > gives_up_at:
                world.count("starts that failed")
                return
            world.count("starts that found the port taken")
            time.sleep(_PAUSE_SECONDS)
        else:
            return
