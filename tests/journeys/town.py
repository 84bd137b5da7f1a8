"""One deployment at work: its three processes, its campaign, and everybody who meets there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol

import psycopg
from playwright.sync_api import Browser, Page
from sqlalchemy import inspect

from admin.system.event_audit import verify
from portal.campaign.book import Book, book
from portal.campaign.policy import Policy
from portal.campaign.problem_type import ProblemType
from portal.campaign.unit import Unit, UnitKind
from portal.foundation.staff import Role
from tests.deployments import Deployment
from tests.fakes import Twilio
from tests.journeys.inspector import DESK, PHONE, Inspector
from tests.journeys.officer import Officer
from tests.journeys.people import PRIVATE, Citizen, Texter
from tests.pages.rendered import Watch
from tests.patience import PATIENCE
from tests.running import Running

# Which campaign on which database; the one without a name is made from nothing but data.
TOWNS = {
    "jianghan": ("jianghan-2022", "sqlite"),
    "caidian": ("caidian-cdpf-2022", "postgresql"),
    "invented": ("", "sqlite"),
}
_DEPARTMENTS = {UnitKind.DEPARTMENT, UnitKind.SECTION}


# Of a site without TLS.
_COOKIE = "hh_staff"


class Sites(Protocol):
    """Where a deployment's two sites answer, and what its processes print."""

    @property
    def public_url(self) -> str:
        """The public site."""

    @property
    def staff_url(self) -> str:
        """The staff site."""

    @property
    def log(self) -> str:
        """Everything the processes have printed."""


