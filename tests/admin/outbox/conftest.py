"""A house whose texts go to a provider on the loopback address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from admin.desk import asking, casework
from admin.outbox.provider import Provider
from admin.outbox.sending import Post, send_texts
from admin.outbox.twilio_sender import TwilioSender
from intake.cases.case import Case
from intake.cases.event import Event
from intake.outbox.outbound_text import OutboundText
from intake.rules.sending import TextState
from portal.foundation import clock
from portal.foundation.settings import Settings
from tests.admin.house import House
from tests.admin.outbox.mail_room import MailRoom
from tests.deployments import Deployment
from tests.mail_server import MailServer, mail_server
from tests.text_provider import SECRET, TextProvider, text_provider

# A Wednesday in June, ten in the morning.
MORNING = datetime(2022, 6, 15, 2, tzinfo=UTC)
# So that a dropped connection doesn't hold a test up.
TIMEOUT = 0.4


@dataclass
class PostRoom:
    """A house, its provider, and the hands of its clock."""

    house: House
    outside: TextProvider
    now: datetime = MORNING
    ceiling: int = 100
    provider: Provider | None = field(default=None)

    @property
    def settings(self) -> Settings:
        """The settings with the provider at hand."""
        return replace(self.house.deployment.settings, twilio_api_base=self.outside.url)

    @property
    def gateway_settings(self) -> Settings:
        """The same with a gateway."""
        return replace(
            self.settings, sms_gateway_url=self.outside.gateway_url, sms_gateway_secret=SECRET
        )

    def post(self) -> Post:
        """The worker's way of sending."""
        sender = self.provider or TwilioSender(self.settings, timeout=TIMEOUT)
        return Post(sender, self.ceiling, chance=lambda: 0.0)

    def send(self) -> int:
        """Let the worker send what is due."""
        with clock.stopped_at(self.now):
            return send_texts(self.house.deployment.database, self.post())

    def later(self, **by: int) -> PostRoom:
        """Let time go by."""
        self.now += timedelta(**by)
        return self

    def answered(self, **said: object) -> str:
        """A case whose reporter was just answered; returns its number."""
        with clock.stopped_at(self.now):
            return self.house.answered_case(**said)

    def ask(self, number: str, question: str) -> None:
        """Let the unit ask the reporter something."""
        with clock.stopped_at(self.now):
            self.house.act(number, lambda s, c, h: asking.ask_reporter(s, c, h, question))

    def close(self, number: str) -> None:
        """Let the unit close an answered case."""
        with clock.stopped_at(self.now):
            self.house.act(number, casework.close)

    def texts(self, number: str = "") -> list[OutboundText]:
        """The messages, or those of one case."""
        with self.house.deployment.database.reading() as session:
            wanted = select(OutboundText).join(Case, Case.id == OutboundText.case_id)
            if number:
                wanted = wanted.where(Case.number == number)
            return list(session.scalars(wanted.order_by(OutboundText.id)))

    def text(self) -> OutboundText:
        """The only one."""
        (only,) = self.texts()
        return only

    def state(self) -> TextState:
        """How far the only one is."""
        return self.text().state

    def said(self) -> list[str]:
        """What the events say of texts."""
        with self.house.deployment.database.reading() as session:
            wanted = select(Event).where(Event.name.startswith("text_")).order_by(Event.seq)
            return [
                " ".join([one.name, *map(str, one.facts.values())])
                for one in session.scalars(wanted)
            ]


@pytest.fixture
def outside() -> Iterator[TextProvider]:
    with text_provider() as provider:
        yield provider


@pytest.fixture
def room(deployment: Deployment, outside: TextProvider) -> PostRoom:
    return PostRoom(House(deployment).move_in(), outside)


@pytest.fixture
def room_on_each_database(on_each_database: Deployment, outside: TextProvider) -> PostRoom:
    return PostRoom(House(on_each_database).move_in(), outside)


@pytest.fixture
def mail_outside() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def mail_room(mailing: Deployment, mail_outside: MailServer) -> MailRoom:
    return MailRoom(House(mailing).move_in(), mail_outside)


@pytest.fixture
def mail_room_on_each_database(
    mailing_on_each_database: Deployment, mail_outside: MailServer
) -> MailRoom:
    return MailRoom(House(mailing_on_each_database).move_in(), mail_outside)
