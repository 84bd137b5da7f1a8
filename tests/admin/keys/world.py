"""A deployment in which every kind of key has made something, and whoever needs it can still read
all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import LargeBinary, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.former_mail import former_address
from admin.accounts.staff_mail import StaffMail
from admin.accounts.work_mail import leave_mail, mail_of
from admin.desk.hand import Hand
from admin.desk.own_note import note_to_oneself, own_notes
from admin.hand_over.locking import Meant, lock
from admin.hand_over.package import Package
from admin.system.event_audit import sign_head, verify
from intake import assisting
from intake.cases.assistance import Assistance
from intake.cases.case import Case, Identity
from intake.outbox.addressing import address_of
from intake.outbox.notice_address import NoticeAddress
from intake.outbox.outbound_text import OutboundText
from intake.vault.vault import Vault, vault_of
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.database import Base, Database
from portal.foundation.staff import Staff
from tests.admin.desk.people import COMPLAINT, Desks
from tests.admin.keys import rarer_things
from tests.admin.orders.clerk import entered
from tests.deployments import Deployment
from tests.fakes import CITIZEN
from tests.intake.pages.journey import show

_WEEK = timedelta(days=7)
WORDS, NOTE, PHONE, MAIL = "青萝巷的补贴没到账", "问问老刘", "13912345678", "mz@example.cn"
FORMER_MAIL = "former@example.cn"
# Opens the database as another process does.
Another = Callable[[Deployment], Database]


@dataclass
class World:
    """One case with everything, and an order."""

    desks: Desks
    number: str = ""
    code: str = ""
    order: str = ""

    @classmethod
    def of(cls, deployment: Deployment) -> World:
        """People at two desks, and what came in."""
        made = cls(Desks(deployment))
        known = {"identity": Identity.PHONE, "contact_phone": PHONE, "words": WORDS}
        sent = made.desks.register(COMPLAINT, **known)
        made.number, made.code = sent.case.number, sent.query_code
        made.desks.at("mz-officer")
        today = clock.today()
        days = {"ordered_on": today.isoformat(), "answer_by": (today + _WEEK).isoformat()}
        made.order = entered(made.desks, **days)
        with deployment.database.writing() as session:
            made._fill(session)
        with deployment.database.writing() as session:
            sign_head(session)
        return made

    def _fill(self, session: Session) -> None:
        case, staff = self._case(session), self._officer(session)
        found = book(session)
        note_to_oneself(session, case, Hand(Access.of(staff, found), found, case.version), NOTE)
        lock(session, case, {"a.txt": b"a"}, Meant("JW"), by=staff.id)
        leave_mail(session, staff.id, FORMER_MAIL)
        leave_mail(session, staff.id, MAIL)
        helps = Assistance(
            case_id=case.id,
            unit_code="RS",
            asked_by=staff.id,
            asked_at=clock.now(),
            due_on=date(2030, 1, 1),
            signature=assisting.sign(session, case, "RS"),
        )
        session.add(helps)
        rarer_things.put_in(session, case, staff.id)

    def reads(self, *, by: Database | None = None) -> None:
        """Everybody reads what is his: the officer and the reporter on their pages, in processes
        that were running before; the rest by any process."""
        page = self.desks.get("mz-officer", f"/staff/cases/{self.number}")
        assert page.status_code == 200
        assert WORDS in page.text
        assert WORDS in show(self.desks.deployment.citizen(), self.code).html
        with (by or self.desks.deployment.database).reading() as session:
            self._reads(session)

    def _reads(self, session: Session) -> None:
        case, staff = self._case(session), self._officer(session)
        assert [text for _, text in own_notes(session, case, staff.id)] == [NOTE]
        package, vault = session.scalars(select(Package)).one(), vault_of(session)
        assert vault.open_under_master(package.passphrase or b"", b"package")
        address = session.scalars(select(NoticeAddress).where(NoticeAddress.case_id == case.id))
        assert address_of(session, case, address.one().sealed) == CITIZEN
        assert mail_of(session, session.get_one(StaffMail, staff.id)) == MAIL
        moved = select(OutboundText).where(OutboundText.staff_id == staff.id)
        assert former_address(session, session.scalars(moved).one()) == FORMER_MAIL
        assert assisting.assisting_units(session, case) == {"RS"}
        assert verify(session) > 0
        rarer_things.read_back(session, case)

    def _case(self, session: Session) -> Case:
        return session.scalars(select(Case).where(Case.number == self.number)).one()

    def _officer(self, session: Session) -> Staff:
        wanted = self.desks.deployment.staff_id(session, "mz-officer")
        return session.get_one(Staff, wanted)


def another_process(deployment: Deployment, **changed: Any) -> Database:
    """The database as a process opens it that has just been started."""
    settings = replace(deployment.settings, **changed)
    return Database(settings, vault=Vault.open(settings))


def every_blob(session: Session) -> Iterator[tuple[str, bytes]]:
    """Whatever is stored in bytes, each with its column."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, LargeBinary):
                for blob in session.scalars(select(column).where(column.is_not(None))):
                    yield f"{table.name}.{column.name}", blob


def bearing(database: Database, ids: set[str]) -> set[str]:
    """The columns in which a blob bears one of these ids at its head."""
    with database.reading() as session:
        return {where for where, blob in every_blob(session) if blob[2:10].hex() in ids}
