"""A deployment whose pages are watched: whom a case accuses reads what he read before it came."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from admin.figures.counting import count_milestones
from intake.cases.bar import Bar
from intake.cases.case import Case
from intake.cases.verification import Verification
from intake.vault.compartment import Compartment
from portal.campaign.book import Book, book
from portal.foundation.staff import Role, Staff
from tests.admin.desk.people import NOISE, PEOPLE, TIP_OFF, Desks, filled
from tests.deployments import Deployment, copy_database

MORE_PEOPLE = {
    "rs-head": ("RS", Role.HEAD, "人力乙负责"),
    "cz-officer": ("CZ", Role.OFFICER, "财政甲经办"),
    "second-auditor": ("SJ", Role.AUDITOR, "审计乙"),
}
WATCHED = (*(name for name in PEOPLE if name not in {"mz-second", "mz-head"}), *MORE_PEOPLE)
_TABS = ("triage", "assigned", "signed-for", "accepted", "drafted", "replied", "closed", "open")
_ONE_TIME = re.compile(rb"""name="once"[^>]*value="[^"]*\"""")
PAGES = (
    "/staff/",
    *(f"/staff/cases?tab={tab}&scope=district" for tab in _TABS),
    "/staff/cases?scope=units&due=overdue",
    "/staff/cases/assisting",
    "/staff/verifications",
    "/staff/reply-templates",
    "/staff/office",
    "/staff/office/first-look",
    "/staff/office/doubted",
    "/staff/office/routing",
    "/staff/problems",
    "/staff/returns",
    "/staff/returns/came",
    "/staff/annexes",
    "/staff/annexes/statistics.xlsx",
    "/staff/spot-checks",
    "/staff/orders?tab=open",
    "/staff/orders/clues",
    "/staff/follow-ups",
    "/staff/rounds",
    "/staff/assessments",
    "/staff/shirking",
    "/staff/letters",
    "/staff/summaries",
    "/staff/summaries/summary_stage/whole",
    "/staff/reports",
    "/staff/supervision",
    "/staff/supervision?tab=suggested",
    "/staff/publishing/figures",
    "/staff/figures",
    "/staff/figures.csv",
    "/staff/referrals",
    "/staff/referrals?part=to-do",
    "/staff/filing",
    "/staff/closing",
    "/staff/closing/cases?part=all",
    "/staff/alarms",
    "/staff/publishing/mistakes",
    "/staff/personal-information",
    "/staff/personal-information/record-2022.xlsx",
    "/staff/retention",
    "/staff/events",
    "/staff/events.csv",
    "/staff/readings",
    "/staff/chain-heads",
    "/staff/responsibilities/table.csv",
    "/staff/publishing/publicity",
)
_ACT = re.compile(r"/staff/cases/[A-Z0-9]+/([a-z-]+)\?")


@dataclass
class Watch:
    """People at their desks, `others` cases, and what each could read before anything was said
    against anybody."""

    desks: Desks
    kept: Path
    before: dict[str, dict[str, bytes]] = field(default_factory=dict)
    others: int = 3

    @classmethod
    def over(cls, deployment: Deployment, kept: Path, *, more: tuple[str, ...] = ()) -> Watch:
        """Sign everybody in, and `more` people who have accounts already; let other cases come, and
        keep what is there then in a file."""
        watch = cls(Desks(deployment), kept)
        watch.desks.browsers |= {name: deployment.officer(name) for name in more}
        for name, (unit, role, display) in MORE_PEOPLE.items():
            deployment.add_staff(name, (unit, role), display=display)
            watch.desks.browsers[name] = deployment.officer(name)
        for name in WATCHED:
            watch.desks.at(name)
        watch.desks.case()
        watch.desks.case(NOISE)
        watch.desks.case(TIP_OFF, accused="民意街道办事处", words="民意街道的人扣了钱")
        count_milestones(deployment.database)
        copy_database(watch._file, kept)
        for name in (*WATCHED, *more):
            watch.forget_refusals()
            answers = {path: watch.desks.get(name, path) for path in PAGES}
            # A page that isn't his is the same whatever comes: one of them stands for all.
            others = [path for path, answer in answers.items() if answer.status_code != 200][1:]
            watch.before[name] = {p: _plain(a.data) for p, a in answers.items() if p not in others}
        return watch

    @property
    def deployment(self) -> Deployment:
        """The deployment."""
        return self.desks.deployment

    @property
    def _file(self) -> Path:
        found = self.deployment.database.engine.url.database
        assert found is not None
        return Path(found)

    def begin_again(self) -> None:
        """Put everything back to what was there at first."""
        copy_database(self.kept, self._file)

    def forget_refusals(self) -> None:
        """Let nobody be told that others here, who look at every page, were refused so many."""
        with closing(sqlite3.connect(self._file.parent / "limits.db")) as limits:
            # Before anything was, there is no table.
            with suppress(sqlite3.OperationalError):
                limits.execute("DELETE FROM day_count")
            limits.commit()

    def reads(self, name: str) -> dict[str, bytes]:
        """Every page with lists, counts and figures, as this person gets it."""
        self.forget_refusals()
        return {path: _plain(self.desks.get(name, path).data) for path in self.before[name]}

    def readers_of(self, number: str) -> list[str]:
        """Those for whom a case exists."""
        wanted = select(Case.id).where(Case.number == number)
        with self.deployment.database.reading() as session:
            found = book(session)
            people = session.scalars(select(Staff).where(Staff.name.in_(WATCHED)))
            seen_by = {x.name: visible(Access.of(x, found, unlocked=True)) for x in people}
            return [name for name, seen in seen_by.items() if session.scalar(wanted.where(seen))]

    def accused_by(self, case: Standing) -> set[str]:
        """Those whom a case bars, by themselves or with a unit that they serve."""
        with self.deployment.database.reading() as session:
            people = session.scalars(select(Staff).where(Staff.name.in_(WATCHED)))
            return {
                one.name
                for one in people
                if one.id in case.barred_people or one.unit_codes & case.barred
            }

    def acts_of(self, name: str, number: str) -> list[str]:
        """What the page of a case offers somebody."""
        page = self.desks.get(name, f"/staff/cases/{number}").text
        return sorted(set(_ACT.findall(page)))

    def options(self, name: str, number: str, act: str) -> dict[str, list[str]]:
        """What can be chosen in an act's form, by field."""
        html = self.desks.get(name, f"/staff/cases/{number}/{act}").text
        form = html[html.rindex("<form") :]
        found = {
            unescape(select_name): [unescape(one) for one in re.findall(r'value="([^"]*)"', inside)]
            for select_name, inside in re.findall(
                r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL
            )
        }
        for box in re.findall(r'<input[^>]*type="checkbox"[^>]*>', form):
            name_of = re.search(r'name="([^"]*)"', box)
            value = re.search(r'value="([^"]*)"', box)
            if name_of and value:
                found.setdefault(name_of[1], [""]).append(unescape(value[1]))
        return found

    def sends(self, name: str, number: str, act: str, **typed: str) -> int:
        """Send an act's form; returns the status of the answer."""
        path = f"/staff/cases/{number}/{act}"
        fields = filled(self.desks.get(name, f"{path}?list=tab%3Dopen").text) | typed
        return self.desks.at(name).post(path, data=fields).status_code


