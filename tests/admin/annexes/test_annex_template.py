"""The office's template of an annex: changed, refused where it is wrong, kept with its writers."""

from __future__ import annotations

from html import unescape

from admin.annexes.columns import COLUMNS, Annex
from tests.admin.annexes.sheets import sheet
from tests.admin.house import House

AT = "/staff/annexes/templates/problems"


def typed(*shown: str, **other: str) -> dict[str, str]:
    """The form with these columns in this order, everything else as it is offered."""
    sent = {"title": "江汉区问题情况汇总表", "foot": "填报人：", "seen": "0"}
    for one in COLUMNS[Annex.PROBLEMS].values():
        sent |= {f"heading-{one.key}": one.heading, f"width-{one.key}": str(one.width)}
        sent[f"order-{one.key}"] = ""
    for place, key in enumerate(shown, start=1):
        sent |= {f"show-{key}": "1", f"order-{key}": str(place * 10)}
    return {**sent, **other}


def test_the_offices_columns_are_those_of_the_sheet(house: House) -> None:
    number = house.problem(house.answered_case())
    house.get("chen", AT)
    sent = typed(
        "number", "position", "heard", **{"heading-number": "=编号", "width-number": "２０"}
    )
    assert house.post("chen", AT, **sent).status_code == 303
    found = sheet(house, "chen", "problems")
    assert found.head == ["=编号", "序号", "后续进展"]
    assert found.sheet["A3"].data_type == "s"
    assert found.sheet["A1"].value == "江汉区问题情况汇总表"
    assert found.sheet.column_dimensions["A"].width == 20
    assert [row["=编号"] for row in found.rows] == [number]
    assert sheet(house, "min", "problems").head == ["=编号", "序号"]
    assert "unit" not in sheet(house, "chen", "statistics").head
    page = house.get("lu", AT)
    assert "第1版" in page
    assert "chen同志" in page
    assert page.index('name="order-number" value="1"') < page.index('name="order-position"')
    late = house.post("lu", AT, **typed("unit", title="另一个标题"))
    assert late.status_code == 409
    assert "另一个标题" in late.text
    assert house.post("lu", AT, **typed("unit", "number", seen="1")).status_code == 303
    assert sheet(house, "chen", "problems").head == ["责任单位", "问题编号"]
    assert "填成系统自带的样子" in house.get("chen", f"{AT}?shipped=1")


def test_a_wrong_template_is_refused_and_what_was_typed_stays(house: House) -> None:
    wrong = {
        "标题要写": typed("number", title=""),
        "至少要选一栏": typed("heard"),
        "表头要写": typed("number", **{"heading-number": " "}),
        "宽度要写": typed("number", **{"width-number": "宽"}),
        "A3纸上字会太小": typed(*COLUMNS[Annex.PROBLEMS], **{"width-note": "80"}),
        "要写1以上的整数": typed("number", **{"order-number": "先"}),
        "都排第10，要分出先后": typed("number", "unit", **{"order-unit": "10"}),
    }
    for why, sent in wrong.items():
        answer = house.post("chen", AT, **{**sent, "heading-place": "哪个社区"})
        assert answer.status_code == 422, why
        assert why in unescape(answer.text)
        assert "哪个社区" in answer.text
    assert "还没有改过" in house.get("chen", AT)
    assert house.browser("min").get(AT).status_code == 404
    assert house.post("min", AT, **typed("number")).status_code == 404
