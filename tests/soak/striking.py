"""Drawn moments of a round, at each of which something goes wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from random import Random

from tests.soak.world import World

Blow = Callable[[World, int, Random], None]


def strike_during(world: World, which: int, times: int, blow: Blow) -> threading.Thread:
    """Strike so many times while the submissions of that round are sent; each blow is told which
    one it is."""
    thread = threading.Thread(target=_strike, args=(world, which, times, blow))
    thread.start()
    return thread


def _strike(world: World, which: int, times: int, blow: Blow) -> None:
    many = world.plan.submissions
    chance = world.plan.chance(blow.__name__, which)
    for at, moment in enumerate(
        sorted(int(chance.uniform(0.05, 0.9) * many) for _ in range(times))
    ):
        while world.done < moment and world.busy.is_set():
            time.sleep(0.01)
        # Anywhere between two answers.
        time.sleep(chance.uniform(0, 0.2))
        blow(world, at, chance)
