"""The log of the worker's jobs: when each ran last, when it will again, and what went wrong.

It is written once a minute, and at once where a job fails or works again: who runs every few
seconds needn't say so every time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from admin.system.worker_job import WorkerJob
from portal.foundation import clock
from portal.foundation.database import Database

_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Run:
    """One run of a job; `error` is the type of what it raised, empty where it went well.
    `is_seldom`: it isn't done in every round."""

    name: str
    ended_at: datetime
    next_at: datetime
    error: str = ""
    is_seldom: bool = False


class RunLog:
    """Keeps in mind what one worker has written, so that it writes seldom."""

    def __init__(self) -> None:
        self._written_at: datetime | None = None
        self._errors: dict[str, str] = {}
        self._seldom: dict[str, Run] = {}

    def is_due(self, name: str) -> bool:
        """Whether a job's turn has come; after the clock was set back, too."""
        last, now = self._seldom.get(name), clock.now()
        return last is None or not last.ended_at <= now < last.next_at

    def note(self, database: Database, runs: Sequence[Run]) -> None:
        """Write down one round of runs, if it is time or something changed."""
        self._seldom |= {run.name: run for run in runs if run.is_seldom}
        errors = self._errors | {run.name: run.error for run in runs}
        now = clock.now()
        # Set back, the clock says nothing of how long ago that was.
        last = self._written_at
        is_time = last is None or not last <= now < last + _EVERY
        if not is_time and errors == self._errors:
            return
        with database.writing() as session:
            stored = {job.name: job for job in session.scalars(select(WorkerJob).with_for_update())}
            for run in runs:
                job = stored.get(run.name) or WorkerJob(name=run.name)
                job.last_run_at, job.next_run_at = run.ended_at, run.next_at
                if run.error:
                    job.last_error, job.failed_at = run.error[:80], run.ended_at
                session.add(job)
        self._written_at, self._errors = now, errors
