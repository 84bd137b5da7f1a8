"""What an intake key marked, and how it is known again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import select

from admin.accounts.access import Access
from admin.duplicates.suggestions import suggested
from intake.cases.case import Case, Identity
from intake.outbox.opt_outs import has_opted_out
from intake.vault.intake_key import read_intake_keys
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.staff import Staff
from tests.admin.desk.people import Desks
from tests.admin.recorded_intake.clerk import record
from tests.deployments import Deployment
from tests.fakes import CITIZEN, Twilio, message_id
from tests.intake.pages.journey import Page, form_page, opened, send

PHONE, OTHER, THIRD = "13912345678", "+8613987654321", "+8613800138000"


@contextmanager
def later(days: int = 31) -> Iterator[None]:
    with clock.stopped_at(clock.now() + timedelta(days=days)):
        yield


def texted(deployment: Deployment, body: str, *, sender: str = CITIZEN, sid: str = "") -> list[str]:
    twilio = Twilio(deployment.settings)
    return twilio.text(deployment.citizen(), body, sender=sender, sid=sid)


def turn(deployment: Deployment) -> None:
    said = deployment.run("keys", "rotate", "--intake")
    assert said.exit_code == 0, said.output


def ids(deployment: Deployment) -> list[str]:
    """The ids of the keys in the file, the newest first."""
    return [key.key_id for key in read_intake_keys(deployment.settings.intake_key_file)]


def count(deployment: Deployment, record: type) -> int:
    with deployment.database.reading() as session:
        return len(session.scalars(select(record)).all())


def by_telephone(desks: Desks, number: str = PHONE) -> str:
    """A case whose writer left his telephone."""
    return desks.case(identity=Identity.PHONE, contact_phone=number)


def by_desk(desks: Desks) -> str:
    """The code that a clerk gave to somebody who left his telephone."""
    return record(desks, policy="MZ11", contact_phone=PHONE).receipt[1]


def opted_out(deployment: Deployment, number: str) -> bool:
    with deployment.database.writing() as session:
        return has_opted_out(session, number)


def found_together(desks: Desks, number: str) -> set[str]:
    """The cases that are suggested because their writer left the same telephone."""
    desks._comes("mz-officer")
    with desks.deployment.database.reading() as session:
        found, case = book(session), desks.stored(number)
        person = session.get_one(Staff, desks.deployment.staff_id(session, "mz-officer"))
        near = suggested(session, Access.of(person, found), found, case)
        return {one.case.number for one in near if one.same_person}


class Sent:
    """A form and a text that are sent again and again."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment, self.client = deployment, deployment.citizen()
        self.page, self.sid = form_page(self.client), message_id()
        self.receipt, self.answer = self._form().receipt, self._text()
        self.mistake = self._written()

    def goes_on_at(self, other: Deployment) -> None:
        """From now on the same browser finds the site there."""
        self.deployment, self.client.application = other, other.public

    def again(self, *, beside: int = 0) -> None:
        """Each is what it was, with so many cases beside them."""
        assert self._form().receipt == self.receipt
        assert self._text() == self.answer
        assert self._written() == self.mistake
        assert count(self.deployment, Case) == 2 + beside

    def _form(self) -> Page:
        return send(self.client, self.page, words="我妈的高龄津贴三个月没发了", policy="MZ11")

    def _text(self) -> list[str]:
        return texted(self.deployment, "我妈的高龄津贴三个月没发了", sid=self.sid)

    def _written(self) -> tuple[str, str]:
        self.written = getattr(self, "written", None) or opened(self.client.get("/mistakes"))
        fields = {**self.written.fields, "words": "电话写错了"}
        return opened(self.client.post("/mistakes", data=fields)).receipt
