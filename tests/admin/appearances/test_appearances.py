"""Where else what is published stands, and the files for those who put it there."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.admin.house import House
from tests.admin.notices.writing import TEXTS, published

ADDRESS = "/staff/publishing/appearances"


def record(house: House, by: str = "gong", **typed: Any) -> int:
    fields = {
        "item": "/notices/work-plan",
        "other": "",
        "outlet": "区政府门户网站专栏",
        "link": "https://www.example.cn/zl/1.html",
        "on": "2022-06-03",
        **typed,
    }
    return house.post(by, ADDRESS, **fields).status_code


def public(house: House, path: str) -> str:
    return house.deployment.citizen().get(path).text


def test_the_page_says_where_else_it_stands(house_on_each: House) -> None:
    house = house_on_each
    assert "还登在哪里" not in public(house, "/notices/work-plan")
    assert record(house) == 303
    shown = public(house, "/notices/work-plan")
    assert "区政府门户网站专栏" in shown
    assert "2022年6月3日" in shown
    assert 'href="https://www.example.cn/zl/1.html"' in shown
    assert "区政府门户网站专栏" not in public(house, "/notices/hotline")
    assert record(house, item="/results", outlet="长江日报第五版", link="") == 303
    assert "长江日报第五版" in public(house, "/results")
    listed = house.get("lu", ADDRESS)
    assert "长江日报第五版" in listed
    wrong = re.search(r"appearances/(\d+)/remove", listed)
    assert wrong is not None
    assert house.post("lu", f"{ADDRESS}/{wrong.group(1)}/remove").status_code == 303
    assert house.post("lu", f"{ADDRESS}/{wrong.group(1)}/remove").status_code == 404
    assert "长江日报第五版" not in public(house, "/results")


@pytest.mark.parametrize("path", ["/policies", "/policies/MZ11", "/responsibilities", "/hotlines"])
def test_every_page_of_the_campaign_says_it(house: House, path: str) -> None:
    assert record(house, item=path, outlet="长江日报第五版", link="") == 303
    assert "长江日报第五版" in public(house, path)
    assert "长江日报第五版" not in public(house, "/results")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"item": "", "other": "/report"}, "本站没有公布这一项"),
        ({"item": "/notices/none"}, "本站没有公布这一项"),
        ({"item": "", "other": "/figures?month=2022-13"}, "本站没有公布这一项"),
        ({"item": "", "other": "http://["}, "本站没有公布这一项"),
        ({"item": "", "other": "/figures?month=2022-06&page=2"}, "后面的要去掉"),
        ({"item": "", "other": "/figures?month="}, "后面的要去掉"),
        ({"item": "", "other": "/results?month=2022-06"}, "后面的要去掉"),
        ({"link": "http://["}, "网址要从http://或https://写起"),
        ({"outlet": " "}, "请写登在哪里"),
        ({"link": "ftp://www.example.cn/1"}, "网址要从http://或https://写起"),
        ({"on": "2022-06-07"}, "这一天还没到"),
        ({"on": ""}, "请选日期"),
    ],
)
def test_what_can_t_be_recorded_is_given_back(house: House, typed: Any, why: str) -> None:
    fields = {"item": "/results", "other": "", "outlet": "长江日报", "link": "", "on": "2022-06-03"}
    answer = house.post("gong", ADDRESS, **{**fields, **typed})
    assert answer.status_code == 422
    assert why in answer.text
    assert "还登在哪里" not in public(house, "/results")


def test_an_address_of_this_site_names_what_is_meant(house: House) -> None:
    path = published(house)
    site = house.deployment.settings.public_url
    assert record(house, item="", other=f"{site}{path}", outlet="长江日报") == 303
    assert "长江日报" in public(house, path)
    away = {"title": "通知", "reason": "要改"}
    assert house.post("lu", f"/staff/publishing{path}/withdraw", **away).status_code == 303
    assert "要去那边撤下的" in house.get("lu", ADDRESS)


def test_everything_that_stands_is_in_one_file(house_on_each: House) -> None:
    house = house_on_each
    path, gone = published(house), published(house, title="错的通知")
    away = {"title": "错的通知", "reason": "要改"}
    assert house.post("lu", f"/staff/publishing{gone}/withdraw", **away).status_code == 303
    assert record(house, item=path) == 303
    packed = house.browser("gong").get("/staff/publishing/export.zip")
    assert packed.status_code == 200
    assert house.browser("chen").get("/staff/publishing/export.zip").data == packed.data
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        names = set(archive.namelist())
        slug = path.rpartition("/")[2]
        page = archive.read(f"通知公告/{slug}.html").decode()
        listed = archive.read("目录.csv").decode("utf-8-sig")
        policies = load_workbook(io.BytesIO(archive.read("补贴政策.xlsx")))
        table = archive.read("补贴政策.html").decode()
    assert TEXTS["title"] in page
    assert "<strong>不用</strong>" in page
    assert "区政府门户网站专栏，2022-06-03" in listed
    assert house.deployment.settings.public_url + path in listed
    assert gone.rpartition("/")[2] not in listed
    assert not any(gone.rpartition("/")[2] in name for name in names)
    assert {"整改结果.html", "整改结果.xlsx", "谁主管.xlsx"} <= names
    sheet = policies.active
    assert sheet is not None
    assert table.count("<tr>") == sheet.max_row


@pytest.mark.parametrize("name", ["min", "jie", "bie", "ji", "shen"])
def test_for_others_there_is_no_such_desk(house: House, name: str) -> None:
    assert record(house, name) == 404
    for address in (ADDRESS, "/staff/publishing/export.zip"):
        assert house.browser(name).get(address).status_code == 404
    assert house.post(name, f"{ADDRESS}/1/remove").status_code == 404
