"""What the desk refuses: columns, cells, findings, the same person twice, others' staff."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from admin.distributions.distribution_draft import ListState
from intake.vault.compartment import Compartment
from portal.campaign.policy import Policy
from portal.campaign.revision import new_book_revision
from portal.foundation import clock
from portal.published.distribution import Distribution
from tests.admin.conftest import NOON
from tests.admin.distributions.desk import HEAD, NAMES, Lists, holds, xlsx


def drafts(lists: Lists) -> int:
    return lists.get("").count("待第二人审读")


@pytest.mark.parametrize(
    "column",
    [
        "身份证号",
        "银行卡号",
        "电话",
        "住址",
        "残疾等级",
        "病种",
        "出生日期",
        "备注",
        "序号",
        "学校",
    ],
)
def test_a_column_that_may_not_be_shown_refuses_the_file(lists: Lists, column: str) -> None:
    head, *rows = lists.rows()
    for sheet in (
        [[*head, column], *([*row, "420103195001011234"] for row in rows)],
        [[column, *head], *(["", *row] for row in rows)],
    ):
        answer = lists.send(xlsx(sheet))
        assert answer.status_code == 422
        assert f"“{column}”这一列不能公布" in answer.text
        assert "请删掉再传" in answer.text
        assert "每人每月100元起" in answer.text
    assert drafts(lists) == 0
    assert not any(holds(lists.stored(), name) for name in NAMES)


def test_every_wrong_column_is_named_at_once(lists: Lists) -> None:
    sheet = [["姓名", "身份证号", "", "手机", "手机"], ["王小明", "1", "x", "2", "3", "4"]]
    page = lists.send(xlsx(sheet)).text
    for said in (
        "“身份证号”这一列",
        "“手机”这一列",
        "第3列没有表头",
        "第2行比表头多出几格",
        "缺少“金额”这一列",
    ):
        assert said in page


def test_every_wrong_cell_is_named_at_once_and_no_name_comes_back(lists: Lists) -> None:
    community = lists.communities[0]
    sheet: list[list[Any]] = [
        HEAD,
        ["王小明", community, 1, "", "-5"],
        ["王小明", "没有的社区", 1, "", "5"],
        ["", community, 1, "", "5"],
        ["张三（8岁）", community, 1, "", "5"],
        ["李四13907123456", community, 1, "", "5"],
        ["王五", community, 0, "", "5"],
        ["王五", community, "两人", "", "五百"],
        ["王五", community, 1, "", "1.005"],
        ["王五", community, 1, "", ""],
        ["王五", community, 1, "", "0"],
        ["合计", "", "", "", "5"],
        ["王五", community, 1, "长" * 61, "5"],
        ["王五之子", community, 1, "", "5"],
    ]
    answer = lists.send(xlsx(sheet))
    assert answer.status_code == 422
    for said in (
        "第2行“金额”：不能是负数",
        "第3行“社区”：",
        "第4行“姓名”：没有写",
        "第5行“姓名”：像是孩子",
        "第6行“姓名”：只能写姓名",
        "第7行“人数”：",
        "第8行“人数”：",
        "第8行“金额”：要写数字",
        "第9行“金额”：最多两位小数",
        "第10行“金额”：没有写",
        "第11行“金额”：是0",
        "第12行“姓名”：合计",
        "第13行“标准”：太长了",
        "第14行“姓名”：像是孩子",
    ):
        assert said in answer.text, said
    for cell in ("李四", "13907123456", "没有的社区", "张三"):
        assert cell not in answer.text
    assert drafts(lists) == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (xlsx([HEAD, ["王小明", "", "", "", "=1+1"]]), "E2是公式"),
        ("姓名,金额\n=王小明,5".encode(), "A2是公式"),
        (xlsx([HEAD]), "只有表头"),
        (xlsx([]), "表格是空的"),
        (b"PK not a workbook", "读不出来"),
        (xlsx([["姓名", "金额"]] + [["王小明", 1]] * 5001), "最多5000行"),
    ],
    ids=["formula", "formula in CSV", "no rows", "nothing", "no workbook", "too long"],
)
def test_what_is_no_list_is_refused(lists: Lists, content: bytes, said: str) -> None:
    answer = lists.send(content)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_list_in_gb18030_without_optional_columns(lists: Lists) -> None:
    content = '户主,金额（元）\n王小明,"1,200.5元"\n王小明,8\n'.encode("gb18030")
    number = lists.released(content)
    page = lists.public(f"/distributions/{number}").text
    assert "1,200.50元" in page
    assert "1,208.50元" in page
    assert page.count("王*明") == 2
    assert not re.search(r"<th[^>]*>社区</th>", page)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"no_children": ""}, "确认没有孩子"),
        ({"days": "0"}, "公示1到30天"),
        ({"days": "31"}, "公示1到30天"),
        ({"paid_to": "2022-04-30"}, "不能早于"),
        ({"starts_on": "2022-06-05"}, "从今天起"),
        ({"street": "420103001002"}, "请从名单里选"),
        ({"telephone": "13907123456"}, "请从名单里选"),
        ({"standard": " "}, "请写标准"),
    ],
)
def test_what_is_typed_wrong_comes_back(lists: Lists, said: dict[str, Any], wrong: str) -> None:
    answer = lists.send(**said)
    assert answer.status_code == 422
    assert wrong in answer.text
    assert drafts(lists) == 0


def test_a_finding_that_may_be_answered_is_answered_by_somebody_else(lists: Lists) -> None:
    head, *rows = lists.rows(["王小明"])
    rows[0][3] = "重病加发100元"
    number = lists.drafted(xlsx([head, *rows]), standard="残疾人专职委员，每人每月100元")
    page = lists.get(f"/{number}", by="shi")
    assert "<mark>病</mark>" in page
    assert "<mark>残</mark>" in page
    assert "我读过了，发布" not in page
    assert lists.act(number, "release").status_code == 409
    assert lists.act(number, "answers", finding="list:child:x", answer="没有").status_code == 422
    keys = [html.unescape(key) for key in re.findall(r'name="finding" value="([^"]+)"', page)]
    assert len(keys) == 2
    for key in keys:
        said = {"finding": key, "answer": "是工种，不是谁的病"}
        assert lists.act(number, "answers", by="lu", **said).status_code == 303
    assert not holds(lists.stored(), "是工种")
    assert "是工种" in lists.get(f"/{number}", by="shi")
    assert lists.act(number, "release", by="lu").status_code == 409
    assert lists.act(number, "release", by="shi").status_code == 303


@pytest.mark.parametrize(
    "standard",
    ["小学生每月500元", "打13907123456问", "证号11010519491231002X", "卡号4200123412341234"],
)
def test_children_and_numbers_can_only_be_mended(lists: Lists, standard: str) -> None:
    number = lists.drafted(standard=standard)
    page = lists.get(f"/{number}", by="shi")
    assert "一定要改掉" in page
    assert "记下说明" not in page
    leaks = ("child", "telephone", "citizen_number", "card", "long_number")
    for leak in leaks:
        said = {"finding": f"list:{leak}:{standard}", "answer": "没事"}
        assert lists.act(number, "answers", by="lu", **said).status_code == 422
    assert lists.act(number, "release").status_code == 409
    mended = lists.typed(version=lists.version(number), standard="每月500元")
    assert lists.post(f"/{number}/text", **mended).status_code == 303
    assert "王*明" in lists.get(f"/{number}", by="shi")
    assert lists.act(number, "release").status_code == 303


def test_a_list_is_sent_back_mended_and_released_by_a_third(lists: Lists) -> None:
    number = lists.drafted()
    assert lists.act(number, "send-back", reason=" ").status_code == 422
    assert lists.act(number, "send-back", reason="第2行不对").status_code == 303
    assert "第2行不对" in lists.get(f"/{number}/text")
    assert lists.act(number, "release").status_code == 409
    sheet = xlsx(lists.rows(["赵海棠", "钱大成"]))
    old = lists.version(number)
    mended = lists.typed(version=old)
    assert lists.upload(f"/{number}/text", sheet, **mended).status_code == 303
    assert lists.upload(f"/{number}/text", sheet, **mended).status_code == 409
    page = lists.get(f"/{number}", by="shi")
    assert "赵*棠" in page
    assert "王*明" not in page
    assert lists.act(number, "release", by="gong").status_code == 409
    stale = lists.post(f"/{number}/release", "shi", version=old)
    assert stale.status_code == 409
    assert lists.act(number, "release", by="lu").status_code == 303


def test_the_office_s_page_says_what_waits(lists: Lists) -> None:
    office = lists.browser("lu")
    assert "公示名单等第二人审读" not in office.get("/staff/office").text
    number = lists.drafted()
    assert "公示名单等第二人审读" in office.get("/staff/office").text
    assert number in lists.get("", by="lu")
    assert lists.act(number, "release").status_code == 303
    assert "公示名单等第二人审读" not in office.get("/staff/office").text
    assert f"/distributions/{number}" in lists.get("")


def test_a_dropped_draft_is_gone(lists: Lists) -> None:
    number = lists.drafted()
    assert "找不回来" in lists.get(f"/{number}/drop")
    assert lists.act(number, "drop", by="gong").status_code == 303
    draft = lists.draft(number)
    assert (draft.state, draft.sealed) == (ListState.DROPPED, None)
    with lists.deployment.database.reading() as session:
        label = Compartment.label == f"distribution:{number}"
        assert session.scalars(select(Compartment).where(label)).all() == []
    assert "不公布了" in lists.get(f"/{number}")
    assert lists.act(number, "release").status_code == 409
    lists.public(f"/distributions/{number}", 404)


def test_for_other_units_the_desk_doesn_t_exist(lists: Lists) -> None:
    number = lists.released()
    for path in ("", "/new", f"/{number}", f"/{number}/withdraw", "/F000000"):
        lists.get(path, by="bie", status=404)
    assert lists.post(f"/{number}/withdraw", "bie", because="mistake").status_code == 404
    assert lists.send(by="bie").status_code == 404
    lists.get("/F999999/text", status=404)
    lists.public(f"/distributions/{number}")


def _becomes(lists: Lists, **changed: object) -> None:
    with lists.deployment.database.writing() as session:
        session.execute(update(Policy).where(Policy.code == lists.plain).values(**changed))
        new_book_revision(session)


def test_a_policy_of_children_forces_sums_whatever_its_mark_says(lists: Lists) -> None:
    number = lists.drafted()
    standing = lists.released()
    few = lists.released(xlsx(lists.rows(["王小明"])))
    _becomes(lists, name="困境儿童津贴", discreet=False)
    assert "现在只公布合计" in lists.get(f"/{number}", by="shi")
    assert lists.act(number, "release").status_code == 409
    typed = lists.typed(version=lists.version(number), people="9", amount="100")
    assert lists.post(f"/{number}/text", **typed).status_code == 409
    # What stands already shows its sums only, at once, and those of few nothing at all.
    page = lists.public(f"/distributions/{standing}").text
    assert "王*明" not in page
    assert "9人，2,103元" in page
    assert "人太少" in lists.public(f"/distributions/{few}").text
    found = lists.deployment.citizen().post("/distributions", data={"name": "王小明"})
    assert "正在公示的名单里没有" in found.text
    new = lists.released()
    with lists.deployment.database.reading() as session:
        assert session.get_one(Distribution, new).sums_only


def test_sums_are_typed_or_added_up_but_not_both(lists: Lists) -> None:
    both = lists.send(policy="MZ10", people="9", amount="100")
    assert both.status_code == 422
    assert "填了就不要传表格" in both.text
    neither = lists.send(b"", policy="MZ10", people="9")
    assert neither.status_code == 422
    assert "请填人数和金额" in neither.text
    number = lists.drafted(b"", policy="MZ10", people="12", amount="3600")
    form = lists.get(f"/{number}/text")
    assert 'value="3600.00"' in form
    assert "12人，3,600元" in lists.get(f"/{number}", by="shi")


def test_a_long_list_is_read_page_by_page(lists: Lists) -> None:
    names = [f"赵{one}{two}" for one in "一二三四五六七八九十" for two in "甲乙丙丁戊己庚辛壬癸"]
    number = lists.released(xlsx(lists.rows([*names, "钱末尾"])))
    pages = [lists.public(f"/distributions/{number}?page={page}").text for page in (1, 2, 3)]
    assert [page.count('<th scope="row"') for page in pages] == [50, 50, 1]
    assert "钱*尾" in pages[2]
    lists.public(f"/distributions/{number}?page=4", 404)
    for odd in ("0", "x", "-1", "１", "99999"):
        assert lists.public(f"/distributions/{number}?page={odd}").text == pages[0]


def test_a_list_is_found_by_no_search_engine_and_kept_by_nobody(lists: Lists) -> None:
    number = lists.released()
    answer = lists.public(f"/distributions/{number}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex, noarchive">' in answer.text
    assert "Disallow: /distributions" in lists.deployment.citizen().get("/robots.txt").text
    for path in ("/sitemap.xml", "/feed.xml", "/data", "/search?q=王*明", "/search?q=" + number):
        text = lists.deployment.citizen().get(path).text
        assert "/distributions/F" not in text
        assert ">王*明<" not in text


def test_a_name_isn_t_tried_for_ever(lists: Lists) -> None:
    lists.released()
    client = lists.deployment.citizen()
    answers = [client.post("/distributions", data={"name": "王小明"}) for _ in range(31)]
    assert [one.status_code for one in answers] == [200] * 30 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    with clock.stopped_at(NOON + timedelta(minutes=2)):
        lists.public("/distributions")
