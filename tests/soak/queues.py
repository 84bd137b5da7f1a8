"""What still waits, and the worker that works it off while time goes by faster than outside."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from admin.system import worker
from admin.system.worker_job import WorkerJob
from intake.cases.case import Case
from intake.outbox.outbound_text import OutboundText
from intake.rules.sending import IN_HAND, LOST
from portal.foundation import clock
from tests.soak.outside import behave
from tests.soak.world import World

# Long enough for a lease, for every pause between two tries, and for files that belong to nobody.
_STEPS = [timedelta(minutes=n) for n in (0, 3, 3, 10, 30, 90, 400, 600, 600, 600, 600, 600)]


def left(world: World) -> dict[str, int]:
    """How much waits in each queue."""
    settings = world.deployment.settings
    with world.deployment.database.reading() as session:

        def number(of: type, *where: object) -> int:
            return session.scalar(select(func.count()).select_from(of).where(*where)) or 0  # type: ignore[arg-type]

        # Whose last run failed: one that an fsync or a lock once stopped works again since.
        fails = WorkerJob.failed_at == WorkerJob.last_run_at
        failing = session.scalars(select(WorkerJob).where(fails)).all()
        return {
            "texts in the spool": len(list(settings.spool_dir.glob("*"))),
            "texts to send": number(OutboundText, OutboundText.state.in_(IN_HAND)),
            "texts given up": number(OutboundText, OutboundText.state.in_(LOST)),
            "keys to hand on": number(Case, Case.rewrap_due),
            "files to settle": len(list((settings.files_dir / "new").glob("*"))),
            **{f"job that fails: {one.name}, {one.last_error}": 1 for one in failing},
        }


def drain(world: World) -> None:
    """End the processes and let the worker do what is due in this one, by a clock that goes
    ahead."""
    world.running.stop()
    behave(world)
    moment = clock.now()
    for step in _STEPS:
        moment += step
        with clock.stopped_at(moment):
            _work_off(world)
        if not any(left(world).values()):
            return


def _work_off(world: World) -> None:
    """Rounds of the worker until one sends nothing more."""
    before = -1
    while before != len(world.provider.calls):
        before = len(world.provider.calls)
        worker.run(world.deployment.database, world.settings, once=True)
