"""A calendar year as a spreadsheet: what is read, and that everything wrong is named."""

from __future__ import annotations

from datetime import date

import pytest

from admin.office.calendar_change import compare
from admin.office.calendar_sheet import WrongDays, read_days
from portal.foundation.workdays import WorkCalendar
from tests.admin.office.new_year import workbook

KNOWN = WorkCalendar({date(2026, 12, 31): (True, ""), date(2026, 10, 1): (False, "国庆节")})
OFF, ON = (False, "元旦"), (True, "调休上班")
BOTH = {date(2027, 1, 1): OFF, date(2027, 1, 9): ON}


@pytest.mark.parametrize(
    "content",
    [
        "date,working,name\n2027-01-01,no,元旦\n2027-01-09,yes,调休上班\n".encode(),
        "\ufeff日期,是否上班,名称\r\n2027/1/1,否,元旦\r\n2027年1月9日,是,调休上班\r\n".encode(),
        "名称,备注,日期,是否上班\n元旦,法定,2027.1.1,放假\n调休上班,,2027-1-9,上班\n".encode(
            "gb18030"
        ),
        workbook(
            ("日期", "是否上班", "名称"),
            (date(2027, 1, 1), "否", "元旦"),
            ("2027-01-09", "是", "调休上班"),
        ),
    ],
    # Each process makes its own workbook: by their bytes the two would have different names.
    ids=["csv", "chinese", "gb18030", "xlsx"],
)
def test_each_usual_way_of_writing_it_is_read(content: bytes) -> None:
    assert read_days(content) == BOTH


@pytest.mark.parametrize(
    ("row", "chinese", "english"),
    [
        ("1 Jan,no,元旦", "第3行“日期”：“1 Jan”不是日期", "“1 Jan” is not a date"),
        ("2027-02-30,no,元旦", "第3行“日期”：“2027-02-30”不是日期", "is not a date"),
        (",no,元旦", "第3行“日期”：没有写", "“” is not a date"),
        ("2027-01-04,maybe,a", "第3行“是否上班”：“maybe”要改成“是”或者“否”", "must be yes or no"),
        ("2027-01-04", "第3行“是否上班”：没有写", "“” must be yes or no"),
        ("2027-01-01,no,a", "第3行“日期”：2027-01-01写了两次", "2027-01-01 stands there twice"),
        (f"2027-01-04,no,{'元' * 41}", "第3行“名称”：太长了，最多40个字", "the name is longer"),
        ("0227-01-04,no,a", "第3行“日期”：0227-01-04太早", "is before 2018"),
    ],
)
def test_a_wrong_row_is_named(row: str, chinese: str, english: str) -> None:
    with pytest.raises(WrongDays) as caught:
        read_days(f"date,working,name\n2027-01-01,no,元旦\n{row}\n".encode())
    (fault,) = caught.value.faults
    assert chinese in fault.sentence
    assert (fault.line, english in fault.english) == (3, True)


@pytest.mark.parametrize(
    ("content", "chinese"),
    [
        (b"", "请选一个有内容的表格文件"),
        (b"PK nonsense", "读不出来"),
        (b"\xff\xfe\xff", "读不出来"),
        (b"x" * (1024 * 1024 + 1), "最大1MB"),
        (b"day,working,name\n", "第1行“日期”：缺少这一列"),
        (b"date,date,working,name\n", "第1行“日期”：有两列"),
        (b"date,working,name\n", "一天也没有写"),
        (workbook(("date", "working", "name"), ("=TODAY()", "no", "a")), "A2是公式"),
    ],
    ids=["empty", "cut", "binary", "large", "missing", "twice", "no-row", "formula"],
)
def test_what_is_no_such_sheet_is_refused(content: bytes, chinese: str) -> None:
    with pytest.raises(WrongDays) as caught:
        read_days(content)
    assert chinese in caught.value.faults[0].sentence


def test_all_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(WrongDays) as caught:
        read_days(b"date,working,name\nx,y,z\n2027-01-01,no,a\nx,no,a\n")
    assert [(one.line, one.column) for one in caught.value.faults] == [
        (2, "date"),
        (2, "working"),
        (4, "date"),
    ]


def test_a_year_makes_itself_known_to_its_end() -> None:
    change = compare(KNOWN, BOTH)
    assert change.after.known_to == date(2027, 12, 31)
    assert [one.day for one in change.added] == [date(2027, 1, 1), date(2027, 1, 9)]
    assert (change.changed, change.moves_from) == ([], date(2027, 1, 1))
    (year,) = change.years
    assert (year.year, year.working, year.off) == (2027, 261, 104)
    assert compare(change.after, BOTH).days == {}


def test_a_correction_of_a_known_day_makes_no_year_known() -> None:
    change = compare(KNOWN, {date(2026, 10, 1): (False, "国庆"), date(2026, 9, 3): (False, "")})
    assert [one.day for one in change.changed] == [date(2026, 10, 1)]
    assert (change.years, change.after.known_to) == ([], KNOWN.known_to)
    assert change.moves_from == date(2026, 9, 3)


def test_a_new_name_moves_nothing() -> None:
    assert compare(KNOWN, {date(2026, 10, 1): (False, "国庆")}).moves_from is None


@pytest.mark.parametrize(("years", "missing"), [([2028], 2027), ([2027, 2029], 2028)])
def test_no_year_may_be_left_out(years: list[int], missing: int) -> None:
    with pytest.raises(WrongDays) as caught:
        compare(KNOWN, {date(year, 5, 1): (False, "劳动节") for year in years})
    (fault,) = caught.value.faults
    assert f"{missing}年的放假安排还没有装入" in fault.sentence
    assert f"{missing} isn't known yet" in fault.english
    next_years = {date(year, 5, 1): (False, "劳动节") for year in (2027, 2028)}
    assert compare(KNOWN, next_years).after.known_to.year == 2028
