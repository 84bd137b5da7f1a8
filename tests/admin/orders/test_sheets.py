"""Orders by the spreadsheet: every wrong row is said, nothing is registered before it was
confirmed, and then everything once."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from admin.orders.order_sheet import OrderSheet
from admin.orders.taking_over import go_on_with_all
from intake.cases.case import Identity
from intake.cases.event import Event
from portal.campaign.kinds import Kind
from tests.admin.desk.people import NOISE, Desks
from tests.admin.orders.clerk import (
    AUDIT,
    DAY,
    HEAD,
    NUMBER,
    SAID,
    case_of,
    confirm,
    entered,
    export,
    exported,
    how_many,
    line,
    listed,
    looked_at,
    read,
    sound,
    statements,
    upload,
    workbook,
)
from tests.intake.pages.journey import opened


def kept(desks: Desks) -> OrderSheet:
    with desks.deployment.database.reading() as session:
        return session.scalars(select(OrderSheet).order_by(OrderSheet.id.desc())).first()  # type: ignore[return-value]


def test_a_sheet_is_looked_at_confirmed_and_registered_once(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on(DAY):
        desks.case(NOISE)
        sheet = workbook(
            line("A-1"),
            line(
                "A-2", 补贴="", 内容="灵活就业的社保补贴没有到账", 类别="咨询", 答复期限="2022/6/24"
            ),
            line("A-3", 姓名="万秋月", 电话="13907123456", 类别="举报"),
        )
        address, page = looked_at(desks, sheet)
        assert how_many(desks) == 1
        assert "区民政局" in page.text
        assert "先有人看，再交给有权办的单位" in page.text
        assert confirm(desks, address).location == address
        assert "登记了 3件" in read(desks, "office", address).text
        assert listed(desks) == [case_of(desks, n).number for n in ("A-2", *sorted_numbers(desks))]
        case = case_of(desks, "A-3")
        assert (case.kind, case.identity) == (Kind.TIP_OFF, Identity.REAL_NAME)

        assert confirm_again(desks, address) == 303
        second, page = looked_at(desks, sheet)
        assert page.text.count("已经登记过，不再登记") == 3
        confirm(desks, second)
        assert "以前登记过的 3件" in read(desks, "office", second).text
    assert how_many(desks) == 4
    assert kept(desks).sealed == b""


def sorted_numbers(desks: Desks) -> list[str]:
    """Of two that are due on one day, in the order of their cases' numbers."""
    return sorted(("A-1", "A-3"), key=lambda one: case_of(desks, one).number)


def confirm_again(desks: Desks, address: str) -> int:
    token = read(desks, "office", "/staff/orders/sheets").fields["csrf_token"]
    return desks.at("office").post(f"{address}/confirm", data={"csrf_token": token}).status_code


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"编号": ""}, "编号", "请写对方的编号"),
    ({"交办日期": ""}, "交办日期", "请写对方交办的日子"),
    ({"交办日期": "6月20"}, "交办日期", "不是日期"),
    ({"交办日期": "2022-06-21"}, "交办日期", "不能在今天以后"),
    ({"答复期限": ""}, "答复期限", "都有答复的期限"),
    ({"答复期限": "2022-13-01"}, "答复期限", "不是日期"),
    ({"答复期限": "2022-06-01"}, "答复期限", "不能早于交办"),
    ({"类别": "工单"}, "类别", "认不出“工单”"),
    ({"内容": ""}, "内容", "内容是空的"),
    ({"内容": "长" * 20_001}, "内容", "最多20000个字"),
    ({"补贴": "没有这项"}, "补贴", "认不出“没有这项”"),
    ({"电话": "12"}, "电话", "手机号是11位"),
    ({"编号": "A-1"}, "编号", "和第2行是同一个编号"),
]


@pytest.mark.parametrize(
    ("changed", "column", "said"), WRONG, ids=[f"{c}{n}" for n, (_, c, _s) in enumerate(WRONG)]
)
def test_each_wrong_row_is_said_with_its_row_and_column(
    desks: Desks, changed: dict[str, Any], column: str, said: str
) -> None:
    with desks.on(DAY):
        number = changed.pop("编号", "A-2")
        address, page = looked_at(desks, workbook(line("A-1"), line(number, **changed)))
        assert "有1行要改" in page.text
        assert f"“{column}”：" in page.text
        assert said in page.text
        row = re.search(r'<tr class="urgent">\s*<th scope="row">\s*第(\d+)行', page.html)
        assert row is not None
        assert row[1] == "3"
        assert "/confirm" not in page.html
        forced = desks.at("office").post(
            f"{address}/confirm", data={"csrf_token": page.fields["csrf_token"]}
        )
        assert forced.status_code == 409
    assert how_many(desks) == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "请选一个有内容的表格文件"),
        (b"PK broken", "读不出来"),
        (workbook(head=[one for one in HEAD if one != "内容"]), "缺少“内容”"),
        (workbook(line(), head=[*HEAD[:-1], "身份证号"]), "不认识“身份证号”"),
        (workbook(), "一行也没有"),
        (workbook(line("=cmd|' /C calc'!A0")), "A2是公式"),
        ("编号,交办日期,内容\n=1+1,2022-06-20,x".encode(), "A2是公式"),
        (workbook(*(line(f"A-{n}") for n in range(2001))), "最多2000行"),
    ],
    ids=["empty", "broken", "lacks", "unknown", "no-row", "formula", "csv-formula", "too-many"],
)
def test_a_file_that_can_t_be_taken_says_why(desks: Desks, content: bytes, said: str) -> None:
    with desks.on(DAY):
        answer = upload(desks, content)
        assert answer.status_code == 422
        assert said in sound(opened(answer)).text
    with desks.deployment.database.reading() as session:
        assert session.scalars(select(OrderSheet)).all() == []


