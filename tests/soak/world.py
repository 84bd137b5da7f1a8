"""What everybody in a soak shares: the running product, its provider, and what was told to whom."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random

from portal.foundation.settings import Settings
from tests.deployments import Deployment
from tests.forgetful.disk import ForgetfulDisk
from tests.running import Running
from tests.services.postgres import Postgres
from tests.soak.plan import Plan, Trouble
from tests.soak.submission import Submission, Told
from tests.text_provider import TextProvider


@dataclass
class World:
    """One soak at work. `counts` is what was noticed on the way, `done` how many submissions of
    this round are over."""

    plan: Plan
    deployment: Deployment
    running: Running
    provider: TextProvider
    photos: dict[bytes, bytes]
    # Below everything, where the power is to be cut.
    disk: ForgetfulDisk | None = None
    # The database's server, where it lies there too.
    server: Postgres | None = None
    submissions: list[Submission] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    done: int = 0
    # How long each start took that worked, in seconds.
    starts: list[float] = field(default_factory=list)
    # What is wrong right now.
    trouble: Trouble | None = None
    # Until the last submission of the round is over.
    busy: threading.Event = field(default_factory=threading.Event)
    # Held by who uses the database in this process.
    at_desk: threading.Lock = field(default_factory=threading.Lock)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _known: list[Told] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        """The settings, with the addresses at which the sites answer."""
        return replace(self.deployment.settings, public_url=self.running.public_url)

    def count(self, what: str) -> None:
        """Something happened once more."""
        with self._lock:
            self.counts[what] += 1

    def over(self, submission: Submission) -> None:
        """A submission was answered, or given up."""
        with self._lock:
            self.done += 1
            told = submission.told
            if told and told.code and submission.door.is_report:
                self._known.append(told)

    def some_case(self, chance: Random) -> Told | None:
        """A case whose reporter has its code."""
        with self._lock:
            return chance.choice(self._known) if self._known else None
