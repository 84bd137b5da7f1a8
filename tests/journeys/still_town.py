"""A town whose clock stands still: its two sites are served by this process, so that the tests'
stopped clock is theirs, and years pass between two pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from playwright.sync_api import Browser

from admin.system import worker
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.deployments import Deployment
from tests.fakes import Twilio
from tests.journeys.inspector import Inspector
from tests.journeys.officer import Officer
from tests.journeys.people import Texter
from tests.journeys.town import Town
from tests.serving import served_here


@dataclass(frozen=True)
class Served:
    """Where the two sites answer. What they print besides is judged where they run by
    themselves."""

    public_url: str
    staff_url: str
    log: str = ""


class StillTown(Town):
    """A deployment on chosen days."""

    @contextmanager
    def on(self, day: str, hour: int = 10) -> Iterator[None]:
        """A Shanghai day and hour at which the clock stands. The worker has done what is due, and
        everybody has to sign in anew."""
        moment = datetime.fromisoformat(day).replace(hour=hour, tzinfo=clock.SHANGHAI)
        with clock.stopped_at(moment.astimezone(UTC)):
            self.works()
            yield
            self.works()
        self._signed_out()

    def works(self) -> None:
        """Let the worker do what is due."""
        worker.run(self.deployment.database, self.deployment.settings, once=True)

    def texter(self) -> Texter:
        """Somebody who texts. The provider signs for the address that the site is set up with, and
        not for the one where these tests serve it."""
        number = super().texter().number
        return Texter(self, number, Twilio(self.deployment.settings))

    def colleague(self) -> Officer:
        """Another officer of the responsible unit."""
        return self._signed_in(self.unit, Role.OFFICER, 2)


@contextmanager
def served(deployment: Deployment, browser: Browser, inspector: Inspector) -> Iterator[StillTown]:
    """A town while this process serves its sites."""
    with ExitStack() as servers:
        urls = [
            servers.enter_context(served_here(site))
            for site in (deployment.public, deployment.staff)
        ]
        before = list(browser.contexts)
        yield StillTown(deployment, Served(*urls), browser, inspector)
        for context in browser.contexts:
            if context not in before:
                context.close()
