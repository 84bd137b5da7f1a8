"""The calendar page at the turn of the year: what is 暂定, what a year moves, and who sees it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from openpyxl import load_workbook

from admin.office.calendar_change import take_over
from admin.office.recounting import finish_recount
from intake.cases.recount import Recount
from intake.rules.state import State
from portal.foundation import clock
from tests.admin.desk.people import NOISE, TIP_OFF, filled
from tests.admin.desk.reporter import page_of
from tests.admin.office.new_year import (
    BEFORE,
    CALENDAR,
    LAST_DAY,
    NEW_YEAR,
    SHEET,
    NewYear,
    listed,
    workbook,
)
from tests.pages.weight import MOST_BYTES, weight

SENTENCE = "期限按放假安排重新算过"


def test_past_the_known_days_a_date_is_tentative_and_nothing_raises(new_year: NewYear) -> None:
    sent = new_year.desks.register()
    number = sent.case.number
    assert sent.case.answer_by == date(2027, 1, 20)
    assert "暂定" in new_year.desks.get("mz-officer", f"/staff/cases/{number}").text
    assert "暂定" in page_of(new_year.desks, sent.query_code).html
    for days in (2, 40, 400, 4000):
        with clock.stopped_at(BEFORE + timedelta(days=days)):
            new_year.desks.browsers.clear()
            later = new_year.desks.register()
            for path in ("cases", f"cases/{number}", "office", "office/calendar"):
                assert new_year.desks.get("office-head", f"/staff/{path}").status_code == 200, days
            assert "暂定" in page_of(new_year.desks, later.query_code).html


def test_a_loaded_year_moves_dates_and_says_so(new_year: NewYear) -> None:
    sent = new_year.desks.register()
    number = sent.case.number
    assert "知道到2026年12月31日" in new_year.get()

    checked = new_year.upload(NEW_YEAR)
    assert "加1天，改0天" in checked.text
    assert "2027年的安排这就定了：上班260天，休息105天" in checked.text
    assert listed(checked.text) == {number: ["2027年1月20日", "2027年1月21日", "答复", "区民政局"]}
    assert (new_year.moves(number), new_year.calendar().known_to.year) == ([], 2026)

    answer = new_year.save(checked.text)
    assert answer.location == f"{CALENDAR}?year=2027&done=loaded"
    page = new_year.get("?year=2027&done=loaded")
    assert "知道到2027年12月31日" in page
    assert "没有一件的期限是暂定" in page
    assert new_year.desks.stored(number).answer_by == date(2027, 1, 21)
    assert new_year.moves(number) == [
        {"clock": "reply", "former": "2027-01-20", "due_on": "2027-01-21"}
    ]
    theirs = new_year.desks.get("mz-officer", f"/staff/cases/{number}").text
    assert "期限改为2027年1月21日，因为公布了2027年的放假安排" in theirs
    assert "原来是2027年1月20日。" in theirs
    assert "暂定" not in theirs
    assert SENTENCE in page_of(new_year.desks, sent.query_code).html


def test_the_date_by_which_lists_are_sorted_moves(new_year: NewYear) -> None:
    number = new_year.on(LAST_DAY)
    before = new_year.desks.stored(number)
    assert (before.due_on, before.due_clock) == (date(2027, 1, 1), "sign_for")
    assert "，暂定" in new_year.desks.get("mz-officer", "/staff/cases").text
    assert "1件的期限还是暂定" in new_year.get()
    new_year.load(NEW_YEAR)
    after = new_year.desks.stored(number)
    assert (after.due_on, after.version) == (date(2027, 1, 4), before.version)
    assert [one["clock"] for one in new_year.moves(number)] == ["sign_for"]
    assert "，暂定" not in new_year.desks.get("mz-officer", "/staff/cases").text


def test_a_day_worked_at_a_weekend_brings_a_date_forward(new_year: NewYear) -> None:
    new_year.load(NEW_YEAR)
    number = new_year.desks.case()
    new_year.load("日期,是否上班,名称\n2027-01-09,是,调休上班\n")
    (moved,) = new_year.moves(number)
    assert (moved["former"], moved["due_on"]) == ("2027-01-21", "2027-01-20")


def test_what_isnt_open_or_isnt_reached_stays(new_year: NewYear) -> None:
    gone = new_year.desks.case()
    new_year.desks.change(gone, state=State.WITHDRAWN)
    early = new_year.on(BEFORE - timedelta(days=60))
    checked = new_year.upload(NEW_YEAR).text
    assert listed(checked) == {}
    assert "期限都不变" in checked
    new_year.load(NEW_YEAR)
    assert (new_year.moves(gone), new_year.moves(early)) == ([], [])


def test_a_case_that_the_office_may_not_see_moves_too_but_isnt_told_of(new_year: NewYear) -> None:
    seen = new_year.on(LAST_DAY, draft=NOISE)
    with clock.stopped_at(LAST_DAY):
        sent = new_year.desks.register(replace(TIP_OFF, accused="区财政局"))
    barred = sent.case.number
    assert new_year.desks.stored(barred).due_on == date(2027, 1, 1)
    assert new_year.desks.get("office", f"/staff/cases/{barred}").status_code == 404
    assert "1件的期限还是暂定" in new_year.get()
    checked = new_year.upload(NEW_YEAR)
    assert set(listed(checked.text)) == {seen}
    assert "1件的期限会改" in checked.text
    assert new_year.save(checked.text).status_code == 303
    assert len(new_year.moves(barred)) == 1
    assert "因为公布了" in new_year.desks.get("discipline", f"/staff/cases/{barred}").text
    assert SENTENCE in page_of(new_year.desks, sent.query_code).html


def test_of_many_cases_the_first_hundred_are_listed(new_year: NewYear) -> None:
    for _ in range(101):
        new_year.desks.case()
    page = new_year.upload(NEW_YEAR).text
    assert "101件的期限会改" in page
    assert "早到期的在前，只列100件" in page
    assert len(listed(page)) == 100
    assert weight(page) <= MOST_BYTES


def test_an_interrupted_recount_goes_on_and_moves_each_case_once(
    new_year_on_each: NewYear,
) -> None:
    new_year = new_year_on_each
    database = new_year.desks.deployment.database
    numbers = [new_year.desks.case() for _ in range(5)]
    # Stopped as the page's own seconds are, after the days and two steps of the counting.
    _load_days_alone(new_year)
    assert "正在按新的放假安排重新计算期限" in new_year.get()
    for _ in range(2):
        assert finish_recount(database, most_seconds=0, step=1) == 1
    assert [len(new_year.moves(one)) for one in numbers] == [1, 1, 0, 0, 0]

    assert finish_recount(database) == 3
    assert "正在按新的放假安排重新计算期限" not in new_year.get()
    # A case that was counted by the old calendar and stored just then is found a minute later.
    new_year.desks.change(numbers[0], answer_by=date(2027, 1, 20))
    assert finish_recount(database) == 0
    with clock.stopped_at(BEFORE + timedelta(minutes=2)):
        assert finish_recount(database) == 1
    assert [len(new_year.moves(one)) for one in numbers] == [2, 1, 1, 1, 1]
    with database.reading() as session:
        assert session.get(Recount, 1) is None
    assert {new_year.desks.stored(one).answer_by for one in numbers} == {date(2027, 1, 21)}
    assert new_year.desks.deployment.run("verify-audit").exit_code == 0


def test_another_change_in_between_begins_the_counting_anew(new_year_on_each: NewYear) -> None:
    new_year = new_year_on_each
    database = new_year.desks.deployment.database
    numbers = [new_year.desks.case() for _ in range(2)]
    _load_days_alone(new_year)
    assert finish_recount(database, most_seconds=0, step=1) == 1
    new_year.load("日期,是否上班,名称\n2027-01-04,否,试\n")
    assert [len(new_year.moves(one)) for one in numbers] == [2, 1]
    assert {new_year.desks.stored(one).answer_by for one in numbers} == {date(2027, 1, 22)}


def test_only_what_was_checked_is_loaded(new_year: NewYear) -> None:
    checked = new_year.upload(SHEET).text
    new_year.load("日期,是否上班,名称\n2027-01-04,否,试\n")
    answer = new_year.save(checked)
    assert answer.status_code == 409
    assert "日历有了变化" in answer.text
    assert not new_year.calendar().is_working(date(2027, 1, 4))
    assert new_year.calendar().is_working(date(2027, 1, 1))
    assert new_year.save(answer.text).status_code == 303
    assert not new_year.calendar().is_working(date(2027, 1, 1))


def test_nobody_can_put_other_days_in_between(new_year: NewYear) -> None:
    fields = filled(new_year.upload(NEW_YEAR).text)
    others = filled(new_year.get("/load", "office-head"))
    for name, sent in (
        ("office", fields | {"checked": "A" + fields["checked"]}),
        ("office", fields | {"checked": ""}),
        ("office-head", fields | others),
    ):
        answer = new_year.desks.at(name).post(f"{CALENDAR}/load/save", data=sent)
        assert (answer.status_code, "重新选表格文件" in answer.text) == (422, True)
    assert new_year.calendar().known_to == date(2026, 12, 31)


def test_every_wrong_row_is_named_on_the_page(new_year: NewYear) -> None:
    answer = new_year.upload("日期,是否上班,名称\n元旦,否,元旦\n2027-01-02,不,元旦\n")
    assert answer.status_code == 422
    assert "第2行“日期”：“元旦”不是日期" in answer.text
    assert "第3行“是否上班”：“不”要改成“是”或者“否”" in answer.text
    answer = new_year.upload("日期,是否上班,名称\n2028-01-01,否,元旦\n")
    assert (answer.status_code, "2027年的放假安排还没有装入" in answer.text) == (422, True)
    assert new_year.calendar().known_to == date(2026, 12, 31)


def test_the_template_can_be_loaded_as_it_is(new_year: NewYear) -> None:
    template = new_year.desks.get("office", f"{CALENDAR}/template.xlsx").data
    assert load_workbook(io.BytesIO(template)).worksheets[0].max_row == 2
    new_year.load(template)
    assert new_year.calendar().why_off(date(2027, 1, 1)) == "元旦"
    again = new_year.upload(
        workbook(("日期", "是否上班", "名称"), (date(2027, 1, 1), "否", "元旦"))
    )
    assert "没有要装的" in again.text


def test_nobody_but_the_office_finds_it(new_year: NewYear) -> None:
    for name in ("mz-officer", "mz-head", "discipline", "publisher", "auditor", "admin"):
        for path in ("", "/load", "/template.xlsx"):
            assert new_year.desks.get(name, CALENDAR + path).status_code == 404, (name, path)
    assert f'href="{CALENDAR}"' in new_year.desks.get("office", "/staff/office").text


def test_each_year_has_its_days(new_year: NewYear) -> None:
    page = new_year.get("?year=2022")
    assert "2022年和平常不一样的日子" in page
    assert "国庆节" in page
    assert "调休上班" in page
    for year in ("1", "9999", "x"):
        new_year.get(f"?year={year}")


def test_the_command_does_the_same(new_year: NewYear, tmp_path: Path) -> None:
    number = new_year.desks.case()
    sheet = tmp_path / "2027.csv"
    run = new_year.desks.deployment.run
    sheet.write_text("date,working,name\n2027-01-01,maybe,a\n")
    refused = run("calendar", "load", str(sheet))
    assert refused.exit_code != 0
    assert "2027.csv:2: “maybe” must be yes or no" in refused.output
    assert "nowhere.csv: can't be read" in run("calendar", "load", "nowhere.csv").output
    sheet.write_text(NEW_YEAR)
    done = run("calendar", "load", str(sheet))
    assert (done.exit_code, done.output) == (0, "2 days, 1 cases moved\n")
    assert len(new_year.moves(number)) == 1
    assert "装入放假安排" in new_year.desks.get("auditor", "/staff/events").text


def _load_days_alone(new_year: NewYear) -> None:
    """The first transaction of a loading, as if the process ended right after it."""

    with new_year.desks.deployment.database.writing() as session:
        take_over(session, {date(2027, 1, 1): (False, "元旦")}, source="试")
