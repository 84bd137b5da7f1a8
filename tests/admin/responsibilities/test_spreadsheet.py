"""The table as a spreadsheet: out and in again, whole or not at all."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from werkzeug.formparser import default_stream_factory

from tests.admin.responsibilities.office import BASIS, LIST, NEW, Office
from tests.deployments import CAMPAIGNS
from tests.written import files_opened_to_write

HEAD = "policy,problem,place,kind,actor,unit,basis,valid_from,valid_to"
TODAY = date(2022, 6, 6)


def cells_of(content: bytes) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [list(line) for line in sheet.iter_rows(values_only=True)]


def workbook(lines: list[list[Any]]) -> bytes:
    made = Workbook()
    for line in lines:
        made.worksheets[0].append(line)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def csv_lines(office: Office) -> list[str]:
    return office.export("csv").decode("utf-8-sig").splitlines()


def as_file(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_was_exported_changes_nothing(office: Office, kind: str) -> None:
    office.save(
        "/new", policy="MZ11", problem="1.2", unit="TY", basis="=1+1", valid_from="2022-07-01"
    )
    office.save(f"/{office.row_id('MZ01')}/end", valid_to="2022-06-30")
    shown = office.upload(office.export(kind), f"a.{kind}")
    assert shown.status_code == 200
    assert "加0行，停用0行，54行不变" in shown.text
    assert "按表格改" not in shown.text


def test_a_csv_is_the_campaign_s_own_file(office: Office) -> None:
    kept = (CAMPAIGNS / "jianghan-2022" / "responsibilities.csv").read_text().splitlines()
    assert sorted(csv_lines(office)) == sorted(kept)


def test_the_workbook_has_names_beside_the_codes(office: Office) -> None:
    head, *lines = cells_of(office.export("xlsx"))
    assert head[:4] == ["补贴编号", "补贴", "问题编号", "问题"]
    line = next(one for one in lines if one[0] == "MZ11")
    assert line[1] == office.book.policies["MZ11"].name
    assert "区民政局" in line


def test_one_table_is_one_file_whenever_it_is_fetched(office: Office) -> None:
    first = office.export("xlsx")
    time.sleep(2.1)  # A packed file tells its times in steps of two seconds.
    assert office.export("xlsx") == first


def test_nothing_in_the_files_runs(office: Office) -> None:
    for number, basis in enumerate(("=HYPERLINK(1)", "+1", "-1", "@SUM(A1)")):
        typed = {"policy": f"MZ0{number + 1}", "problem": "1.2", "unit": "TY"}
        office.save("/new", **typed, basis=basis, valid_from="2022-06-06")
    book = load_workbook(io.BytesIO(office.export("xlsx")))
    types = {cell.data_type for line in book.worksheets[0].iter_rows() for cell in line}
    assert "f" not in types
    assert not any(",=" in line or ",@" in line or ",+" in line for line in csv_lines(office))


def test_a_sheet_is_taken_over_after_its_effect_was_seen(office: Office) -> None:
    case = office.house.case()
    head, *lines = cells_of(office.export("xlsx"))
    for line in lines:
        if line[0] == "MZ11":
            line[-1] = date(2022, 6, 6)
    lines.append(
        ["MZ11", "", None, None, None, None, "投诉", None, "TY", "", BASIS, "2022/6/7", None]
    )
    shown = office.upload(workbook([head, *lines]))
    assert shown.status_code == 200, shown.text
    assert "加1行，停用1行" in shown.text
    assert case in shown.text
    assert office.rows(problem=None)[0][3] is None

    answer = office.take_over(shown)

    assert answer.location.endswith(f"{LIST}?done=import")
    assert [(unit, first, last) for unit, _, first, last in office.rows(problem=None)] == [
        ("MZ", date(2022, 5, 31), TODAY),
        ("TY", date(2022, 6, 7), None),
    ]


def test_rows_left_out_end_with_yesterday(office: Office) -> None:
    lines = [line for line in csv_lines(office) if not line.startswith("MZ11")]
    shown = office.upload("\n".join(lines).encode("gb18030"), "a.csv")
    assert "加0行，停用1行" in shown.text
    assert office.take_over(shown).status_code == 303
    assert office.rows(problem=None)[0][3] == date(2022, 6, 5)


def test_every_wrong_row_is_named_and_nothing_is_saved(office: Office) -> None:
    before = csv_lines(office)
    wrong = [
        "MZ11,,,,,TY,依据,2022-06-06,",
        "NO1,,,,,TY,依据,2022-06-06,",
        "MZ11,1.2,,ticket,,TY,依据,2022-06-06,",
        "MZ11,1.2,,,,,依据,六月,",
        "MZ11,1.2,,,,TY,依据,2022-06-01,",
        "MZ11,1.3,,,,TY,,2022-06-06,2022-06-01",
        f"MZ11,1.4,,,,TY,{'据' * 401},2022-06-06,",
        before[1],
    ]
    answer = office.upload(as_file([*before, *wrong]), "a.csv")
    assert answer.status_code == 422
    first = len(before) + 1
    for line, what in (
        (first + 1, "没有编号为“NO1”的补贴"),
        (first + 2, "没有“ticket”"),
        (first + 3, "单位编号：不能空着"),
        (first + 3, "不是日期"),
        (first + 4, "以前的日子不能改"),
        (first + 5, "依据：不能空着"),
        (first + 6, "最多400个字"),
        (first + 7, "和第2行一样"),
    ):
        assert any(f"第{line}行" in one and what in one for one in answer.text.split("<li>")), what
    assert csv_lines(office) == before


def test_a_cell_held_twice_is_named(office: Office) -> None:
    before = csv_lines(office)
    answer = office.upload(as_file([*before, "MZ11,,,,,TY,依据,2022-06-06,"]), "a.csv")
    assert f"第{len(before) + 1}行，从哪天起：同一格那时候已经有一行：区民政局" in answer.text


def test_what_is_fixed_stays_fixed(office: Office) -> None:
    office.save(f"/{office.row_id()}/end", valid_to="2022-08-31")
    lines = csv_lines(office)
    at = next(i for i, line in enumerate(lines) if line.startswith("MZ11"))
    for changed, told in (
        (lines[at].replace("2022-08-31", ""), "已经定了"),
        (lines[at].replace("2022-08-31", "2022-07-31"), "已经定了"),
        (lines[at].replace("实施方案", "别的方案"), "依据不能改"),
    ):
        answer = office.upload(as_file([*lines[:at], changed, *lines[at + 1 :]]), "a.csv")
        assert (answer.status_code, told in answer.text) == (422, True), told
    left_out = office.upload(as_file([*lines[:at], *lines[at + 1 :]]), "a.csv")
    assert "表里没有的一行（区民政局" in left_out.text


def zip_bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "请选一个有内容的表格文件"),
        (b"x" * (1024 * 1024 + 5), "文件太大了"),
        (b"PK nothing", "读不出来"),
        (b"\x89PNG\r\n\x1a\n\0\0\xff", "读不出来"),
        (b"a\0b", "不是表格"),
        (b'"open', "引号没有成对"),
        (b"\n\n", "表格是空的"),
        (b"policy,unit\nMZ11,TY", "缺少“问题编号”这一列"),
        (f"{HEAD},secret\n".encode(), "不认识“secret”这一列"),
        (f"{HEAD},unit\n".encode(), "“单位编号”这一列有两个"),
        (f"{HEAD}\nMZ11,,,,,TY,=1+1,2022-06-06,".encode(), "G2是公式"),
        (f"{HEAD}\n".encode() + b",,,,,TY,x,2022-06-06,\n" * 5001, "最多5000行"),
        (zip_bomb(), "展开以后太大了"),
        (workbook([HEAD.split(","), ["MZ11", *[None] * 5, "=1+1"]]), "G2是公式"),
    ],
    # A workbook holds the moment it was made at: its bytes would name the test anew every time.
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_a_file_that_is_no_sheet_is_refused(office: Office, content: bytes, told: str) -> None:
    answer = office.upload(content)
    assert answer.status_code == 422
    assert told in answer.text


def test_a_row_of_a_huge_number_doesn_t_fill_the_memory(office: Office) -> None:
    made = Workbook()
    made.worksheets[0].append(HEAD.split(","))
    made.worksheets[0].cell(1_048_576, 1, "MZ11")
    file = io.BytesIO()
    made.save(file)
    assert office.upload(file.getvalue()).status_code == 422


def test_the_later_of_two_editors_looks_again(office: Office) -> None:
    lines = [line for line in csv_lines(office) if not line.startswith("MZ11")]
    shown = office.upload(as_file(lines), "a.csv")
    office.save("/new", "lu", **NEW)
    answer = office.take_over(shown)
    assert answer.status_code == 409
    assert "lu同志改的，2022年6月6日 12:00" in answer.text
    assert "加0行，停用2行" in answer.text
    assert office.rows(problem=None)[0][3] is None
    office.save(f"/{office.row_id('MZ01')}/end", "lu", valid_to="2022-06-30")
    answer = office.take_over(answer)
    assert answer.status_code == 409
    assert "已经定了：2022年5月31日到2022年6月30日" in answer.text


def test_what_is_carried_is_checked_again(office: Office) -> None:
    shown = office.upload(as_file([*csv_lines(office), "MZ11,1.2,,,,TY,依据,2022-06-06,"]), "a.csv")
    sent = office.main_form(shown.text)
    for table in ("", "nonsense", sent["table"].replace("TY", "NOBODY"), sent["table"] + "=1,"):
        answer = office.house.post("chen", f"{LIST}/import/save", **{**sent, "table": table})
        assert answer.status_code == 422
    assert office.rows() == []
    assert office.take_over(shown).status_code == 303


def test_an_upload_never_touches_the_disk(office: Office) -> None:
    large = b"x,\n" * 300_000
    with files_opened_to_write() as opened, default_stream_factory(None, None, None) as stream:
        stream.write(large)
    assert opened, "Werkzeug itself would spool so large a file"

    # Modules that the first upload imports may be compiled to the disk.
    office.upload(b"x", "a.csv")
    with files_opened_to_write() as opened:
        answer = office.upload(large)
    # Limits hold counts, and turns at writing nothing at all.
    assert [file for file in opened if not file.endswith(("/write.lock", "/limits.db"))] == []
    assert (answer.status_code, "最多5000行" in answer.text) == (422, True)


def test_other_views_let_files_go(office: Office) -> None:
    file = (io.BytesIO(b"x" * 100_000), "a.csv")
    answer = office.house.post("chen", f"{LIST}/new", file=file, policy="MZ11")
    assert answer.status_code == 422
