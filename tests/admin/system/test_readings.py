"""Who reads a case leaves an event before he has read it, once a day; who reads unusually much is
asked about, by whoever may see it, and never hears of it himself."""

from __future__ import annotations

import csv
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import select

from admin.system import reading_rule
from admin.system.reading_rule import DayOfReading, most_in_a_day
from admin.system.reading_watch import raise_alarms
from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case, Identity
from intake.cases.event import Event, record
from portal.foundation import clock
from portal.foundation.staff import Role, Staff
from tests.admin.desk.people import COMPLAINT, NOISE, TIP_OFF, WORDS, Desks, filled
from tests.intake.pages.mistakes import point_out
from tests.intake.pages.rights import ask_without_code

DAY = "2022-07-05"
NOON = datetime(2022, 7, 5, 4, tzinfo=UTC)


def reads(desks: Desks) -> list[tuple[str, str]]:
    """Who read which case, in order."""
    with desks.deployment.database.reading() as session:
        wanted = (
            select(Staff.name, Case.number)
            .join(Event, Event.staff_id == Staff.id)
            .join(Case, Case.id == Event.case_id)
            .where(Event.name == "words_read")
        )
        return [(row.name, row.number) for row in session.execute(wanted.order_by(Event.seq))]


def let_read(desks: Desks, name: str, numbers: list[str], at: datetime) -> None:
    """As many page views as a long day has, without walking to every page."""
    with clock.stopped_at(at), desks.deployment.database.writing() as session:
        by = desks.deployment.staff_id(session, name)
        for case_id in session.scalars(select(Case.id).where(Case.number.in_(numbers))).all():
            record(session, "words_read", case_id=case_id, by=by)


def test_each_way_to_the_words_leaves_one_event_a_day(desks: Desks) -> None:
    with desks.on(DAY):
        number, other = desks.case(), desks.case(NOISE)
        desks.get("mz-officer", "/staff/cases?tab=open")
        assert desks.get("mz-officer", f"/staff/cases/{other}").status_code == 404
        assert reads(desks) == []
        for _ in range(2):
            assert WORDS in desks.get("mz-officer", f"/staff/cases/{number}").text
            desks.get("mz-officer", f"/staff/cases/{number}/approval-sheet")
        desks.get("office", f"/staff/cases/{number}/draft")
        assert reads(desks) == [("mz-officer", number), ("office", number)]
    with desks.on("2022-07-06"):
        token = filled(desks.get("mz-officer", "/staff/cases/search").text)
        asked = {**token, "words": "高龄津贴", "where": ["words"], "states": "all"}
        found = desks.at("mz-officer").post("/staff/cases/search", data=asked)
        assert number in found.text
        assert reads(desks)[2:] == [("mz-officer", number)]


def test_a_contact_that_is_opened_without_its_page_counts_as_well(desks: Desks) -> None:
    number, other = (
        desks.case(one, identity=Identity.PHONE, contact_phone="13800001111")
        for one in (COMPLAINT, NOISE)
    )
    typed = {**filled(desks.get("mz-officer", "/staff/cases/search").text), "reason": "ask"}
    opened = desks.at("mz-officer").post(f"/staff/cases/{number}/identity", data=typed)
    assert "13800001111" in opened.text
    refused = desks.at("mz-officer").post(f"/staff/cases/{other}/identity", data=typed)
    assert refused.status_code == 404
    assert reads(desks) == [("mz-officer", number)]


def test_two_pages_at_one_moment_leave_one_event(desks_on_each: Desks) -> None:
    desks = desks_on_each
    number = desks.case()
    desks.at("mz-officer")
    together = Barrier(2)

    def look(cookies: str) -> int:
        browser = desks.deployment.staff.test_client(use_cookies=False)
        together.wait(10)
        answer = browser.get(f"/staff/cases/{number}", headers={"Cookie": cookies})
        return answer.status_code

    cookies = desks.at("mz-officer")._cookies or {}  # There is no other way to them.
    said = "; ".join(f"{one.key}={one.value}" for one in cookies.values())
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(look, [said, said])) == [200, 200]
    assert reads(desks) == [("mz-officer", number)]


