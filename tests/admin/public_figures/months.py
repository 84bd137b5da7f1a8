"""A month of cases, and the people who count it, read it and release it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from admin.figures.counting import count_milestones
from admin.public_figures.figures_draft import FiguresDraft
from portal.campaign.book import Book, book
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.admin.house import House

FIGURES = "/staff/publishing/figures"
JUNE = "2022-06"
# What each kind is asked with, so that nobody is owed less than the law says.
_NAMED = {"contact_name": "万秋月", "contact_phone": "13907123456"}


@dataclass
class Months(House):
    """The publishing desk of one campaign. The clock stands on 4 July 2022 while nothing else is
    said."""

    def __post_init__(self) -> None:
        office = self.book.campaign.office_code
        self.deployment.add_staff("gong", (office, Role.PUBLISHER), display="甲同志")
        self.deployment.add_staff("shi", (office, Role.PUBLISHER), display="乙同志")
        self.deployment.add_staff("chen", (office, Role.OFFICE), display="丙同志")
        self.deployment.add_staff("bie", (self.units[0], Role.PUBLISHER), display="丁同志")

    @property
    def book(self) -> Book:
        """The campaign."""
        with self.deployment.database.reading() as session:
            return book(session)

    @property
    def units(self) -> list[str]:
        """The units that policies name, in the campaign's order."""
        named = {one.unit_code for one in self.book.policies.values()}
        return [code for code in self.book.units if code in named]

    @contextmanager
    def on(self, day: str) -> Iterator[None]:
        """Noon of a Shanghai day; whoever was signed in signs in anew."""
        moment = datetime.fromisoformat(day).replace(hour=12, tzinfo=clock.SHANGHAI)
        self.browsers.clear()
        with clock.stopped_at(moment.astimezone(UTC)):
            yield
        self.browsers.clear()

    def came(self, unit: str, kind: Kind, number: int, **said: Any) -> list[str]:
        """Cases about a policy of a unit."""
        policy = next(one.code for one in self.book.policies.values() if one.unit_code == unit)
        return [
            self.case(kind=kind, policy=policy, problem="1.2", serial=f"{unit}{kind}{one}", **said)
            for one in range(number)
        ]

    def case(self, serial: str = "", **said: Any) -> str:
        """A registered case; returns its number."""
        given = {**_NAMED, "words": f"这是{serial}，钱还没有到账", **said}
        return super().case(**given, submission=f"{serial} {sorted(said.items(), key=str)}")

    def counted(self) -> None:
        """The worker has read every event."""
        count_milestones(self.deployment.database)

    def prepared(self, by: str = "gong", month: str = JUNE, **typed: str) -> int:
        """A month is counted; returns the draft's id."""
        self.counted()
        answer = self.prepares(by, month, **typed)
        assert answer.status_code == 303, answer.text
        found = re.search(r"/figures/(\d+)\?done=prepared", answer.location)
        assert found is not None
        return int(found.group(1))

    def prepares(self, by: str = "gong", month: str = JUNE, **typed: str) -> TestResponse:
        """The same, whatever comes of it."""
        return self.post(by, FIGURES, **{"month": month, "version": "0", "note": "", **typed})

    def released(self, by: str = "shi", month: str = JUNE, **typed: str) -> int:
        """A month is counted by one and released by another."""
        draft = self.prepared(month=month, **typed)
        answer = self.releases(draft, by)
        assert answer.status_code == 303, answer.text
        return draft

    def releases(self, draft: int, by: str = "shi", version: int | None = None) -> TestResponse:
        """A draft is released, whatever comes of it."""
        shown = self.seen(draft) if version is None else version
        return self.post(by, f"{FIGURES}/{draft}/release", version=str(shown))

    def withdraws(self, reason: str, revision: str = "1", month: str = JUNE) -> TestResponse:
        """A month is taken down, whatever comes of it."""
        return self.post("shi", f"{FIGURES}/{month}/withdraw", version=revision, reason=reason)

    def seen(self, draft: int) -> int:
        """The version of a draft."""
        with self.deployment.database.reading() as session:
            wanted = select(FiguresDraft.version).where(FiguresDraft.id == draft)
            return session.scalars(wanted).one()

    def public(self, path: str = "/figures") -> str:
        """A page of the public site."""
        answer = self.deployment.citizen().get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def rows(self) -> list[dict[str, Any]]:
        """What open data says."""
        found: list[dict[str, Any]] = json.loads(self.public("/data/figures.json"))["rows"]
        return found
