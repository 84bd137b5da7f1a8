"""Starts the product again, as a supervisor does, and looks at how long it takes."""

from __future__ import annotations

import time

from tests.soak.world import World

_STARTS_FOR, _PAUSE_SECONDS = 60.0, 2.0


def start_again(world: World) -> None:
    """Start it again and again until both sites answer. Workers whose gunicorn was killed before
    hold the port until they have noticed."""
    began = time.monotonic()
    while True:
        try:
            world.running.start()
        except RuntimeError:
            world.running.kill()
            if time.monotonic() - began > _STARTS_FOR:
                world.count("starts that failed")
                return
            world.count("starts that found the port taken")
            time.sleep(_PAUSE_SECONDS)
        else:
            world.starts.append(time.monotonic() - began)
            return