def test_what_cannot_be_written_down_is_not_shown(desks: Desks) -> None:
    number = desks.case()
    browser = desks.at("mz-officer")
    with desks.deployment.database.writing():
        refused = browser.get(f"/staff/cases/{number}")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
    assert WORDS not in refused.text
    assert reads(desks) == []
    assert WORDS in browser.get(f"/staff/cases/{number}").text


def test_an_auditor_finds_what_somebody_read_but_not_of_what_accuses_him(desks: Desks) -> None:
    desks.deployment.add_staff("both", ("SJ", Role.AUDITOR), ("MZ", Role.OFFICER), display="两边")
    with desks.on(DAY):
        seen = desks.case()
        hidden = desks.case(TIP_OFF, words="区民政局有人扣了老人的钱", accused="区民政局")
        for number in (seen, hidden):
            assert desks.get("office-head", f"/staff/cases/{number}").status_code == 200
        office = "?act=read"
        for name, shown in (("auditor", [hidden, seen]), ("both", [seen])):
            rows = list(csv.reader(desks.get(name, f"/staff/events.csv{office}").text.splitlines()))
            assert [row[2] for row in rows[1:]] == shown
            page = desks.get(name, f"/staff/readings?on={DAY}").text
            assert f">{len(shown)}</td>" in page
            assert (
                hidden
                in desks.get(name, f"/staff/events?number={hidden}").text.split("</form>")[-1]
            ) == (hidden in shown)
        assert "没有这样的事" in desks.get("auditor", "/staff/events?act=identity").text
        assert (
            desks.get("auditor", "/staff/events?first=2022-07-05&last=2022-07-01").status_code
            == 422
        )
        assert seen not in desks.get("auditor", "/staff/events?act=read&last=2022-07-04").text
        # Which events there are of a case, its own page doesn't say.
        assert "看件的内容" not in desks.get("office", f"/staff/cases/{seen}").text


def test_an_alarm_goes_to_whom_it_concerns_and_never_to_himself(desks: Desks) -> None:
    with desks.on(DAY):
        numbers = [desks.case() for _ in range(32)]
        hidden = [desks.case(TIP_OFF, words="市审计局的人收了礼", accused="区审计局")]
        for name in ("mz-officer", "office-head", "auditor", "discipline"):
            desks.at(name)
        let_read(desks, "mz-officer", numbers[:30], NOON)
        assert raise_alarms(desks.deployment.database) == 0
        let_read(desks, "mz-officer", numbers[30:31], NOON)
        assert raise_alarms(desks.deployment.database) == 1
        assert raise_alarms(desks.deployment.database) == 0
        sentence = "民政甲经办7月5日打开了31件"
        assert sentence in desks.get("office-head", "/staff/cases").text
        assert sentence in desks.get("auditor", "/staff/events").text
        for name in ("mz-officer", "discipline"):
            assert "请问一问" not in desks.get(name, "/staff/cases").text
        assert "民政甲经办" not in desks.get("discipline", "/staff/readings").text
        # Of the office's head others hear; of whom and how much, discipline inspection doesn't.
        let_read(desks, "office-head", numbers, NOON)
        assert raise_alarms(desks.deployment.database) == 1
        assert "办公乙" not in desks.get("office-head", "/staff/readings").text.split("<main")[1]
        assert "办公乙7月5日打开了32件" in desks.get("auditor", "/staff/readings").text
        told = desks.get("discipline", "/staff/cases").text
        assert "办公乙7月5日打开的件比平时多得多" in told
        assert "32" not in told.split("<main")[1].split("</section>")[0]
        assert hidden


