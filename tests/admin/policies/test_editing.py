"""One policy by the form: what is refused, what two writers meet, a new policy, one that ends."""

from __future__ import annotations

import pytest

from tests.admin.policies.desk import WHY, Desk, typed_form

NEW = {
    "code": "MZ99",
    "name": "新的补贴",
    "unit_code": "MZ",
    "eligibility": "都能领",
    "standard": "每月100元",
    "payment": "打到一卡通",
    "needs": "困难家庭",
}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"standard": ""}, "不能空着"),
        ({"standard": "元" * 401}, "最多400个字"),
        ({"name": "城市最低生活保障金"}, "已经有一项叫"),
        ({"unit_code": "NO"}, "没有编号为“NO”的单位"),
        ({"unit_code": ""}, "不能空着"),
        ({"ended_on": "明年"}, "不是日期"),
        ({"needs": "困难户"}, "没有“困难户”这一类"),
        ({"discreet": "maybe"}, "要写“是”或者“否”"),
        ({"standard": "新的", "note": ""}, "请写什么变了"),
        ({"standard": "新的", "holds_from": ""}, "请写从哪天起"),
        ({}, "没有要改的"),
    ],
)
def test_what_is_refused_comes_back_filled(desk: Desk, typed: dict[str, str], told: str) -> None:
    answer = desk.edit("MZ11", **{"materials": "身份证"} if typed else {}, **typed)
    assert (answer.status_code, told in answer.text) == (422, True), answer.text
    assert ("身份证" in answer.text) == bool(typed)
    assert desk.events("policies_drafted") == []


def test_a_new_policy_is_added(desk: Desk) -> None:
    assert "没有这一项" not in desk.get("/new")
    for code in ("MZ11", "", "新", "A/B", "X" * 21):
        answer = desk.edit("new", **{**NEW, "code": code})
        assert answer.status_code == 422, code
        assert "每月100元" in answer.text
    key = desk.drafted("new", **NEW)
    assert "到那里也改" in desk.get(f"/drafts/{key}", "shi")
    assert desk.house.deployment.citizen().get("/policies/MZ99").status_code == 404
    again = desk.drafted("MZ99", f"?draft={key}", standard="每月120元")
    assert again == key
    assert desk.release(key).status_code == 303
    assert "每月120元" in desk.public("/policies/MZ99")
    assert desk.policy("MZ99").discreet
    assert "新的补贴" in desk.public("/report/complaint")
    assert "新的补贴政策：新的补贴" in desk.public("/feed.xml")


def test_two_policies_may_swap_their_names(desk_on_each_database: Desk) -> None:
    desk = desk_on_each_database
    first, second = desk.policy("MZ01").name, desk.policy("MZ02").name
    lines = ["code,name", f"MZ01,{second}", f"MZ02,{first}"]
    answer = desk.keep(desk.upload("\n".join(lines).encode()))
    key = answer.location.split("/drafts/")[1].split("?")[0]
    assert desk.release(key).status_code == 303
    assert (desk.policy("MZ01").name, desk.policy("MZ02").name) == (second, first)


def test_the_later_of_two_writers_gets_his_words_back(desk: Desk) -> None:
    mine = typed_form(desk.get("/MZ11/edit"))
    desk.released(payment="每月10日前打到一卡通")
    sent = {**mine, **WHY, "standard": "每月90元。"}
    answer = desk.post("/MZ11/edit", **sent)
    assert answer.status_code == 409
    assert "每月90元。" in answer.text
    again = {**typed_form(answer.text), **WHY}
    assert desk.post("/MZ11/edit", **again).status_code == 303


def test_a_policy_that_ended_stays_to_be_found_and_reported(desk: Desk) -> None:
    desk.released(ended_on="2022-05-31")
    page = desk.public("/policies/MZ11")
    assert "已停止" in page
    assert "2022年5月31日以后不再发" in page
    assert "/report/complaint?policy=MZ11" in page
    listed = desk.public("/policies?q=高龄津贴")
    assert "已停止" in listed
    assert "高龄津贴" in desk.public("/report/complaint")
    assert 'href="/policies/MZ11?year=2021"' in desk.public("/policies?year=2021")
    desk.released(ended_on="2021-06-30", note="写错了年份。")
    assert "MZ11" not in desk.public("/policies?year=2022&q=高龄")
    assert "MZ11" in desk.public("/policies?year=2021&q=高龄")


def test_where_to_go_and_what_to_bring_are_told(desk: Desk) -> None:
    desk.released(apply_at="到户口所在的社区办。", materials="身份证、户口簿。")
    page = desk.public("/policies/MZ11")
    assert "到户口所在的社区办。" in page
    assert "身份证、户口簿。" in page
    assert "MZ11" in desk.public("/policies?q=户口簿")
    assert "到户口所在的社区办。" in desk.public("/data/policies.json")


def test_checked_and_unchanged_is_one_person_s_word(desk_on_each_database: Desk) -> None:
    desk = desk_on_each_database
    assert "2022年6月6日" not in desk.public("/policies/MZ11").split("最近核对")[1][:40]
    form = {"seen": seen_on(desk.get())}
    assert desk.post("/checked", **form).status_code == 422
    revision = desk.revision
    answer = desk.post("/checked", **form, policy=["MZ11", "MZ12"])
    assert answer.status_code == 303
    assert desk.revision == revision + 1
    assert str(desk.policy().checked_on) == "2022-06-06"
    assert "最近核对：2022年6月6日" in desk.public("/policies/MZ11")
    assert desk.events("policies_checked") == [{"policies": ["MZ11", "MZ12"]}]
    assert len(desk.versions()) == 1
    desk.released(standard="每月90元。")
    assert desk.post("/checked", **form, policy=["MZ11"]).status_code == 409


def seen_on(page: str) -> str:
    return typed_form(page)["seen"]
