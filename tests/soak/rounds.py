"""A soak from its first submission to the verdict."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from tests.admin.house import House
from tests.forgetful.disk import ForgetfulDisk
from tests.running import Running
from tests.services.postgres import Postgres
from tests.soak import desk, ground, jumps, killer, outside, power, queues, troubles
from tests.soak.judging import Verdict, judged
from tests.soak.plan import Plan, Trouble
from tests.soak.senders import send_all
from tests.soak.submission import drawn
from tests.soak.world import World
from tests.templates import Templates
from tests.text_provider import text_provider

# Of a round with a trouble, so much is sent before it begins.
_BEFORE = 0.2


@dataclass
class Outcome:
    """The verdict, what still waited in the end, what was met on the way, and how long it took."""

    verdict: Verdict
    left: dict[str, int]
    counts: dict[str, int]
    starts: list[float] = field(default_factory=list)
    seconds: float = 0.0
    log: list[str] = field(default_factory=list)


def soak(
    plan: Plan, templates: Templates, folder: Path, say: Callable[[str], None] = lambda _: None
) -> Outcome:
    """Do all rounds of a plan with a deployment in that folder, and judge."""
    began = time.monotonic()
    with (
        text_provider() as provider,
        ground.disk_of(plan, folder) as (disk, place),
        ground.deployed(templates, plan.database, place, provider) as deployment,
    ):
        more = jumps.by_jumping_clock(deployment) if Trouble.CLOCK in plan.troubles else {}
        server = _server_on(disk, plan, templates)
        if disk:
            disk.put_all_down()
        with Running(deployment, more=more) as running:
            world = World(plan, deployment, running, provider, ground.photographs(), disk, server)
            return _lived_through(world, folder, say, began)


def _server_on(disk: ForgetfulDisk | None, plan: Plan, templates: Templates) -> Postgres | None:
    """The database's server, once it lies on the disk that forgets; None where none does."""
    if disk is None or plan.database != "postgresql":
        return None
    server = templates.postgres()
    server.lie_on(disk.mount / "postgresql")
    return server


def _lived_through(world: World, folder: Path, say: Callable[[str], None], began: float) -> Outcome:
    house, asked = House(world.deployment).move_in(), set[str]()
    for which, trouble in enumerate(world.plan.all_rounds, 1):
        earlier = len(world.starts)
        _round(world, which, trouble, folder, (house, asked))
        slowest = max(world.starts[earlier:], default=0)
        say(
            f"round {which}, {trouble}: {world.done} sent, slowest start {slowest:.1f} s, "
            f"{_took(began)}"
        )
    queues.drain(world)
    say(f"drained, {_took(began)}")
    world.running.start()
    verdict = judged(world)
    took = time.monotonic() - began
    return Outcome(verdict, queues.left(world), dict(world.counts), world.starts, took)


def _round(
    world: World, which: int, trouble: Trouble, folder: Path, staff: tuple[House, set[str]]
) -> None:
    """One round: everybody at work, the provider in his moods, and one thing going wrong."""
    plan, chance = world.plan, world.plan.chance("submissions", which)
    many = plan.submissions
    submissions = drawn(chance, (which - 1) * many, many, list(world.photos))
    outside.misbehave(world, which, many)
    world.done = 0
    world.busy.set()
    helpers = [
        outside.report_during(world, which),
        desk.work_during(world, *staff),
        _trouble(world, which, trouble, folder),
    ]
    try:
        send_all(world, submissions)
    finally:
        world.busy.clear()
        for helper in helpers:
            helper.join()
        if trouble is Trouble.CLOCK:
            jumps.stand_right(world)


def _trouble(world: World, which: int, trouble: Trouble, folder: Path) -> threading.Thread:
    strikes = {
        Trouble.KILLED: killer.kill_during,
        Trouble.POWER: power.cut_during,
        Trouble.FSYNC: power.fail_during,
        Trouble.CLOCK: jumps.jump_during,
    }
    if trouble in strikes:
        return strikes[trouble](world, which)
    ground_shakes = (
        troubles.database_held(world.deployment)
        if trouble is Trouble.LOCKED
        else troubles.disk_full(folder)
    )
    thread = threading.Thread(target=_endure, args=(world, trouble, ground_shakes))
    thread.start()
    return thread


def _endure(world: World, trouble: Trouble, shaking: AbstractContextManager[None]) -> None:
    """Let a trouble last as long as the plan says, from the middle of the round on."""
    while world.done < _BEFORE * world.plan.submissions and world.busy.is_set():
        time.sleep(0.01)
    with shaking:
        world.trouble = trouble
        time.sleep(world.plan.locked_seconds)
        world.trouble = None


def _took(began: float) -> str:
    return f"{time.monotonic() - began:.0f} s"


def faults(outcome: Outcome, ready_within: float | None = None) -> Sequence[str]:
    """What is wrong, in words; nothing where all is well. A start that took longer than so many
    seconds is wrong where it is said."""
    verdict = outcome.verdict
    found = {
        "unanswered": verdict.unanswered,
        "lost": len(verdict.lost),
        "doubled": len(verdict.doubled),
        "words differ": len(verdict.words_differ),
        "files differ": len(verdict.files_differ),
        "texts delivered twice": verdict.texts_twice,
        "forms not given back": outcome.counts.get("forms not given back", 0),
        "texts not kept while locked": outcome.counts.get("texts not kept while locked", 0),
        "starts that failed": outcome.counts.get("starts that failed", 0),
        "slow starts": sum(took > (ready_within or took) for took in outcome.starts),
        **outcome.left,
    }
    return [f"{what}: {number}" for what, number in found.items() if number]
