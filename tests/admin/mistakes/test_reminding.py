"""Reminding of mistakes on the site: before the date and once it is over, whoever may see one, in
office hours; and nobody else."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from admin.accounts.last_seen import LastSeen
from admin.accounts.work_mail import leave_mail
from admin.mistakes.reminding import remind_of_mistakes
from admin.outbox.mailing_staff import mail_staff
from intake.outbox.outbound_text import OutboundText
from portal.foundation import clock
from portal.foundation.staff import Staff
from tests.admin.house import House
from tests.admin.mistakes.test_mistakes import answers, events, pointed_out
from tests.intake.pages.mistakes import ACCUSES

OF_GONG = "gong同志收了别人的钱"


@pytest.fixture
def gone_home(house: House) -> None:
    """Everybody left an address on the day before, and went home."""
    with (
        clock.stopped_at(datetime.fromisoformat("2022-06-06T11:00+08:00")),
        house.deployment.database.writing() as session,
    ):
        for name in ("gong", "shi", "chen", "lu", "ji", "min", "bie", "shen"):
            who = house.deployment.staff_id(session, name)
            leave_mail(session, who, f"{name}@office.example.cn")


def reminds(house: House, when: str) -> int:
    """Let the worker look, as one of its rounds does."""
    with clock.stopped_at(datetime.fromisoformat(f"{when}+08:00")):
        return remind_of_mistakes(house.deployment.database)


def mailed(house: House, when: str) -> set[str]:
    """Whom the worker mails then."""
    database = house.deployment.database
    with clock.stopped_at(datetime.fromisoformat(f"{when}+08:00")):
        mail_staff(database, LastSeen(house.deployment.settings.database_dir))
    with database.reading() as session:
        told = select(Staff.name).join(OutboundText, OutboundText.staff_id == Staff.id)
        return set(session.scalars(told))


@pytest.mark.usefixtures("gone_home")
def test_before_the_date_and_after_it_once_each(house_on_each: House) -> None:
    house = house_on_each
    number, _ = pointed_out(house)
    answered, _ = pointed_out(house, words="首页有错字")
    assert answers(house, answered) == 303
    assert reminds(house, "2022-06-07T10:00") == 0, "two days are left"
    assert reminds(house, "2022-06-08T07:00") == 0, "office hours haven't begun"
    assert reminds(house, "2022-06-08T09:00") == 1
    assert reminds(house, "2022-06-08T09:01") == 0
    assert reminds(house, "2022-06-09T09:00") == 0, "he heard of it yesterday"
    assert events(house, "mistake_overdue") == []
    assert reminds(house, "2022-06-10T18:00") == 0, "office hours are over"
    assert reminds(house, "2022-06-11T10:00") == 0, "a Saturday"
    assert reminds(house, "2022-06-13T09:00") == 1
    assert reminds(house, "2022-06-14T09:00") == 0
    for name in ("mistake_reminded", "mistake_overdue"):
        [event] = events(house, name)
        assert event.facts == {"mistake": number, "due_on": "2022-06-09"}
        assert event.staff_id is None


@pytest.mark.usefixtures("gone_home")
def test_after_a_holiday_the_day_before_is_a_working_day(house: House) -> None:
    with clock.stopped_at(datetime.fromisoformat("2022-06-08T12:00+08:00")):
        house.browsers.clear()
        pointed_out(house)
    assert reminds(house, "2022-06-09T09:00") == 0
    assert reminds(house, "2022-06-10T09:00") == 1, "due on Monday the thirteenth"


@pytest.mark.usefixtures("gone_home")
def test_who_may_see_it_hears_that_something_waits(house: House) -> None:
    pointed_out(house)
    assert mailed(house, "2022-06-07T09:00") == set()
    reminds(house, "2022-06-08T09:00")
    assert mailed(house, "2022-06-08T09:00") == {"gong", "shi", "chen", "lu"}
    with house.deployment.database.reading() as session:
        assert set(session.scalars(select(OutboundText.template))) == {"staff_news"}


@pytest.mark.usefixtures("gone_home")
def test_whom_it_accuses_hears_nothing(house: House) -> None:
    number, _ = pointed_out(house, words=OF_GONG)
    assert number in house.get("shi", "/staff/publishing/mistakes")
    house.browsers.clear()
    assert reminds(house, "2022-06-08T09:00") == 1
    told = mailed(house, "2022-06-08T09:00")
    assert "shi" in told
    assert "gong" not in told


@pytest.mark.usefixtures("gone_home")
def test_what_is_sealed_reminds_nobody(house: House) -> None:
    pointed_out(house, words=ACCUSES)
    for day in ("08", "10"):
        assert reminds(house, f"2022-06-{day}T09:00") == 1
        assert mailed(house, f"2022-06-{day}T09:00") == set()
    assert len(events(house, "mistake_overdue")) == 1


@pytest.mark.usefixtures("gone_home")
def test_what_was_answered_since_waits_for_nobody(house: House) -> None:
    number, _ = pointed_out(house)
    assert reminds(house, "2022-06-08T09:00") == 1
    assert answers(house, number) == 303
    house.browsers.clear()
    assert mailed(house, "2022-06-08T09:30") == set()
    assert reminds(house, "2022-06-10T09:00") == 0
