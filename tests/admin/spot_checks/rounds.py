"""A spot check as its people carry it out, through the pages or by the acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from admin.accounts.access import Access
from admin.spot_checks import freezing, preparing, revealing
from admin.spot_checks.freezing import Plan
from admin.spot_checks.preparing import SOURCES
from admin.spot_checks.reasons import Reason, Reasons
from admin.spot_checks.spot_check import SpotCheck
from admin.spot_checks.what_is_published import PublicNumber
from portal.campaign.book import Book
from portal.campaign.spot_check_rule import SpotCheckRule
from portal.foundation import clock
from portal.published.spot_check_record import SpotCheckRecord
from tests.admin.house import House

DRAWN_ON = datetime(2022, 6, 13, 12, 0, tzinfo=clock.SHANGHAI)
NUMBER = "03 08 12 19 24 31 07"
FREEZING = {
    "asked": "37",
    "source": "双色球2022年第66期的开奖号码，不开就用下一期",
    "day": "2022-06-12",
    "published": "中国福利彩票网站",
    "nil": "4",
    "coverage": "3",
    "weak": "3",
    "few": "2",
    "others": "1",
}


@dataclass
class Round:
    """One spot check in a house."""

    house: House

    @classmethod
    def begun(cls, house: House) -> Round:
        """Begun by the office."""
        answer = house.post("chen", "/staff/spot-checks")
        assert answer.location == "/staff/spot-checks/1", answer.text
        return cls(house)

    @property
    def version(self) -> int:
        """The version now."""
        with self.house.deployment.database.reading() as session:
            return session.get_one(SpotCheck, 1).version

    def get(self, name: str, step: str = "", status: int = 200) -> str:
        """A page of it as somebody sees it."""
        return self.house.get(name, f"/staff/spot-checks/1{step}", status)

    def post(self, name: str, step: str, **typed: Any) -> TestResponse:
        """Send a form from its own page."""
        return self.house.post(
            name, f"/staff/spot-checks/1{step}", **{"version": str(self.version), **typed}
        )

    def freeze(self, **typed: str) -> TestResponse:
        """Freeze the frame."""
        return self.post("chen", "/freeze", **{**FREEZING, **typed})

    def reveal(self, name: str = "lu") -> TestResponse:
        """Reveal the seed by the public number."""
        typed = {"public_number": NUMBER, "stands": "中国福利彩票网站，开奖公告"}
        return self.post(name, "/reveal", **typed)


@contextmanager
def a_week_later(house: House) -> Iterator[None]:
    """The day after the public number; everybody signs in anew."""
    house.browsers.clear()
    with clock.stopped_at(DRAWN_ON):
        yield


def plan(book: Book, asked: int) -> Plan:
    """The usual plan, for so many units."""
    waits_for = PublicNumber("双色球的开奖号码", date(2022, 6, 12), "中国福利彩票网站")
    return Plan(asked, SpotCheckRule.of(book.campaign).weights, waits_for)


def known(*reasons: Reason) -> tuple[Reasons, ...]:
    """What is known already, as another room would tell it."""

    def source(_session: Session, _access: Access, _book: Book) -> Iterable[Reason]:
        return reasons

    return (source,)


def frozen(
    house: House,
    seed: bytes,
    *,
    asked: int = 37,
    own: Sequence[Reason] = (),
    sources: Sequence[Reasons] = SOURCES,
) -> str:
    """The number of a spot check that chen froze."""
    with house.deployment.database.writing() as session:
        check = preparing.open_check(session, by=house.hand(session, "chen", 0))
        for one in own:
            by = house.hand(session, "chen", check.version)
            preparing.add_reason(session, check, by=by, reason=one)
        by = house.hand(session, "chen", check.version)
        what = plan(by.book, asked)
        freezing.freeze(session, check, by=by, plan=what, seed=seed, sources=sources)
        return check.number


def drawn(house: House, number: str) -> dict[str, Any]:
    """The published record after lu revealed the seed."""
    with clock.stopped_at(DRAWN_ON), house.deployment.database.writing() as session:
        check = the_check(session, number)
        by = house.hand(session, "lu", check.version)
        revealing.reveal(session, check, by=by, public_number=NUMBER, stands="开奖公告")
        return dict(session.get_one(SpotCheckRecord, number).kept)


def the_check(session: Session, number: str) -> SpotCheck:
    """The spot check of that number."""
    return session.scalars(select(SpotCheck).where(SpotCheck.number == number)).one()
