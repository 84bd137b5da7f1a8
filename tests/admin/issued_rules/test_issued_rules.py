"""Issued rules through the real site: every desk reads them, none learns of a problem by them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy import select

from admin.issued_rules.issued_rule import IssuedRule, IssuedRuleVersion
from admin.issued_rules.policy_gap import still_unchanged
from admin.issued_rules.rule_list import issued_rules, rules_in_words
from admin.issued_rules.rule_reader import RuleReader
from intake.cases.event import Event
from portal.campaign.book import book
from portal.foundation.staff import Staff
from tests.admin.house import House

LIST = "/staff/issued-rules"
TITLE = "街道惠民补贴账号变更登记办法"
NUMBER = "街办〔2022〕8号"


def problem(house: House, unit: str = "ST05") -> str:
    """A problem that a street found at itself, or that the office was told of another unit."""
    said = {
        "what_is_wrong": "12户补贴晚发两个月。",
        "unit": unit,
        "problem_type": "1.2",
        "policy": "",
        "place": "",
        "rectify_by": "2022-08-15",
    }
    if unit == "ST05":
        path, by, more = "own-check", "jie", {"found_by": "ST05"}
    else:
        path, by, more = "from-outside", "chen", {"source": "audit"}
    answer = house.post(by, f"/staff/problems/{path}", **said, **more)
    found = re.search(r"/problems/(\w+)\?done=new", answer.location or "")
    assert found is not None, answer.text
    return found[1]


def typed(**other: Any) -> dict[str, Any]:
    return {
        "version": "",
        "act": "new",
        "title": TITLE,
        "document_number": NUMBER,
        "issued_on": "2022-07-04",
        "link": "https://www.jianghan.gov.cn/zc/202207/t20220704_1357924680.shtml",
        "notice": "",
        "problems": "",
        "policies": [],
        **other,
    }


def entered(house: House, by: str = "jie", **other: Any) -> int:
    """Write an entry; returns its number."""
    answer = house.post(by, f"{LIST}/new", **typed(**other))
    assert answer.status_code == 303, answer.text
    found = re.search(r"/issued-rules/(\d+)\?done=entered", answer.location)
    assert found is not None
    return int(found[1])


def reader(session: Any, name: str) -> RuleReader:
    person = session.scalars(select(Staff).where(Staff.name == name)).one()
    return RuleReader.of(person, book(session))


def cells(house: House, name: str, *numbers: str) -> dict[str, str]:
    """What annex 2 says of some problems, put together for this person."""
    with house.deployment.database.reading() as session:
        return rules_in_words(session, reader(session, name), numbers)


def test_every_desk_reads_a_rule_and_only_some_its_problem(house: House) -> None:
    number = problem(house)
    assert f"{LIST}/new?problem={number}" in house.get("jie", f"/staff/problems/{number}")
    filled_in = house.get("jie", f"{LIST}/new?problem={number}")
    assert f">{number}</textarea>" in re.sub(r"\s", "", filled_in)
    rule = entered(house, problems=f" {number.lower()}，{number}")
    words = f"《{TITLE}》（{NUMBER}，2022年7月4日，新订）"
    for name in ("jie", "tou", "chen"):
        assert number in house.get(name, LIST)
        assert f"/staff/problems/{number}" in house.get(name, f"{LIST}/{rule}")
        assert words in house.get(name, f"/staff/problems/{number}")
        assert cells(house, name, number, "none") == {number: words}
    for name in ("lin", "ji", "can"):
        for page in (house.get(name, LIST), house.get(name, f"{LIST}/{rule}")):
            assert TITLE in page
            assert number not in page
            assert "回应的问题</h2>" not in page
        assert cells(house, name, number) == {}
    for path in (LIST, f"{LIST}/{rule}"):
        house.get("shen", path, status=404)
        house.get("gong", path, status=404)


def test_a_link_to_an_unknown_problem_leaves_no_trace(house_on_each_database: House) -> None:
    house = house_on_each_database
    hidden, rule = problem(house, unit="CL"), entered(house)
    own = problem(house)
    answer = house.post("jie", f"{LIST}/{rule}/problems", seen="", problems=own)
    assert answer.status_code == 303
    pages = (LIST, f"{LIST}/{rule}", f"{LIST}/{rule}/problems", f"{LIST}/{rule}/correct")
    before = {(name, path): house.get(name, path) for name in ("jie", "tou") for path in pages}
    answer = house.post("chen", f"{LIST}/{rule}/problems", seen=own, problems=f"{own} {hidden}")
    assert answer.status_code == 303, answer.text
    assert {key: house.get(*key) for key in before} == before
    assert TITLE in house.get("can", f"/staff/problems/{hidden}")
    # To whom it isn't known it is refused as one that there never was, and stays when he writes.
    for unknown in (hidden, "JHW000000X"):
        answer = house.post("jie", f"{LIST}/{rule}/problems", seen=own, problems=unknown)
        assert answer.status_code == 422
        assert f"台账里没有：{unknown}" in answer.text
        answer = house.post("jie", f"{LIST}/new", **typed(title="另一份", problems=unknown))
        assert (answer.status_code, "台账里没有" in answer.text) == (422, True)
    assert house.post("jie", f"{LIST}/{rule}/problems", seen=own, problems="").status_code == 303
    assert cells(house, "chen", own, hidden).keys() == {hidden}
    # The later of two looks again.
    answer = house.post("tou", f"{LIST}/{rule}/problems", seen=own, problems=own)
    assert (answer.status_code, own in answer.text) == (409, True)
    with house.deployment.database.reading() as session:
        assert len(session.scalars(select(IssuedRule)).all()) == 1
        wanted = select(Event.name).where(Event.name.like("rule%")).order_by(Event.seq)
        assert list(session.scalars(wanted)) == [
            "rule_entered",
            "rule_answers_problem",
            "rule_answers_problem",
            "rule_answer_taken_back",
        ]


def test_a_unit_writes_its_own_the_office_any(house: House) -> None:
    rule = entered(house)
    for name in ("lin", "can", "ji"):
        assert f"{rule}/correct" not in house.get(name, f"{LIST}/{rule}")
        for step in ("correct", "problems", "withdraw"):
            house.get(name, f"{LIST}/{rule}/{step}", status=404)
            sent = typed(version="1", reason="改", seen="")
            assert house.post(name, f"{LIST}/{rule}/{step}", **sent).status_code == 404
    assert house.browser("ji").get(f"{LIST}/new").status_code == 404
    other = entered(house, "chen", unit="CL", document_number="残联〔2022〕1号")
    assert f"{other}/correct" in house.get("can", f"{LIST}/{other}")
    assert TITLE in house.get("lin", f"{LIST}?unit=CL&act=new")
    assert f"/{other}" not in house.get("lin", f"{LIST}?unit=ST05")
    assert TITLE not in house.get("lin", f"{LIST}?act=repealed")


def test_what_it_said_before_and_why_stays_with_who_wrote_it(house_on_each_database: House) -> None:
    house = house_on_each_database
    rule, number = entered(house), problem(house)
    house.post("jie", f"{LIST}/{rule}/problems", seen="", problems=number)
    anew = typed(version="1", title="街道惠民补贴账号变更登记办法（修订）", act="changed")
    for reason, told in (("", "请写为什么"), ("王主任让改的", "像是人名")):
        answer = house.post("tou", f"{LIST}/{rule}/correct", **anew, reason=reason)
        assert (answer.status_code, told in answer.text) == (422, True)
    assert (
        house.post("tou", f"{LIST}/{rule}/correct", **anew, reason="标题抄错了").status_code == 303
    )
    for name, reads in (("jie", True), ("chen", True), ("lin", False)):
        page = house.get(name, f"{LIST}/{rule}")
        assert "登记办法（修订）" in page
        assert ("标题抄错了" in page, f">{TITLE}<" in re.sub(r"\s", "", page)) == (reads, reads)
    late = house.post("jie", f"{LIST}/{rule}/correct", **typed(version="1"), reason="再改")
    assert (late.status_code, "再改" in late.text) == (409, True)
    gone = {"version": "2", "reason": "没有正式印发"}
    assert house.post("jie", f"{LIST}/{rule}/withdraw", **gone).status_code == 303
    assert "没有正式印发" in house.get("chen", f"{LIST}/{rule}")
    house.get("lin", f"{LIST}/{rule}", status=404)
    assert "登记办法" not in house.get("lin", LIST)
    assert "登记办法" not in house.get("jie", f"/staff/problems/{number}")
    assert cells(house, "chen", number) == {}
    for step in ("correct", "withdraw"):
        sent = typed(version="2", reason="再来")
        assert house.post("jie", f"{LIST}/{rule}/{step}", **sent).status_code == 409
    with house.deployment.database.reading() as session:
        stored = [*session.scalars(select(IssuedRule)), *session.scalars(select(IssuedRuleVersion))]
        for words in ("标题抄错了", "没有正式印发"):
            assert words not in repr([vars(one) for one in stored])


def test_what_is_wrong_comes_back_filled(house: House) -> None:
    entered(house)
    wrong: list[tuple[dict[str, Any], str]] = [
        ({}, "这份文件已经记过一条"),
        ({"title": " "}, "请写文件标题"),
        ({"title": "关于给予王伟同志处分的决定"}, "像是人名"),
        ({"document_number": "13907123456"}, "像是人名"),
        ({"issued_on": "2022-07-07"}, "这一天还没有到"),
        ({"issued_on": "上周"}, "日期要这样写"),
        ({"link": "ftp://example.cn/8.pdf"}, "网址要从http://"),
        ({"link": "www.example.cn"}, "网址要从http://"),
        ({"notice": "nothing"}, "有误："),
        ({"policies": ["XX99"]}, "有误："),
        ({"act": "burnt"}, "有误："),
    ]
    for other, told in wrong:
        sent = {"link": "https://example.cn/abc", **other}
        answer = house.post("jie", f"{LIST}/new", **typed(**sent))
        assert answer.status_code == 422, other
        assert told in answer.text, other
        kept = "街办" if "document_number" not in other else TITLE
        assert kept in answer.text
    with house.deployment.database.reading() as session:
        assert len(session.scalars(select(IssuedRule)).all()) == 1


def test_a_policy_that_nobody_has_looked_at_since_is_pointed_out(
    house_on_each_database: House,
) -> None:
    house = house_on_each_database
    rule = entered(house, policies=["MZ01", "MZ02"], notice="work-plan")
    edit = "/staff/publishing/policies/MZ02/edit"
    for name, drafts in (("chen", True), ("jie", False)):
        page = house.get(name, f"{LIST}/{rule}")
        assert page.count("政策清单还没有改过、核对过") == 1
        assert (edit in page) is drafts
        assert "/notices/work-plan" in page
    assert 'value="MZ02" checked' in re.sub(r"\s+", " ", house.get("jie", f"{LIST}/{rule}/correct"))
    with house.deployment.database.reading() as session:
        found = book(session)
        # The list's own check of MZ01 is of 19 April 2025.
        assert still_unchanged(found, ["MZ01"], date(2025, 4, 19)) == []
        assert still_unchanged(found, ["MZ01"], date(2025, 4, 20)) == ["MZ01"]


def test_a_summary_lists_what_was_issued_in_its_days(house_on_each_database: House) -> None:
    house = house_on_each_database
    for day in ("2022-06-20", "2022-06-21", "2022-07-05"):
        entered(house, issued_on=day, document_number=f"街办{day}")
    entered(house, "lin", document_number="邻街〔2022〕1号", issued_on="2022-06-21")
    gone = entered(house, document_number="误", issued_on="2022-06-21")
    house.post("jie", f"{LIST}/{gone}/withdraw", version="1", reason="没有印发")
    with house.deployment.database.reading() as session:
        me = reader(session, "chen")
        first, last = date(2022, 6, 21), date(2022, 7, 4)
        found = issued_rules(session, me, first=first, last=last, unit="ST05")
        assert [one.now.document_number for one in found] == ["街办2022-06-21"]
        assert len(issued_rules(session, me, first=first, last=last)) == 2


def test_the_pages_stay_light(house: House) -> None:
    for number in range(3):
        entered(house, document_number=f"街办〔2022〕{number}号")
    for name in ("chen", "jie"):
        for path in (LIST, f"{LIST}/new", "/staff/declarations", "/staff/declarations/new"):
            assert len(house.get(name, path).encode()) < 40_000, path
