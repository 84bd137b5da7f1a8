"""A deployment whose texts come from a provider on the loopback address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from admin.inbox.fetching import fetch_pictures
from admin.inbox.reconciling import reconcile
from admin.inbox.twilio_inbox import TwilioInbox
from admin.outbox.sending import Post, send_texts
from admin.outbox.twilio_sender import TwilioSender
from intake.cases.case import Case
from intake.cases.event import Event
from portal.foundation import clock
from portal.foundation.settings import Settings
from tests.deployments import Deployment
from tests.fakes import CITIZEN, Twilio
from tests.text_inbox import TextInbox
from tests.text_provider import TextProvider, text_provider

MORNING = datetime(2022, 6, 15, 2, tzinfo=UTC)
TIMEOUT = 2.0


@dataclass
class Line:
    """A line with both its ends, and the hands of its clock."""

    deployment: Deployment
    outside: TextProvider
    now: datetime = MORNING

    @property
    def inbox(self) -> TextInbox:
        """What people sent."""
        return self.outside.inbox

    @property
    def settings(self) -> Settings:
        """The settings with the provider at hand."""
        return replace(self.deployment.settings, twilio_api_base=self.outside.url)

    def later(self, **by: int) -> Line:
        """Let time go by."""
        self.now += timedelta(**by)
        return self

    def text(self, body: str, *, sender: str = CITIZEN, pictures: tuple[bytes, ...] = ()) -> str:
        """A text that the provider takes and doesn't bring to our door; returns its id."""
        with clock.stopped_at(self.now):
            return self.inbox.text(body, sender=sender, pictures=pictures)["sid"]

    def text_at_the_door(self, body: str, *pictures: bytes) -> list[str]:
        """A text that comes to our door; returns what is answered."""
        with clock.stopped_at(self.now):
            fields = self.inbox.text(body, pictures=pictures)
            return Twilio(self.settings).text(self.deployment.citizen(), body, **fields)

    def reconcile(self) -> int:
        """Let the worker ask for the provider's list."""
        with clock.stopped_at(self.now):
            return self.ask()

    def ask(self) -> int:
        """The same by the clock as it stands."""
        return reconcile(
            self.deployment.database,
            inbox=TwilioInbox(self.settings, timeout=TIMEOUT),
            folder=self.settings.spool_dir,
        )

    def fetch(self) -> int:
        """Let the worker fetch pictures."""
        with clock.stopped_at(self.now):
            return fetch_pictures(
                self.deployment.database,
                source=TwilioInbox(self.settings, timeout=TIMEOUT),
                lock_folder=self.settings.database_dir,
            )

    def send(self) -> list[str]:
        """Let the worker send what is due; returns all that was sent so far."""
        with clock.stopped_at(self.now):
            sender = TwilioSender(self.settings, timeout=TIMEOUT)
            send_texts(self.deployment.database, Post(sender, 100, chance=lambda: 0.0))
        return self.outside.bodies

    def cases(self) -> list[Case]:
        """The cases, the first registered first."""
        with self.deployment.database.reading() as session:
            return list(session.scalars(select(Case).order_by(Case.id)))

    def events(self, name: str) -> list[dict[str, object]]:
        """What the events of a name say."""
        with self.deployment.database.reading() as session:
            wanted = select(Event.facts).where(Event.name == name).order_by(Event.seq)
            return list(session.scalars(wanted))


@pytest.fixture
def outside() -> Iterator[TextProvider]:
    with text_provider() as provider:
        yield provider


def line_of(deployment: Deployment, outside: TextProvider) -> Line:
    """The line of a deployment."""
    outside.inbox.account = deployment.settings.twilio_account_sid
    outside.inbox.number = deployment.settings.twilio_number
    return Line(deployment, outside)


@pytest.fixture
def line(deployment: Deployment, outside: TextProvider) -> Line:
    return line_of(deployment, outside)


@pytest.fixture
def line_on_each_database(on_each_database: Deployment, outside: TextProvider) -> Line:
    return line_of(on_each_database, outside)
