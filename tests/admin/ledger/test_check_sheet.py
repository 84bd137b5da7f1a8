"""Own checks as a spreadsheet: errors by row and column, nothing entered twice."""

from __future__ import annotations

import io
import re
from html import unescape

from werkzeug.test import TestResponse

from admin.ledger.check_sheet import HEADINGS
from portal.foundation.spreadsheets import csv_file, workbook_of
from tests.admin.house import PLANNED, House

AT = "/staff/problems/own-check/sheet"


def row(**cells: str) -> list[str]:
    """A row of the sheet; what isn't named stays empty."""
    return [cells.get(column, "") for column in HEADINGS]


_MEASURE = {"measure": "逐户补发", **PLANNED}
GOOD = row(
    problem_type="1.2",
    policy="高龄津贴",
    fund_year="2021",
    what_is_wrong="12户晚发",
    amount="3,600元",
    persons="12人",
    rectify_by="2022/7/15",
    **_MEASURE,
)
PLAIN = row(
    unit="民意街道办事处", problem_type="1.5", what_is_wrong="没有贴名单", rectify_by="2022-07-01"
)
WRONG = row(
    unit="区民政局",
    problem_type="9.9",
    policy="没有的补贴",
    place="没有的街道",
    fund_year="二一",
    amount="很多",
    persons="几个",
    rectify_by="下月",
    person="何经办",
)
SHOWN = row(
    problem_type="1.2",
    fund_year="2021",
    what_is_wrong="12户的津贴晚发两个月",
    amount="3600",
    persons="12",
    rectify_by="2022-07-15",
    **_MEASURE,
)


def upload(house: House, *rows: list[str], name: str = "jie", unit: str = "ST05") -> TestResponse:
    """Send a spreadsheet of these rows."""
    content = csv_file([list(HEADINGS.values()), *rows])
    file = (io.BytesIO(content), "own-check.csv")
    return house.post(name, AT, found_by=unit, file=file)


def save(house: House, looked: TestResponse) -> TestResponse:
    """Enter what was looked at."""
    carried = re.search(r'name="table"[^>]*value="([^"]*)"', looked.text)
    assert carried is not None
    return house.post("jie", f"{AT}/save", found_by="ST05", table=unescape(carried[1]))


def test_a_sheet_is_looked_at_and_entered_once(house: House) -> None:
    house.get("jie", AT)
    looked = upload(house, GOOD, PLAIN)
    assert looked.status_code == 200, looked.text
    assert "先看一遍：2个问题" in looked.text
    assert "3,600.00元" in looked.text
    assert "共发现0个" in house.get("jie", "/staff/problems")
    assert save(house, looked).status_code == 303
    assert "共发现2个" in house.get("jie", "/staff/problems")
    # The department in charge of the allowance reads one of them, whoever it doesn't concern none.
    assert "共发现1个" in house.get("min", "/staff/problems")
    assert "共发现0个" in house.get("tui", "/staff/problems")
    again = save(house, upload(house, GOOD, PLAIN))
    assert again.status_code == 409
    assert "已经记过了" in again.text
    assert "共发现2个" in house.get("jie", "/staff/problems")


def test_everything_wrong_is_named_by_row_and_column(house: House) -> None:
    answer = upload(house, GOOD, WRONG)
    assert answer.status_code == 422
    for heading in list(HEADINGS.values())[:10]:
        assert f"第3行“{heading}”" in answer.text
    assert "第2行" not in answer.text
    assert "共发现0个" in house.get("jie", "/staff/problems")
    assert upload(house, GOOD, unit="MZ").status_code == 422
    assert house.browser("chen").get(AT).status_code == 404


def test_a_measure_has_its_person_and_its_day(house: House) -> None:
    """Each is asked for by row and column; neither stands without a measure."""
    said = {"problem_type": "1.5", "what_is_wrong": "没有贴名单", "rectify_by": "2022-07-01"}
    wrong = (
        row(**said, measure="补贴名单", due_on="2022-06-30"),
        row(**said, measure="补贴名单", person="何经办"),
        row(**said, person="何经办"),
    )
    answer = upload(house, GOOD, *wrong)
    assert answer.status_code == 422
    told = re.findall("第([0-9]+)行“([^”]+)”：", answer.text)
    assert told == [("3", "措施责任人"), ("4", "措施时限"), ("5", "整改措施")]


def test_the_template_is_a_sheet_that_is_taken(house: House) -> None:
    answer = house.browser("jie").get("/staff/problems/own-check/template.xlsx")
    assert answer.data == workbook_of(
        "自查发现的问题", dict.fromkeys(HEADINGS.values(), 18), [SHOWN]
    )
    file = (io.BytesIO(answer.data), "own-check.xlsx")
    assert house.post("jie", AT, found_by="ST05", file=file).status_code == 200