@dataclass(frozen=True)
class Standing:
    """Where a case stands: who has it, whom it bars, who holds its keys."""

    number: str
    unit: str
    is_open: bool
    barred: frozenset[str]
    barred_people: frozenset[int]
    holders: frozenset[str]


def standing(session: Session) -> list[Standing]:
    """Every case as it stands in the database."""
    return [_standing(session, case) for case in session.scalars(select(Case).order_by(Case.id))]


def campaign_of(session: Session) -> Book:
    """The campaign that is loaded."""
    return book(session)


def _standing(session: Session, case: Case) -> Standing:
    bars = session.execute(select(Bar.unit_code, Bar.staff_id).where(Bar.case_id == case.id)).all()
    asked = select(Verification).where(Verification.case_id == case.id)
    labels = [case.label, *(one.label for one in session.scalars(asked))]
    boxes = session.scalars(select(Compartment).where(Compartment.label.in_(labels)))
    return Standing(
        number=case.number,
        unit=case.unit_code,
        is_open=case.state.is_open,
        barred=frozenset(unit for unit, _ in bars if unit),
        barred_people=frozenset(person for _, person in bars if person),
        holders=frozenset(key.holder for box in boxes for key in box.keys) - {"reporter"},
    )


def _plain(page: bytes) -> bytes:
    """A page without the one-time id of a form, which is another one each time."""
    return _ONE_TIME.sub(b"", page)