def test_what_looks_like_a_formula_comes_out_as_text(desks: Desks) -> None:
    with desks.on(DAY):
        entered(desks, number="=cmd|' /C calc'!A0", words="@SUM(A1) 高龄津贴没发")
        answer = export(desks, "office")
        cells = [c for row in load_workbook(io.BytesIO(answer.data)).worksheets[0] for c in row]
        assert "f" not in {cell.data_type for cell in cells}
        assert exported(desks)[0][0] == "=cmd|' /C calc'!A0"
    # Each time that the file went out there is an event before it, of nobody's case.
    with desks.deployment.database.reading() as session:
        wanted = select(Event).where(Event.name == "order_answers_exported")
        taken = [(one.case_id, one.facts) for one in session.scalars(wanted)]
    assert taken == [(None, {"count": 1})] * 2


def test_an_upload_is_its_uploader_s_own_and_lies_sealed(desks: Desks) -> None:
    with desks.on(DAY):
        address, _ = looked_at(desks, workbook(line(电话="13907123456")))
        assert desks.get("office-head", address).status_code == 404
        assert b"13907123456" not in kept(desks).sealed
        assert SAID.encode() not in kept(desks).sealed
        token = read(desks, "office", address).fields["csrf_token"]
        gone = desks.at("office").post(f"{address}/drop", data={"csrf_token": token})
        assert gone.status_code == 303
        assert desks.get("office", address).status_code == 404
    assert how_many(desks) == 0


def test_what_nobody_confirms_is_forgotten_after_a_day(desks: Desks) -> None:
    with desks.on(DAY):
        address, _ = looked_at(desks, workbook(line()))
    with desks.on("2022-06-22"):
        assert desks.deployment.run("worker", "--once").exit_code == 0
        assert desks.get("office", address).status_code == 404


def test_the_worker_goes_on_where_a_request_was_cut_off(desks_on_each: Desks) -> None:
    desks = desks_on_each
    database = desks.deployment.database
    with desks.on(DAY):
        looked_at(desks, workbook(*(line(f"A-{n}") for n in range(5))))
        with database.writing() as session:
            sheet = session.scalars(select(OrderSheet)).one()
            sheet.confirmed_at = sheet.uploaded_at
        assert go_on_with_all(database, most_seconds=0) == 1
        assert (kept(desks).done, how_many(desks)) == (0, 0)
        assert go_on_with_all(database, most_seconds=60) == 1
        assert go_on_with_all(database, most_seconds=60) == 0
    assert how_many(desks) == 5
    assert (kept(desks).registered, kept(desks).known) == (5, 0)


def test_what_somebody_enters_meanwhile_is_known(desks: Desks) -> None:
    with desks.on(DAY):
        address, _ = looked_at(desks, workbook(line("A-1"), line(NUMBER)))
        entered(desks)
        confirm(desks, address)
        assert "登记了 1件" in read(desks, "office", address).text
    assert how_many(desks) == 2


def test_a_page_of_rows_costs_the_same_however_many_there_are(desks: Desks) -> None:
    with desks.on(DAY):
        few, _ = looked_at(desks, workbook(*(line(f"A-{n}") for n in range(2))))
        many, _ = looked_at(desks, workbook(*(line(f"B-{n}") for n in range(60))))
        read(desks, "office", few)
        assert statements(desks, "office", many) == statements(desks, "office", few)
        assert statements(desks, "office", many) <= 20


def test_the_template_has_the_columns_that_are_read(desks: Desks) -> None:
    with desks.on(DAY):
        for name, source, wanted in (("office", "press", "电话"), ("auditor", AUDIT, None)):
            answer = desks.get(name, f"/staff/orders/template.xlsx?source={source}")
            sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
            (heads,) = sheet.iter_rows(values_only=True)
            assert {"编号", "交办日期", "内容"} <= set(heads)
            assert ("电话" in heads) == (wanted is not None)
