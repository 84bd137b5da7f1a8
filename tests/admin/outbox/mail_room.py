"""A house whose mails go to a server on the loopback address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.last_seen import LastSeen
from admin.outbox.mail_sender import MailSender
from admin.outbox.mailing_staff import BringsWork, mail_staff
from admin.outbox.sending import Post, send_texts
from admin.returns.waiting import brings_work as returns_bring_work
from intake.cases.case import Case, Identity
from intake.cases.event import Event
from intake.outbox.mailing import mail_reporter, stop_mailing
from intake.outbox.notices import Occasion
from intake.outbox.outbound_text import OutboundText
from intake.outbox.queue_notice import queue_notice
from intake.rules.sending import Medium, TextState
from portal.foundation import clock
from portal.foundation.mail_server import mail_server as server_of
from portal.foundation.settings import Settings
from tests.admin.house import House
from tests.mail_server import MailServer

# A Wednesday in June, ten in the morning.
MORNING = datetime.fromisoformat("2022-06-15T10:00:00+08:00")
TIMEOUT = 0.4
ADDRESS = "wang.wu@example.com"


@dataclass
class MailRoom:
    """A house, its mail server, and the hands of its clock."""

    house: House
    outside: MailServer
    now: datetime = MORNING
    ceiling: int = 100

    @property
    def settings(self) -> Settings:
        """The settings with the server at hand."""
        return replace(self.house.deployment.settings, smtp_url=self.outside.url)

    def post(self) -> Post:
        """The worker's way of mailing."""
        server = server_of(self.settings.smtp_url)
        assert server is not None
        return Post(
            MailSender(server, self.settings, timeout=TIMEOUT),
            self.ceiling,
            medium=Medium.MAIL,
            site=self.settings.public_url,
            chance=lambda: 0.0,
        )

    def send(self) -> int:
        """Let the worker send what is due."""
        with clock.stopped_at(self.now):
            return send_texts(self.house.deployment.database, self.post())

    def tell_staff(self, rooms: Sequence[BringsWork] = (returns_bring_work,)) -> int:
        """Let the worker look for whom something waits; returns how many mails it queued."""
        seen = LastSeen(self.settings.database_dir)
        with clock.stopped_at(self.now):
            return mail_staff(self.house.deployment.database, seen, rooms)

    def later(self, **by: int) -> MailRoom:
        """Let time go by."""
        self.now += timedelta(**by)
        return self

    def at(self, day_and_hour: str) -> MailRoom:
        """Set the clock to a moment in Shanghai."""
        self.now = datetime.fromisoformat(f"{day_and_hour}+08:00")
        return self

    def mailed_case(self, **said: object) -> str:
        """A case whose reporter left an address, without a first mail; returns its number."""
        with clock.stopped_at(self.now):
            number = self.house.case(
                **{"identity": Identity.ANONYMOUS, "contact_phone": "", **said}
            )
            with self.house.deployment.database.writing() as session:
                mail_reporter(session, [_case(session, number)], ADDRESS, confirm=False)
        return number

    def leaves_address(self, number: str) -> None:
        """Let the reporter leave an address, and be mailed that he did."""
        with (
            clock.stopped_at(self.now),
            self.house.deployment.database.writing() as session,
        ):
            mail_reporter(session, [_case(session, number)], ADDRESS, confirm=True)

    def stop(self, number: str) -> None:
        """Let the reporter stop his mails."""
        with self.house.deployment.database.writing() as session:
            stop_mailing(session, [_case(session, number)])

    def happens(self, number: str, occasion: Occasion = Occasion.REPLIED) -> None:
        """Let the reporter be told of something."""
        with (
            clock.stopped_at(self.now),
            self.house.deployment.database.writing() as session,
        ):
            queue_notice(session, _case(session, number), occasion)

    def told(self, **said: object) -> str:
        """A case whose reporter has a mail waiting."""
        number = self.mailed_case(**said)
        self.happens(number)
        return number

    def texts(self) -> list[OutboundText]:
        """The messages."""
        with self.house.deployment.database.reading() as session:
            return list(session.scalars(select(OutboundText).order_by(OutboundText.id)))

    def text(self) -> OutboundText:
        """The only one."""
        (only,) = self.texts()
        return only

    def state(self) -> TextState:
        """How far it is."""
        return self.text().state

    def events(self) -> list[str]:
        """What the events say of mails."""
        with self.house.deployment.database.reading() as session:
            wanted = select(Event).where(Event.name.startswith("mail_")).order_by(Event.seq)
            return [
                " ".join([one.name, *map(str, one.facts.values())])
                for one in session.scalars(wanted)
            ]


def _case(session: Session, number: str) -> Case:
    return session.scalars(select(Case).where(Case.number == number)).one()
