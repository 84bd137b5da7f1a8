"""Supervising a case: what is demanded, who reports, by when, and who may end it."""

from __future__ import annotations

from datetime import date

import pytest

from admin.system.watching import watch_dates
from tests.admin.desk.people import NOISE, Desks
from tests.admin.desk.reporter import page_of
from tests.admin.supervision.supervised import (
    DEMAND,
    LIST,
    at,
    due_on,
    events,
    listed,
    read,
    second_office,
    supervise,
    take,
    taken,
)
from tests.deployments import Deployment


def test_the_office_demands_the_unit_reports_and_both_read_it_in_order(
    desks_on_each: Desks,
) -> None:
    desks = desks_on_each
    number, noise = desks.case(), desks.case(NOISE)
    supervise(desks, number)
    supervise(desks, noise)
    taken(desks, "office-head", number, "check", words="先把六月的补上")
    taken(desks, "mz-officer", number, "progress", words="六月的已经补了")

    for name in ("office", "mz-officer"):
        page = read(desks, name, at(number))
        said = [page.index(words) for words in (DEMAND, "先把六月的补上", "六月的已经补了")]
        assert said == sorted(said)
        assert all(who in page for who in ("办公甲", "办公乙", "民政甲经办", "领导批示"))
    assert listed(desks, "mz-officer") == [number]
    assert set(listed(desks, "office")) == {number, noise}
    assert "承办单位反馈" in read(desks, "office", LIST)
    assert DEMAND in read(desks, "mz-officer", f"/staff/cases/{number}")
    # Another unit's is none of one's own.
    assert desks.get("mz-officer", at(noise)).status_code == 404
    assert desks.get("rs-officer", at(number)).status_code == 404


def test_only_who_opened_it_or_the_offices_head_closes_it(desks_on_each: Desks) -> None:
    desks = desks_on_each
    first, second = desks.case(), desks.case()
    supervise(desks, first)
    supervise(desks, second)
    other = second_office(desks)
    form = {"outcome": "done", "words": "补发的回单核对过了"}

    for name in (other, "mz-head", "mz-officer"):
        answer = take(desks, name, first, "close", **form)
        assert (answer.status_code, "核对过了" in answer.text) == (409, True), name
        assert "销督</a>" not in read(desks, name, at(first)), name
    assert "只有立项的人或者办公室负责人能销督" in take(desks, other, first, "close", **form).text
    assert desks.stored(first).supervised

    taken(desks, "office-head", first, "close", **form)
    taken(desks, "office", second, "close", **form)
    for number in (first, second):
        assert not desks.stored(number).supervised
        assert "补发的回单核对过了" in read(desks, "mz-officer", at(number))
    assert listed(desks, "office") == []


def test_a_closed_one_may_be_followed_by_another_and_two_are_never_open(desks: Desks) -> None:
    number = desks.case()
    supervise(desks, number)
    again = take(desks, "office", number, "open", trigger="press", words="又登报了")
    assert (again.status_code, "又登报了" in again.text) == (409, True)
    taken(desks, "office", number, "close", outcome="partly", words="先到这里")
    supervise(desks, number, trigger="press", words="又登报了")
    page = read(desks, "mz-officer", at(number))
    assert page.index("又登报了") < page.index("以前的督办") < page.index(DEMAND)


def test_a_unit_neither_opens_nor_extends_and_the_office_reports_nothing(desks: Desks) -> None:
    number = desks.case()
    typed = {"trigger": "leader", "words": "我们自己来", "outcome": "done", "due_on": "2027-01-01"}
    assert take(desks, "mz-head", number, "open", **typed).status_code == 409
    supervise(desks, number)
    for step in ("check", "extend", "close", "dismiss"):
        assert take(desks, "mz-head", number, step, **typed).status_code == 409, step
    assert take(desks, "office", number, "progress", words="我们替它写").status_code == 409
    assert desks.get("office", at(number, "nonsense")).status_code == 404
    assert desks.get("mz-clerk", at(number)).status_code == 404


