"""What the office's page counts is what its links list, and the ledger's totals reconcile."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from admin.office.plan_dates import due_between, month_of
from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case
from portal.campaign.book import book
from portal.campaign.calendar_date import CalendarDate
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.workdays import WorkCalendar
from tests.admin.house import House

MUCH_LATER = datetime(2022, 8, 8, 4, 0, tzinfo=UTC)


def cases_on(page: str) -> list[str]:
    return re.findall(r'href="[^"]*/staff/cases/(JH\d{8})[^"]*"', page)


def test_the_office_s_figures_open_the_lists_they_count(house: House) -> None:
    tip_offs = [
        house.case(kind=Kind.TIP_OFF, problem="3.3", words=f"民意街道办事处扣钱，第{at}次")
        for at in range(3)
    ]
    for at in range(2):
        house.case(words=f"高龄津贴没有发，第{at}家")
    page = house.get("chen", "/staff/office")
    assert re.search(r"举报等办公室先看</a><b>3件", page)
    assert sorted(cases_on(house.get("chen", "/staff/office/first-look"))) == sorted(tip_offs)
    with clock.stopped_at(MUCH_LATER):
        house.browsers.clear()
        page = house.get("chen", "/staff/office")
        late = re.findall(r'href="([^"]*due=overdue[^"]*)">(\d+)<', page)
        assert sum(int(number) for _, number in late) == 5
        for href, number in late:
            path = href.replace("&amp;", "&").split("8001", 1)[-1]
            listed = house.browser("chen").get(path).text
            assert len(set(cases_on(listed))) == int(number)


def test_a_barred_person_of_the_office_counts_nothing(house: House) -> None:
    number = house.case(kind=Kind.TIP_OFF, problem="3.3", words="有人扣了高龄津贴的钱")
    with house.deployment.database.writing() as session:
        case = session.query(Case).filter(Case.number == number).one()
        who = house.deployment.staff_id(session, "lu")
        bar = {"source": BarSource.STAFF, "named": True, "set_at": clock.now()}
        session.add(Bar(case_id=case.id, staff_id=who, **bar))
    assert "举报等办公室先看" in house.get("chen", "/staff/office")
    assert "举报等办公室先看" not in house.get("lu", "/staff/office")
    assert number not in house.get("lu", "/staff/office/first-look")


def test_the_ledger_s_totals_reconcile_under_every_filter(house: House) -> None:
    case = house.answered_case()
    numbers = [house.problem(case, unit=unit) for unit in ("MZ", "MZ", "TY", "ST05", "MZ")]
    house.rectify(numbers[0])
    house.strike_off(numbers[0])
    house.rectify(numbers[1])
    referred = {numbers[0], numbers[2]}
    for number in referred:
        house.refer(number)
    for query in ("", "unit=MZ", "unit=TY", "type=1.2", "type=3.3", "unit=MZ&type=1.2", "unit=XX"):
        page = house.get("chen", f"/staff/problems?{query}")
        line = re.search(
            r"共发现(\d+)个 ＝ 已销号(\d+)个 ＋ 在改(\d+)个 ＋ 挂账(\d+)个 ＋ 不属实(\d+)个"
            r"；其中移送(\d+)个",
            page,
        )
        assert line is not None
        found, *parts, of_which = map(int, line.groups())
        assert found == sum(parts)
        assert of_which == len(referred & set(re.findall(r"JHW\d{6}", page)))
        for state in ("", "found", "rectifying", "rectified", "struck_off"):
            page = house.get("chen", f"/staff/problems?{query}&state={state}")
            shown = set(re.findall(r"JHW\d{6}", page))
            tab = re.search(
                r'aria-current="page">\s*(\S+)\s*<span class="count">(\d+)</span>', page
            )
            assert tab is not None
            assert len(shown) == int(tab.group(2))
    assert set(re.findall(r"JHW\d{6}", house.get("tui", "/staff/problems"))) == {numbers[2]}
    assert "共发现1个" in house.get("tui", "/staff/problems?unit=MZ")


def test_pages_of_the_ledger_follow_each_other_without_gap(
    house: House,
) -> None:
    case = house.answered_case()
    numbers = {house.problem(case) for _ in range(52)}
    seen: list[str] = []
    path = "/staff/problems?unit=MZ"
    while path:
        page = house.get("chen", path)
        seen += re.findall(r'/staff/problems/(JHW\d{6})"', page)
        following = re.search(r'href="([^"]*)" rel="next"', page)
        path = following.group(1).replace("&amp;", "&") if following else ""
    assert len(seen) == len(numbers) == 52
    assert set(seen) == numbers


def test_the_alarm_tells_a_number_to_those_it_is_for(house: House) -> None:
    assert "没有须由专人移交的件" in house.get("shen", "/staff/alarms")
    accused = house.get("ji", "/staff/alarms")
    number = house.case(kind=Kind.TIP_OFF, problem="3.3", words="有人扣了高龄津贴的钱")
    with house.deployment.database.writing() as session:
        case = session.query(Case).filter(Case.number == number).one()
        case.unit_code = book(session).campaign.superior_code
        for unit in ("BGS", "JW"):
            bar = {"source": BarSource.REPORTER, "named": True, "set_at": clock.now()}
            session.add(Bar(case_id=case.id, unit_code=unit, **bar))
    page = house.get("shen", "/staff/alarms")
    assert "有1件须由专人移交，内容这里看不到" in page
    assert number not in page
    # Discipline inspection is accused itself: its page is the one that it was before.
    assert house.get("ji", "/staff/alarms") == accused
    for name in ("chen", "min"):
        assert house.browser(name).get("/staff/alarms").status_code == 404


def test_the_calendar_of_the_plan_by_month(house: House) -> None:
    with house.deployment.database.reading() as session:
        campaign_book = book(session)
    june = due_between(campaign_book.dates, *month_of(date(2022, 6, 6)), campaign_book.calendar)
    assert [(due.on.day, due.begins) for due in june] == [
        (1, True),
        (20, False),
        (30, False),
        (30, False),
    ]
    page = house.get("chen", "/staff/office")
    for words in ("6月20日", "第一次督导", "7月20日", "五(二)2", "相关部门", "还没定"):
        assert words in page


def duty(**given: object) -> CalendarDate:
    return CalendarDate(
        **{"title": "月报", "who": "各单位", "clause": "五", "rolls": False, **given}
    )


def test_a_monthly_duty_runs_between_its_days_and_rolls_where_the_data_says_so() -> None:
    monthly = duty(monthly_day=31, starts_on=date(2022, 1, 31), ends_on=date(2022, 4, 30))
    year = (date(2022, 1, 1), date(2022, 12, 31))
    days = [due.on for due in due_between([monthly], *year, WorkCalendar())]
    assert days == [date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 31), date(2022, 4, 30)]
    monthly.rolls = True
    days = [due.on for due in due_between([monthly], *year, WorkCalendar())]
    assert days[-1] == date(2022, 5, 2)
