"""Cases that end, and the years after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from admin.filing.filing import Filing
from admin.hand_over.package import Package, Purpose
from admin.retention.destroy_due import keep_retention
from intake.cases.case import Identity
from intake.cases.follow_up import FollowUp
from intake.register import Registered
from portal.foundation import clock
from tests.admin.desk.people import COMPLAINT, Desks

PHONE = "13907123456"
WORDS = "青萝巷口的王二麻子拿了我妈的高龄津贴"
NAMED = replace(
    COMPLAINT,
    words=WORDS,
    identity=Identity.REAL_NAME,
    contact_name="章四九",
    contact_phone=PHONE,
)
ENDED = "2022-07-01"
# As the campaign keeps complaints: contact for two years, words for three.
CONTACT_GOES, WORDS_GO = date(2024, 7, 1), date(2025, 7, 1)
NOTICE = timedelta(days=30)
NIGHT = 2


def answered(desks: Desks, **changed: Any) -> Registered:
    """A complaint that was answered and closed on `ENDED`, if the clock stands there."""
    registered = desks.register(NAMED, **changed)
    desks.through(
        registered.case.number,
        ("mz-officer", "sign-for", ""),
        ("mz-officer", "accept", ""),
        ("mz-officer", "note", "内部看过账"),
        ("mz-officer", "draft", "已经补发"),
        ("mz-head", "reply", ""),
        ("mz-officer", "close", ""),
    )
    filed(desks, registered.case.number)
    visited(desks, registered.case.number)
    return registered


def visited(desks: Desks, number: str) -> None:
    """Let nobody wait for a visit, whether its reporter was drawn or not."""
    with desks.deployment.database.writing() as session:
        wanted = select(FollowUp).where(FollowUp.case_id == desks.stored(number).id)
        for one in session.scalars(wanted):
            one.why = None


def filed(desks: Desks, number: str) -> None:
    """Let a case be filed; that its package is whole is proven where filing is tested."""
    desks.at("office")
    with desks.deployment.database.writing() as session:
        case_id, by = desks.stored(number).id, desks.deployment.staff_id(session, "office")
        before = session.scalar(select(func.count()).select_from(Package))
        package = Package(
            number=f"MF{before:08X}",
            case_id=case_id,
            unit_code="BGS",
            purpose=Purpose.FILING,
            made_by=by,
            made_at=clock.now(),
            digest=b"-",
        )
        session.add(package)
        session.flush()
        session.add(
            Filing(
                case_id=case_id,
                package_id=package.id,
                taken_on=clock.today(),
                filed_on=clock.today(),
                sha256=package.id.to_bytes(32),
                files=3,
            )
        )


def night(desks: Desks, day: date) -> int:
    """What the worker destroys in the night of a day."""
    with desks.on(day.isoformat(), hour=NIGHT):
        return keep_retention(desks.deployment.database)


def after_the_years(desks: Desks, day: date = WORDS_GO) -> int:
    """What it destroys on a day, having put it onto the list in time."""
    assert night(desks, day - NOTICE) == 0
    return night(desks, day)


def rows_of(desks: Desks, record: Any, number: str) -> list[Any]:
    """The rows of a case in some table."""
    with desks.deployment.database.reading() as session:
        wanted = select(record).where(record.case_id == desks.stored(number).id)
        return list(session.scalars(wanted))