def test_requests_and_mistakes_count_like_cases(desks: Desks) -> None:
    with desks.on(DAY):
        client = desks.deployment.citizen()
        asked, _ = ask_without_code(client).receipt
        mistake, _ = point_out(client, words="首页有错字", sure="yes").receipt
        hidden, _ = ask_without_code(client, words="区审计局的人收了红包，请讲一讲").receipt
        numbers = [desks.case() for _ in range(28)]
        for path in ("personal-information/" + asked, "publishing/mistakes/" + mistake):
            assert desks.get("office", f"/staff/{path}").status_code == 200
        let_read(desks, "office", numbers, NOON)
        assert raise_alarms(desks.deployment.database) == 0
        assert desks.get("office", f"/staff/personal-information/{hidden}").status_code == 200
        assert raise_alarms(desks.deployment.database) == 1
        assert "办公甲7月5日打开了31件" in desks.get("office-head", "/staff/cases").text
        # What accuses the auditor's own unit he doesn't count.
        assert "最近一个月，没有谁" in desks.get("auditor", "/staff/readings").text
        with desks.deployment.database.reading() as session:
            who = desks.deployment.staff_id(session, "office")
        page = desks.get("auditor", f"/staff/readings?on={DAY}&who={who}").text
        assert "看了30件" in page
        assert asked in page
        assert mistake in page
        assert hidden not in page


def test_what_accuses_the_reader_counts_in_no_alarm(desks: Desks) -> None:
    with desks.on(DAY):
        desks.deployment.add_staff(
            "both", ("SJ", Role.AUDITOR), ("MZ", Role.OFFICER), display="两边"
        )
        numbers = [desks.case() for _ in range(30)]
        numbers.append(desks.case(TIP_OFF, words="区民政局有人扣了老人的钱", accused="区民政局"))
        desks.at("office")
        let_read(desks, "office", numbers, NOON)
        assert raise_alarms(desks.deployment.database) == 1
        assert "办公甲7月5日打开了31件" in desks.get("auditor", "/staff/readings").text
        page = desks.get("both", "/staff/readings").text
        assert "最近一个月，没有谁" in page
        assert ">30</td>" in page


def test_an_alarm_stands_above_the_list_as_soon_as_it_is_raised_and_while_it_is_his(
    desks: Desks,
) -> None:
    with desks.on(DAY):
        numbers = [desks.case() for _ in range(31)]
        desks.at("mz-officer")
        assert "请问一问" not in desks.get("office-head", "/staff/cases").text
        let_read(desks, "mz-officer", numbers, NOON)
        raise_alarms(desks.deployment.database)
        assert "打开了31件" in desks.get("office-head", "/staff/cases").text
        with desks.deployment.database.writing() as session:
            case = session.scalars(select(Case).where(Case.number == numbers[0])).one()
            head = desks.deployment.staff_id(session, "office-head")
            bar = {"source": BarSource.STAFF, "named": True, "set_at": clock.now()}
            session.add(Bar(case_id=case.id, staff_id=head, **bar))
        assert "请问一问" not in desks.get("office-head", "/staff/cases").text


def test_days_on_which_the_worker_stood_still_are_looked_at(desks: Desks) -> None:
    with desks.on(DAY):
        numbers = [desks.case() for _ in range(31)]
        desks.at("mz-officer")
        let_read(desks, "mz-officer", numbers, NOON)
    with desks.on("2022-07-13"):
        assert raise_alarms(desks.deployment.database) == 0
    with desks.on("2022-07-12"):
        assert raise_alarms(desks.deployment.database) == 1
        assert "民政甲经办7月5日打开了31件" in desks.get("office-head", "/staff/cases").text


@pytest.mark.parametrize(
    ("before", "most"),
    [([], 30), ([100] + [0] * 19, 30), ([9] * 20, 30), ([20] * 20, 60), ([200] * 9 + [0] * 11, 30)],
)
def test_how_much_is_usual(before: list[int], most: int) -> None:
    assert most_in_a_day(before) == most


def test_nights_and_days_off_count_by_themselves() -> None:
    at = partial(datetime, 2022, 7, 5, tzinfo=clock.SHANGHAI)
    late = [at(23, minute) for minute in range(21)]
    assert DayOfReading.of(late, working=True).is_unusual(30)
    assert not DayOfReading.of(late[1:], working=True).is_unusual(30)
    assert not DayOfReading.of([at(20), at(7)] * 12, working=True).is_unusual(30)
    assert DayOfReading.of([at(12)] * 21, working=False).is_unusual(30)
    assert reading_rule.MOST_OUTSIDE < reading_rule.LEAST
