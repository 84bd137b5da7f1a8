"""Own checks as a spreadsheet: errors by row and column, nothing entered twice."""

from __future__ import annotations

import io
import re
from html import unescape

from werkzeug.test import TestResponse

from admin.ledger.check_sheet import HEADINGS
from portal.foundation.spreadsheets import csv_file, workbook_of
from tests.admin.house import House

AT = "/staff/problems/own-check/sheet"
GOOD = ["", "1.2", "高龄津贴", "", "2021", "12户晚发", "3,600元", "12人", "2022/7/15", "补发", "何经办", "2022-06-30"]
PLAIN = ["民意街道办事处", "1.5", "", "", "", "没有贴名单", "", "", "2022-07-01", "", "", ""]
WRONG = ["区民政局", "9.9", "没有的补贴", "没有的街道", "二一", "", "很多", "几个", "下月", "", "何经办", ""]
SHOWN = ["", "1.2", "", "", "2021", "12户的津贴晚发两个月", "3600", "12", "2022-07-15", "逐户补发", "", "2022-06-30"]


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


def test_the_template_is_a_sheet_that_is_taken(house: House) -> None:
    answer = house.browser("jie").get("/staff/problems/own-check/template.xlsx")
    assert answer.data == workbook_of(
        "自查发现的问题", dict.fromkeys(HEADINGS.values(), 18), [SHOWN]
    )
    file = (io.BytesIO(answer.data), "own-check.xlsx")
    assert house.post("jie", AT, found_by="ST05", file=file).status_code == 200
