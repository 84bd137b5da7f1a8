"""Whatever stands in the cells of a sheet, it is taken or its faults are said in Chinese."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from admin.distributions.list_reading import ReadList, read_list
from admin.office.calendar_sheet import WrongDays, read_days
from admin.orders.columns import COLUMNS
from admin.orders.sheet_reading import read_lines
from admin.sheets.uploaded import BadSheet
from intake.cases.case import Channel
from portal.campaign.book import book
from portal.campaign.place import PlaceKind
from portal.foundation.spreadsheets import csv_file
from tests.deployments import Deployment

CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What cells hold, nearly hold, and never should.
NUMBERS = ["2", "²", "①", "-1", "1e9", "9" * 40, "１２", "100.5", "1.2.3", "NaN", "Infinity"]
DAYS = ["2027-02-29", "0000-00-00", "2027年13月1日", "是", "yes"]
CELLS = st.sampled_from(["", "王小明", "合计", "\u202e", "x" * 200, *NUMBERS, *DAYS])
ROWS = st.lists(st.lists(CELLS, max_size=7), max_size=4)


def as_csv(head: list[str], rows: list[list[str]]) -> bytes:
    return csv_file([head, *rows])


def test_any_list_of_people(deployment: Deployment) -> None:
    with deployment.database.reading() as session:
        whole = book(session)
    street = next(one.code for one in whole.places.values() if one.kind is PlaceKind.STREET)
    head = ["姓名", "社区", "人数", "标准", "金额"]

    @settings(max_examples=100, deadline=None)
    @given(ROWS)
    def whatever(rows: list[list[str]]) -> None:
        try:
            assert isinstance(read_list(as_csv(head, rows), street, whole), ReadList)
        except BadSheet as bad:
            said = bad.problems
        else:
            return
        assert said
        assert all(CHINESE.search(one) for one in said)

    whatever()


@settings(max_examples=100, deadline=None)
@given(ROWS)
def test_any_calendar(rows: list[list[str]]) -> None:
    try:
        read_days(as_csv(["date", "working", "name"], rows))
    except WrongDays as wrong:
        said = [fault.sentence for fault in wrong.faults]
    else:
        return
    assert said
    assert all(CHINESE.search(one) for one in said)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_any_orders(rows: list[list[str]]) -> None:
    heads = [column.heading for column in COLUMNS.values()]
    try:
        read_lines(as_csv(heads, rows), Channel.HOTLINE)
    except BadSheet as bad:
        said = bad.problems
    else:
        return
    assert said
    assert all(CHINESE.search(one) for one in said)