@pytest.mark.parametrize(
    ("opened", "trigger", "until", "counted"),
    [
        # 31 January to 6 February 2022 is the Spring Festival, 29 and 30 January are worked.
        ("2022-01-28", "leader", date(2022, 2, 9), 5),
        # 1 to 7 October 2022 is the National Day, 8 and 9 October are worked.
        ("2022-09-30", "press", date(2022, 10, 10), 3),
        # Opened on a Saturday: the same, since day 0 isn't counted.
        ("2022-10-01", "press", date(2022, 10, 10), 3),
        # 3 June 2022 is the Dragon Boat Festival.
        ("2022-06-02", "complex", date(2022, 6, 17), 10),
        # Beyond the calendar that is known.
        ("2026-12-30", "superior", date(2027, 1, 6), 5),
    ],
)
def test_the_usual_date_is_counted_in_working_days(
    each_campaign: Deployment, opened: str, trigger: str, until: date, counted: int
) -> None:
    desks = Desks(each_campaign)
    with desks.on(opened):
        number = desks.case(policy="CL02", problem="1.2", words="我的轮椅补贴没有发")
        supervise(desks, number, trigger=trigger)
        assert due_on(desks, number) == until
        page = read(desks, "office", at(number))
        assert ("暂定" in page) == (until.year == 2027)
        days = page[page.index('<ol class="days">') : page.index("</ol>", page.index("days"))]
        assert days.count("<li") - days.count("skipped") == counted
        assert f"{until.month}月{until.day}日" in days