@dataclass
class Town:
    """A running deployment. What a test needs of its campaign is chosen from the data alone."""

    deployment: Deployment
    running: Sites
    browser: Browser
    inspector: Inspector
    pictures: Path | None = None
    secrets: set[str] = field(default_factory=lambda: set(PRIVATE))
    _staff: dict[tuple[str, Role, int], Officer] = field(default_factory=dict)
    # Those of them who are signed in.
    _here: set[tuple[str, Role, int]] = field(default_factory=set)
    _watches: list[Watch] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)
    _seen_signing_in: bool = False
    _texters: int = 0

    @cached_property
    def book(self) -> Book:
        """The whole campaign."""
        with self.deployment.database.reading() as session:
            return book(session)

    @cached_property
    def policy(self) -> Policy:
        """The first policy of the ledger's funds whose unit works here."""
        return next(p for p in self.book.policies.values() if p.in_scope and self._works(p))

    @property
    def unit(self) -> Unit:
        """The unit in charge of that policy."""
        return self.book.units[self.policy.unit_code]

    @cached_property
    def other_unit(self) -> Unit:
        """Another department."""
        policies = self.book.policies.values()
        code = next(
            p.unit_code for p in policies if self._works(p) and p.unit_code != self.unit.code
        )
        return self.book.units[code]

    @cached_property
    def street(self) -> Unit:
        """A street whose officers work here."""
        units = self.book.units.values()
        return next(u for u in units if u.kind is UnitKind.STREET and u.desk)

    @property
    def bureau(self) -> Unit:
        """The bureau that the office sits in."""
        return self.book.units[self.book.office.parent_code or ""]

    def problem(self, *, accuses: bool) -> ProblemType:
        """A type of problem that leaves it to the policy who is in charge."""
        particular = {row.problem_code for row in self.book.responsibilities}
        types = self.book.problem_types.values()
        return next(t for t in types if t.accuses is accuses and t.code not in particular)

    def units_named_in(self, text: str) -> set[str]:
        """The units whose names stand in a text."""
        return {unit.name for unit in self.book.units.values() if unit.name in text}

    def citizen(self) -> Citizen:
        """Somebody with a phone of his own."""
        return Citizen(self, self._window(self.running.public_url, PHONE, 640))

    def texter(self) -> Texter:
        """Somebody with a telephone that can only text."""
        self._texters += 1
        number = f"+86139000{self._texters:05d}"
        self.secrets.add(number.removeprefix("+86"))
        settings = replace(self.deployment.settings, public_url=self.running.public_url)
        return Texter(self, number, Twilio(settings))

    def officer_of(self, unit: Unit) -> Officer:
        """An officer of a unit."""
        return self._signed_in(unit, Role.OFFICER)

    def head_of(self, unit: Unit) -> Officer:
        """The head of a unit."""
        return self._signed_in(unit, Role.HEAD)

    def office(self) -> Officer:
        """Whoever assigns cases and keeps the ledger."""
        return self._signed_in(self.book.office, Role.OFFICE)

    def office_head(self) -> Officer:
        """The head of the office."""
        return self._signed_in(self.book.office, Role.OFFICE_HEAD)

    def publisher(self, which: int) -> Officer:
        """One of the people at the publishing desk."""
        return self._signed_in(self.book.office, Role.PUBLISHER, which)

    def discipline(self) -> Officer:
        """A reader of the discipline inspection."""
        body = self.book.units[self.book.campaign.discipline_code]
        return self._signed_in(body, Role.DISCIPLINE)

    def picture(self, page: Page, name: str) -> None:
        """Keep a picture for the README, when pictures are wanted: the first of each name."""
        if self.pictures and name not in self._taken:
            self._taken.add(name)
            self.pictures.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=self.pictures / name)

    def ends_well(self) -> None:
        """Every page was as it should be, the record is whole, and nothing private lies about."""
        found = self._found()
        assert not found, "\n".join(found)
        with self.deployment.database.reading() as session:
            verify(session)
        for place, content in self._everything_written():
            for secret in self.secrets:
                assert secret.encode() not in content, f"“{secret}” stands in {place}"

    def _found(self) -> list[str]:
        """What the judge and the windows noticed since this was last asked."""
        noticed = [self.inspector.findings, *(watch.seen for watch in self._watches)]
        found = list(dict.fromkeys(sentence for sentences in noticed for sentence in sentences))
        for sentences in noticed:
            sentences.clear()
        return found

    def _works(self, policy: Policy) -> bool:
        unit = self.book.units[policy.unit_code]
        return unit.desk and unit.kind in _DEPARTMENTS

    def _signed_in(self, unit: Unit, role: Role, which: int = 1) -> Officer:
        key, name = (unit.code, role, which), f"{unit.code}-{role}-{which}".lower()
        if key not in self._staff:
            self.deployment.add_staff(
                name, (unit.code, role), display=f"样例{which}·{unit.short_name}"
            )
            self._staff[key] = Officer(self, self._window(self.running.staff_url, DESK, 900))
        if key not in self._here:
            self._let_in(self._staff[key], name)
            self._here.add(key)
        return self._staff[key]

    def _signed_out(self) -> None:
        """Everybody has to sign in anew; his window stays."""
        self._here.clear()

    def _let_in(self, officer: Officer, name: str) -> None:
        """The first comes in by the form; that needn't be shown again, and the others bring the
        cookie that it would have given them."""
        if not self._seen_signing_in:
            self._seen_signing_in = True
            officer.signs_in(name)
            return
        cookie = self.deployment.officer(name).get_cookie(_COOKIE)
        assert cookie is not None
        officer.page.context.add_cookies(
            [{"name": _COOKIE, "value": cookie.value, "url": self.running.staff_url}]
        )

    def _window(self, home: str, width: int, height: int) -> Page:
        context = self.browser.new_context(
            base_url=home,
            java_script_enabled=False,
            locale="zh-CN",
            viewport={"width": width, "height": height},
        )
        context.set_default_timeout(PATIENCE * 1000)
        page = context.new_page()
        watch = Watch(home)
        watch.follow(page)
        self._watches.append(watch)
        return page

    def _everything_written(self) -> Iterator[tuple[str, bytes]]:
        """Logs, the data folder, and the database where it lies elsewhere."""
        yield "the log", self.running.log.encode()
        for file in self.deployment.settings.data_dir.rglob("*"):
            if file.is_file():
                yield file.name, file.read_bytes()
        if not self.deployment.settings.is_sqlite:
            yield from _tables(self.deployment)


def _tables(deployment: Deployment) -> Iterator[tuple[str, bytes]]:
    """Every table of a PostgreSQL database, as its own copy command gives it away."""
    names = inspect(deployment.database.engine).get_table_names()
    url = deployment.settings.database_url.replace("+psycopg", "")
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        for name in names:
            with cursor.copy(f'COPY "{name}" TO STDOUT (FORMAT binary)'.encode()) as rows:
                yield name, b"".join(bytes(row) for row in rows)


@contextmanager
def opened(deployment: Deployment, browser: Browser, inspector: Inspector) -> Iterator[Town]:
    """A town while its processes run."""
    with Running(deployment) as running:
        town = Town(deployment, running, browser, inspector)
        yield town
        for context in browser.contexts[1:]:
            context.close()
