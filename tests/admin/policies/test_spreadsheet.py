"""The policy list as a spreadsheet: out and in again, differences shown, errors named."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.admin.policies.desk import LIST, Desk, key_of
from tests.deployments import CAMPAIGNS

HEAD = (
    "code,name,unit,eligibility,standard,payment,legal_basis,aliases,needs,discreet,in_scope,"
    "source_status,checked_on,sample,apply_at,materials,ended_on"
)
NEW = "MZ99,新的补贴,MZ,都能领,每月100元,打到一卡通,,,困难家庭,no,yes,part,,no,,,"


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def as_csv(lines: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    return text.getvalue().encode()


def workbook(lines: list[list[Any]]) -> bytes:
    made = Workbook()
    for line in lines:
        made.worksheets[0].append(line)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_was_exported_changes_nothing(desk_of_each_campaign: Desk, kind: str) -> None:
    desk = desk_of_each_campaign
    shown = desk.upload(desk.export(kind))
    assert shown.status_code == 200
    number = len(desk.book.policies)
    assert f"新加0项，改0项，{number}项不变，0项表里没有" in shown.text
    assert "存稿" not in shown.text
    assert desk.keep(shown).status_code == 422
    assert desk.events("policies_drafted") == []


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_open_data_is_taken_as_it_was_published(desk_of_each_campaign: Desk, kind: str) -> None:
    desk = desk_of_each_campaign
    published = desk.house.deployment.citizen().get(f"/data/policies.{kind}").data
    shown = desk.upload(published)
    assert shown.status_code == 200, shown.text
    assert f"新加0项，改0项，{len(desk.book.policies)}项不变" in shown.text


def test_a_csv_is_the_campaign_s_own_file(desk: Desk) -> None:
    kept = (CAMPAIGNS / "jianghan-2022" / "policies.csv").read_text().splitlines()
    ours = desk.export("csv").decode("utf-8-sig").splitlines()
    assert sorted(table(ours_as_bytes(ours))) == sorted(table(ours_as_bytes(kept)))


def ours_as_bytes(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


def test_differences_are_shown_field_by_field_and_drafted(desk: Desk) -> None:
    head, *lines = table(desk.export("csv"))
    at = next(line for line in lines if line[0] == "MZ11")
    before = at[head.index("standard")]
    at[head.index("standard")] = f"{before}80岁起每月100元。"
    shown = desk.upload(as_csv([head, at, NEW.split(",")]))
    assert "新加1项，改1项，0项不变，44项表里没有" in shown.text
    assert "<ins>80岁起每月100元。</ins>" in shown.text
    assert before in shown.text
    assert "新的补贴" in shown.text
    key = key_of(desk.keep(shown))
    assert desk.events("policies_drafted") == [{"draft": key, "policies": ["MZ11", "MZ99"]}]
    assert desk.release(key).status_code == 303
    assert desk.policy().standard.endswith("80岁起每月100元。")
    assert desk.policy("MZ99").name == "新的补贴"
    assert "MZ99" in desk.public("/policies")
    # What the file hadn't got stays.
    assert desk.policy("MZ01").name == "城市最低生活保障金"


def test_a_workbook_with_dates_and_chinese_words_is_read(desk: Desk) -> None:
    head, *lines = [
        list(line) for line in load_workbook(io.BytesIO(desk.export("xlsx"))).worksheets[0].values
    ]
    line = next(one for one in lines if one[0] == "MZ11")
    line[head.index("停止日期")] = "2022年12月31日"
    line[head.index("名称透露病残")] = "是"
    line[head.index("别的叫法")] = "敬老钱、老人津贴"
    assert desk.release(key_of(desk.keep(desk.upload(workbook([head, line]))))).status_code == 303
    policy = desk.policy()
    assert (str(policy.ended_on), policy.discreet) == ("2022-12-31", True)
    assert policy.aliases == ["敬老钱", "老人津贴"]


@pytest.mark.parametrize(
    ("line", "where", "what"),
    [
        (NEW.replace("MZ,都", "NO,都"), "第2行，主管单位编号", "没有编号为“NO”的单位"),
        (NEW.replace("MZ99,", "MZ 99,"), "第2行，编号", "编号只能用"),
        (NEW.replace("每月100元", "元" * 401), "第2行，标准", "最多400个字，现在有401个字"),
        (NEW.replace("都能领", ""), "第2行，谁能领", "不能空着"),
        (NEW.replace("新的补贴", "高龄津贴"), "第2行，名称", "已经有一项叫“高龄津贴”"),
        (NEW.replace("困难家庭", "困难户"), "第2行，为哪些人", "没有“困难户”这一类"),
        (NEW.replace(",no,yes,", ",maybe,yes,"), "第2行，名称透露病残", "要写“是”或者“否”"),
        (NEW.replace(",part,", ",sure,"), "第2行，核对程度", "没有“sure”"),
        (NEW.replace(",part,,", ",part,六月,"), "第2行，最近核对", "“六月”不是日期"),
        (NEW.replace(",part,,", ",part,2022-06-07,"), "第2行，最近核对", "还没有到这一天"),
        (f"{NEW}2022-02-30", "第2行，停止日期", "不是日期"),
        (f"{NEW}\n{NEW}", "第3行，编号", "“MZ99”和第2行一样"),
        (NEW.replace("都能领", "=1+1"), "D2是公式", ""),
        (f"{NEW},多的", "第2行比表头多出几格", ""),
    ],
)
def test_each_refusal_names_row_and_column(desk: Desk, line: str, where: str, what: str) -> None:
    answer = desk.upload(f"{HEAD}\n{line}".encode())
    assert answer.status_code == 422
    problems = [one for one in answer.text.split("<li>") if where in one]
    assert problems, answer.text
    assert what in problems[0]
    assert "MZ99" not in desk.book.policies


def test_every_error_is_told_at_once(desk: Desk) -> None:
    wrong = [NEW.replace("MZ,都", "NO,都"), NEW.replace("MZ99", "MZ98").replace("都能领", "")]
    answer = desk.upload("\n".join([HEAD, *wrong]).encode())
    assert "第2行，主管单位编号" in answer.text
    assert "第3行，谁能领" in answer.text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f"{HEAD},secret\n{NEW},x", "不认识“secret”这一列"),
        ("name,unit\n高龄津贴,MZ", "缺少“编号”这一列"),
        (f"{HEAD},code\n{NEW},x", "“编号”这一列有两个"),
        (f"{HEAD}\n", "表头下面一行也没有"),
        ("code,name\nMZ99,新的", "第2行，“MZ99”是新加的，表里还要有这几列：主管单位编号、谁能领"),
        ("code,name,unit,unit_name\nMZ11,高龄津贴,TY,区民政局", "对不上"),
    ],
)
def test_a_sheet_with_other_columns_is_refused(desk: Desk, content: str, told: str) -> None:
    answer = desk.upload(content.encode())
    assert (answer.status_code, told in answer.text) == (422, True), answer.text


def test_why_and_since_when_are_needed(desk: Desk) -> None:
    shown = desk.upload(f"{HEAD}\n{NEW}".encode())
    for why, told in (
        ({"note": " "}, "请写什么变了"),
        ({"note": "长" * 201}, "最多200个字"),
        ({"holds_from": ""}, "请写从哪天起"),
        ({"holds_from": "2062-01-01"}, "日子太远了"),
    ):
        answer = desk.keep(shown, **why)
        assert (answer.status_code, told in answer.text) == (422, True), told
        assert "新的补贴" in answer.text
    assert desk.keep(shown).status_code == 303


def test_what_is_carried_is_checked_again(desk: Desk) -> None:
    shown = desk.upload(f"{HEAD}\n{NEW}".encode())
    for text in ("", "nonsense", f",{HEAD}\n2,{NEW.replace('MZ,都', 'NO,都')}"):
        assert desk.keep(shown, table=text).status_code == 422
    assert desk.events("policies_drafted") == []


def test_another_sheet_takes_the_place_of_a_draft(desk: Desk) -> None:
    key = key_of(desk.keep(desk.upload(f"{HEAD}\n{NEW}".encode())))
    other = NEW.replace("每月100元", "每月120元")
    shown = desk.upload(f"{HEAD}\n{other}".encode(), f"?draft={key}")
    assert key_of(desk.keep(shown, f"?draft={key}")) == key
    assert desk.keep(shown, f"?draft={key}").status_code == 409
    assert "每月120元" in desk.get(f"/drafts/{key}")
    assert desk.house.get("gong", f"{LIST}/import?draft=nothing", 404)