def test_a_date_that_is_over_or_too_far_off_is_refused_with_what_was_typed(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number = desks.case()
        for wrong in ("2022-06-05", "2032-06-06", "9999-12-30", "nonsense"):
            answer = take(
                desks, "office", number, "open", trigger="leader", words=DEMAND, due_on=wrong
            )
            assert (answer.status_code, DEMAND in answer.text) == (422, True), wrong
        supervise(desks, number, due_on="2022-06-06")
        assert due_on(desks, number) == date(2022, 6, 6)
        for wrong in ("2022-06-06", "2022-06-05"):
            answer = take(desks, "office", number, "extend", words="等财政拨款", due_on=wrong)
            assert (answer.status_code, "只能往后改" in answer.text) == (422, True), wrong
        taken(desks, "office", number, "extend", words="等财政拨款", due_on="2022-06-20")
        assert due_on(desks, number) == date(2022, 6, 20)
        assert "等财政拨款" in read(desks, "mz-officer", at(number))
        assert events(desks, number, "supervision_extended") == [
            {"former": "2022-06-06", "due_on": "2022-06-20"}
        ]


def test_empty_words_and_no_trigger_are_refused(desks: Desks) -> None:
    number = desks.case()
    assert take(desks, "office", number, "open", words=DEMAND).status_code == 422
    assert take(desks, "office", number, "open", trigger="leader", words="  ").status_code == 422
    assert not desks.stored(number).supervised


def test_the_later_of_two_keeps_what_he_typed(desks: Desks) -> None:
    number = desks.case()
    page = desks.get("office", at(number, "open")).text
    desks.through(number, ("mz-officer", "sign-for", ""))
    version = page.split('name="version"')[1].split('value="')[1].split('"')[0]
    answer = take(desks, "office", number, "open", trigger="press", words=DEMAND, version=version)
    assert (answer.status_code, DEMAND in answer.text) == (409, True)
    assert "有了变化" in answer.text
    assert not desks.stored(number).supervised


def test_its_date_sorts_the_queue_and_is_reminded_of_in_office_hours_only(
    desks_on_each: Desks,
) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        other, number = desks.case(), desks.case()
        for one in (other, number):
            desks.through(one, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
        supervise(desks, number, due_on="2022-06-08")
        assert desks.stored(number).due_on == date(2022, 6, 8)
        assert desks.list("mz-officer", "tab=accepted") == [number, other]
        assert "督办还有2个工作日" in desks.get("mz-officer", "/staff/cases?tab=accepted").text
        assert desks.stored(number).answer_by == desks.stored(other).answer_by
    for hour, reminded in ((7, 0), (18, 0), (10, 1), (11, 1)):
        with desks.on("2022-06-08", hour=hour):
            watch_dates(desks.deployment.database)
            assert len(_about_supervision(desks, number, "reminded")) == reminded, hour
    with desks.on("2022-06-11"):
        watch_dates(desks.deployment.database)
        assert _about_supervision(desks, number, "overdue") == []
    with desks.on("2022-06-13"):
        watch_dates(desks.deployment.database)
        watch_dates(desks.deployment.database)
        assert _about_supervision(desks, number, "overdue") == ["2022-06-08"]
        assert "督办超期（6月8日" in read(desks, "mz-officer", f"/staff/cases/{number}")
        assert "超期5天" in read(desks, "office", LIST)
        taken(desks, "office", number, "extend", words="宽限两天", due_on="2022-06-15")
        assert desks.stored(number).due_on == date(2022, 6, 15)
        taken(desks, "office", number, "close", outcome="done", words="够了")
        assert desks.stored(number).due_on == desks.stored(number).answer_by


def _about_supervision(desks: Desks, number: str, name: str) -> list[str]:
    found = events(desks, number, name)
    return [one["due_on"] for one in found if one["clock"] == "supervision"]


def test_its_date_rests_while_the_case_is_over_until_the_office_closes_it(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        registered = desks.register()
        number = registered.case.number
        supervise(desks, number, due_on="2022-06-30")
        desks.through(
            number,
            ("mz-officer", "sign-for", ""),
            ("mz-officer", "accept", ""),
            ("mz-officer", "draft", "补发了"),
            ("mz-head", "reply", ""),
            ("mz-officer", "close", ""),
        )
        assert desks.stored(number).supervised
        assert "等销督" in read(desks, "office", LIST)
        assert "等销督" in read(desks, "office", at(number))
        taken(desks, "mz-officer", number, "progress", words="已经办结")
        taken(desks, "office", number, "close", outcome="done", words="看过了")
        assert listed(desks, "office") == []
        assert take(desks, "office", number, "open", words=DEMAND).status_code == 409


def test_the_mark_and_the_filter_show_what_is_supervised(desks_on_each: Desks) -> None:
    desks = desks_on_each
    number, plain = desks.case(), desks.case()
    supervise(desks, number)
    assert desks.list("mz-officer", "tab=open&mark=supervised") == [number]
    assert set(desks.list("mz-officer", "tab=open&mark=nonsense")) == {number, plain}
    shown = read(desks, "mz-officer", "/staff/cases?tab=open&mark=supervised")
    assert '<span class="tag warn">督办</span>' in shown
    assert '<span class="tag warn">督办</span>' in read(
        desks, "mz-officer", f"/staff/cases/{number}"
    )
    assert '<span class="tag warn">督办</span>' not in read(
        desks, "mz-officer", f"/staff/cases/{plain}"
    )


def test_the_reporter_reads_nothing_of_it(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        registered, other = desks.register(), desks.register()
        before = page_of(desks, registered.query_code).text
        supervise(desks, registered.case.number, due_on="2022-06-09")
        taken(desks, "mz-officer", registered.case.number, "progress", words="正在补发")
        assert page_of(desks, registered.query_code).text == before
        assert other.case.number not in before
    with desks.on("2022-06-10"):
        watch_dates(desks.deployment.database)
        page = page_of(desks, registered.query_code).text
        assert "督办" not in page
        assert DEMAND not in page
        assert "正在补发" not in page


def test_a_new_unit_reads_the_log_and_the_former_one_loses_it(desks: Desks) -> None:
    number = desks.case()
    supervise(desks, number)
    desks.through(number, ("mz-officer", "return", "不归我们"))
    answer = desks.act("office", number, "sort", unit="RS")
    assert answer.status_code == 303
    assert DEMAND in read(desks, "rs-officer", at(number))
    assert desks.get("mz-officer", at(number)).status_code == 404
    taken(desks, "rs-officer", number, "progress", words="我们来办")
    assert listed(desks, "rs-officer") == [number]
    assert listed(desks, "mz-officer") == []
