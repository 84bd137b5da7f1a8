"""The files for those who put what is published elsewhere: all that stands, and nothing that
doesn't."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.campaign.book import book
from portal.foundation.staff import Role
from portal.published.distributing import take_down
from portal.published.distribution import Distribution, TakenDown
from portal.published.figures_releasing import withdraw_month
from portal.published.releasing import withdraw_result
from tests.admin.appearances.listed import NAMES, TODAY, put_out_list
from tests.admin.appearances.test_appearances import ADDRESS, public, record
from tests.admin.house import House
from tests.deployments import Deployment
from tests.portal.pages.released import publish_months, release

MONTH = "/figures?month=2022-06"
EXPORT = "/staff/publishing/export.zip"


def exported(client: FlaskClient) -> dict[str, str]:
    """The texts in the file, by their names; of what is no text the name alone."""
    answer = client.get(EXPORT)
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert len(set(archive.namelist())) == len(archive.namelist())
        kept = {name: archive.read(name) for name in archive.namelist()}
    texts = {
        name: content.decode("utf-8-sig") if name.endswith((".html", ".csv", ".json")) else ""
        for name, content in kept.items()
    }
    for name, text in texts.items():
        assert text.count("<h1") == name.endswith(".html"), name
        assert not re.search("<script|<svg| style=", text), name
    return texts


def from_desk(house: House) -> dict[str, str]:
    return exported(house.browser("gong"))


def test_each_month_that_stands_is_a_page_and_data(house: House) -> None:
    with house.deployment.database.writing() as session:
        publish_months(session)
    texts = from_desk(house)
    assert {name for name in texts if name.startswith("数字公开/")} == {
        f"数字公开/2022-0{month}.{kind}" for month in (5, 6) for kind in ("html", "csv", "json")
    }
    page = texts["数字公开/2022-06.html"]
    shown = house.deployment.citizen().get(MONTH).text
    for told in ("2022年6月的数字", "少于5", "不公布", "至少93%", "件少的单位", "110"):
        assert told in page
        assert told.removesuffix("的数字") in shown
    rows = list(csv.DictReader(io.StringIO(texts["数字公开/2022-06.csv"])))
    given_away = house.deployment.citizen().get("/data/figures.csv").data.decode("utf-8-sig")
    every = list(csv.DictReader(io.StringIO(given_away)))
    assert rows == [one for one in every if one["month"] == "2022-06"]
    assert len(rows) == len(json.loads(texts["数字公开/2022-06.json"])["rows"]) > 10
    assert house.deployment.settings.public_url + MONTH in texts["目录.csv"]
    assert "2022-04" not in "".join(texts)
    assert "2022年4月" not in texts["目录.csv"]


def test_a_month_says_where_else_it_stands(house: House) -> None:
    with house.deployment.database.writing() as session:
        publish_months(session)
    assert f'value="{MONTH}"' in house.get("gong", ADDRESS)
    assert "month=2022-04" not in house.get("gong", ADDRESS)
    assert record(house, item=MONTH, outlet="长江日报第五版", link="") == 303
    assert record(house, item="/figures?month=2022-04", outlet="长江日报", link="") == 422
    assert record(house, item="/figures?month=2022-07", outlet="长江日报", link="") == 422
    typed = f"{house.deployment.settings.public_url}{MONTH}#units"
    assert record(house, item="", other=typed, outlet="楚天都市报", link="") == 303
    assert "楚天都市报" in public(house, MONTH)
    for other in ("/figures?month=2022-05", "/results", "/policies"):
        assert "楚天都市报" not in public(house, other)
    for path in (MONTH, "/figures"):
        assert "长江日报第五版" in public(house, path)
    assert "长江日报第五版" not in public(house, "/figures?month=2022-05")
    assert "2022年6月的数字" in house.get("lu", ADDRESS)
    assert "长江日报第五版，2022-06-03" in from_desk(house)["目录.csv"]
    with house.deployment.database.writing() as session:
        withdraw_month(session, TODAY.replace(day=1), revision=1, note="数错了。")
    assert "长江日报第五版" not in public(house, MONTH)
    assert "长江日报第五版" not in public(house, "/figures")
    left = house.get("lu", ADDRESS).partition("要去那边撤下的")[2].partition("记下一处")[0]
    assert "2022年6月的数字" in left
    texts = from_desk(house)
    assert not any("2022-06" in name for name in texts)
    assert "长江日报第五版" not in texts["目录.csv"]


def put_out_lists(session: Session) -> None:
    """Two that stand, one of few people, and one of each sort that nobody may read."""
    day = timedelta(days=1)
    put_out_list(session, "F000001")
    put_out_list(session, "F000002", rows=False)
    put_out_list(session, "F000003", rows=False, people=None, amount=None)
    # Since it was released, its policy has become one of which nobody is named.
    put_out_list(session, "F000004", policy_code="MZ10")
    put_out_list(session, "F000005", shown_from=TODAY + day, shown_until=TODAY + day)
    put_out_list(session, "F000006", shown_from=TODAY - day, shown_until=TODAY - day)
    put_out_list(session, "F000007")
    gone = session.get_one(Distribution, "F000007")
    take_down(session, gone, on=TODAY, because=TakenDown.MISTAKE)


def test_lists_are_there_while_they_stand_as_their_pages_show_them(house: House) -> None:
    with house.deployment.database.writing() as session:
        put_out_lists(session)
    texts = from_desk(house)
    assert {name for name in texts if name.startswith("分配结果公示/")} == {
        "分配结果公示/F000001.csv",
        *(f"分配结果公示/F00000{number}.html" for number in (1, 2, 3, 4)),
    }
    page, shown = texts["分配结果公示/F000001.html"], public(house, "/distributions/F000001")
    lines = re.findall(r'<th scope="row">.*?</tr>', page, re.DOTALL)
    assert len(lines) == len(NAMES)
    assert lines[:50] == re.findall(r'<th scope="row">.*?</tr>', shown, re.DOTALL)
    rows = list(csv.reader(io.StringIO(texts["分配结果公示/F000001.csv"])))
    assert rows[0] == ["姓名", "金额（元）", "标准"]
    assert rows[1:] == [
        [name, "100.00", f"F000001-{at}号"] for at, name in enumerate(NAMES, start=1)
    ]
    for number, told in ((2, "60人，6,000.50元"), (3, "人太少，不公布人数和金额"), (4, "60人")):
        sums = texts[f"分配结果公示/F00000{number}.html"]
        assert told in sums
        assert "王*" not in sums
    for number in (5, 6, 7):
        assert f"F00000{number}" not in "".join([*texts, *texts.values()])


def test_of_a_list_that_was_taken_down_its_number_alone_is_kept(house: House) -> None:
    with house.deployment.database.writing() as session:
        put_out_lists(session)
    assert record(house, item="/distributions/F000001", outlet="长江日报第五版") == 303
    for number in (5, 6, 7):
        assert record(house, item=f"/distributions/F00000{number}") == 422
        assert f"F00000{number}" not in house.get("gong", ADDRESS)
    assert "长江日报第五版" in public(house, "/distributions/F000001")
    assert "长江日报第五版" not in public(house, "/distributions/F000002")
    assert "长江日报第五版，2022-06-03" in from_desk(house)["目录.csv"]
    with house.deployment.database.writing() as session:
        for number in (1, 2, 3, 4):
            one = session.get_one(Distribution, f"F00000{number}")
            take_down(session, one, on=TODAY, because=TakenDown.PERIOD_OVER)
    desk = house.get("lu", ADDRESS)
    assert "公示名单F000001" in desk
    assert "高龄津贴" not in desk
    assert "长江日报第五版" not in public(house, "/distributions/F000001")
    texts = from_desk(house)
    assert "F00000" not in "".join([*texts, *texts.values()])
    assert "长江日报第五版" not in texts["目录.csv"]


def test_each_result_and_each_policy_is_a_page_of_its_own(house: House) -> None:
    house, site = house, house.deployment.settings.public_url
    with house.deployment.database.writing() as session:
        release(session, "JHW000001", summary="津贴漏发<三个月", progress="补到卡上了")
        withdrawn = release(session, "JHW000002", summary="写得太多了", policy_code=None)
        withdraw_result(session, withdrawn, "写得太多")
    texts = from_desk(house)
    assert {one for one in texts if one.startswith("整改结果/")} == {"整改结果/JHW000001.html"}
    page = texts["整改结果/JHW000001.html"]
    assert "<h1>津贴漏发&lt;三个月</h1>" in page
    for told in ("2022年7月1日公布", "正在改。补到卡上了", f"原文：{site}/results/JHW000001"):
        assert told in page
    assert "来源：" in page
    policies = {one for one in texts if one.startswith("补贴政策/")}
    assert len(policies) > 20
    policy = texts["补贴政策/MZ11.html"]
    for told in ("<h1>高龄津贴", "来源：", "公布", f"原文：{site}/policies/MZ11"):
        assert told in policy
    for told in ("/results/JHW000001,", "/policies/MZ11,"):
        assert site + told in texts["目录.csv"]
    assert "JHW000002" not in "".join([*texts, *texts.values()])
    assert record(house, item="", other=f"{site}/results/JHW000001") == 303
    assert record(house, item="", other=f"{site}/results/JHW000002") == 422


def test_either_campaign_is_exported(each_campaign: Deployment) -> None:
    with each_campaign.database.writing() as session:
        publish_months(session)
        found = release(session, "WT-0001")
        code, number = found.policy_code, found.number
    each_campaign.add_staff("gong", (office_of(each_campaign), Role.PUBLISHER))
    client = each_campaign.officer("gong")
    texts = exported(client)
    assert {f"补贴政策/{code}.html", f"整改结果/{number}.html", "数字公开/2022-06.csv"} <= set(
        texts
    )
    assert client.get(EXPORT).data == client.get(EXPORT).data
    listed = list(csv.reader(io.StringIO(texts["目录.csv"])))[1:]
    assert {line[0] for line in listed} == {name for name in texts if name.endswith(".html")}


def office_of(deployment: Deployment) -> str:
    with deployment.database.reading() as session:
        return book(session).campaign.office_code


@pytest.mark.parametrize("name", ["min", "bie", "ji", "shen"])
def test_whoever_isn_t_at_the_desk_gets_nothing(house: House, name: str) -> None:
    with house.deployment.database.writing() as session:
        put_out_lists(session)
    assert house.browser(name).get(EXPORT).status_code == 404
    assert record(house, name, item="/distributions/F000001") == 404
