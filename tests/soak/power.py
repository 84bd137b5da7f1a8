"""The disk below the product: its power is cut together with the product's, or an fsync fails on
it."""

from __future__ import annotations

import threading
import time
from random import Random

from tests.forgetful.disk import ForgetfulDisk
from tests.soak.killer import kill_everything
from tests.soak.starting import start_again
from tests.soak.striking import strike_during
from tests.soak.world import World

# So many waits for the disk lie between an order and the one that fails, at most: one report with a
# file waits for it five times.
_FARTHEST = 12
_ITS_TURN_SECONDS = 5.0


def cut_during(world: World, which: int) -> threading.Thread:
    """Cut the power several times while the submissions of that round are sent."""
    return strike_during(world, which, world.plan.cuts, _cut)


def fail_during(world: World, which: int) -> threading.Thread:
    """Let fsyncs fail while the submissions of that round are sent. What a failed one left behind
    must not be taken for kept later: every second time the product is killed and started again, and
    the last time the power is cut after that."""
    return strike_during(world, which, world.plan.cuts, _fail)


def _cut(world: World, _at: int, _chance: Random) -> None:
    disk = _disk(world)
    with world.at_desk:
        # Whoever has the database open here would look into a file that is gone.
        world.deployment.close()
        disk.cut(lambda: _fall(world))
    world.count("power cuts")
    _come_back(world)


def _fall(world: World) -> None:
    """With the disk everything that runs on the machine."""
    world.running.kill()
    if world.server:
        world.server.kill()


def _come_back(world: World) -> None:
    """A server that gave itself up is started again as by its supervisor."""
    if world.server:
        world.server.start_again()
    start_again(world)


def _fail(world: World, at: int, chance: Random) -> None:
    disk, last_moment = _disk(world), time.monotonic() + _ITS_TURN_SECONDS
    which = chance.randint(1, _FARTHEST)
    before = disk.syncs
    disk.fail_sync(which)
    while disk.syncs < before + which and time.monotonic() < last_moment:
        time.sleep(0.01)
    if disk.syncs < before + which:
        disk.fail_sync(0)
        return
    world.count("fsyncs that failed")
    if world.server:
        # Where it was its own wait for the disk, PostgreSQL ends all its processes and starts anew.
        world.server.start_again()
    if at % 2:
        kill_everything(world)
    if at == world.plan.cuts - 1:
        # Time for some to try again and be told that it arrived.
        time.sleep(1.0)
        _cut(world, at, chance)


def _disk(world: World) -> ForgetfulDisk:
    assert world.disk is not None, "no disk that forgets"
    return world.disk
