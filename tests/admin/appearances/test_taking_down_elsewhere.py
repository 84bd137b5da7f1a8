"""What was taken down here and stood elsewhere: it is to be taken down there, until somebody says
what became of it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from admin.appearances.stopped_policies import note_stopped_policies
from admin.distributions.taking_down import take_down_lists
from intake.cases.event import Event
from portal.campaign.policy import Policy
from portal.campaign.revision import new_book_revision
from portal.foundation import clock
from portal.published.releasing import Publication, put_out
from portal.published.result import ResultState
from tests.admin.appearances.listed import TODAY, put_out_list
from tests.admin.appearances.test_appearances import ADDRESS, record
from tests.admin.appearances.test_exporting import MONTH, from_desk
from tests.admin.conftest import NOON
from tests.admin.house import House
from tests.admin.notices.writing import published
from tests.portal.pages.released import publish_months, release

PAPER, PORTAL = "长江日报第五版", "区政府门户网站"
DESK = "/staff/publishing"
AWAY = {"reason": "写错了，改好再公布", "title": "写错的"}

_AGAIN = Publication(
    number="JHW000001",
    problem_type="1.2",
    unit="MZ",
    place=None,
    policy=None,
    state=ResultState.RECTIFYING,
    rectify_by=None,
    struck_off_on=None,
    summary="改好的",
    measures="补发",
    progress="",
    note="改好了再公布",
)


def left(house: House, by: str = "lu") -> str:
    """The list of what is to be taken down elsewhere, as somebody at the desk reads it."""
    page = house.get(by, ADDRESS)
    return page.partition("要去那边撤下的</h2>")[2].partition("</section>")[0]


def entries(house: House) -> list[str]:
    return re.findall(r"appearances/(\d+)/ending", left(house))


def ends(house: House, entry: str, **said: Any) -> int:
    typed = {"how": "taken_down", "on": "2022-06-06", **said}
    return house.post("gong", f"{ADDRESS}/{entry}/ending", **typed).status_code


def a_result(house: House, number: str = "JHW000001") -> str:
    with house.deployment.database.writing() as session:
        release(session, number)
    return f"/results/{number}"


def withdrawn(house: House, path: str) -> None:
    assert house.post("lu", f"{DESK}{path}/withdraw", **AWAY).status_code == 303


def test_what_is_withdrawn_is_followed_until_it_is_gone_there(house_on_each: House) -> None:
    house = house_on_each
    path, stays = a_result(house), a_result(house, "JHW000002")
    assert record(house, item="", other=path, outlet=PAPER, link="") == 303
    assert record(house, "shi", item="", other=path, outlet=PORTAL) == 303
    # What stands here and elsewhere is nothing to take down.
    assert record(house, item="", other=stays, outlet="楚天都市报", link="") == 303
    asked = house.get("gong", f"{DESK}{path}/withdraw")
    assert "还登在别处2处" in asked
    assert PAPER in asked
    assert "楚天都市报" not in asked
    assert not left(house)
    assert "要去那边撤下" not in house.get("gong", DESK)
    withdrawn(house, path)

    shown = left(house)
    for told in (PAPER, PORTAL, "整改结果JHW000001", "2022年6月6日", "gong同志", "shi同志"):
        assert told in shown
    assert "楚天都市报" not in shown
    assert "还有2处登在别处，要去那边撤下" in house.get("gong", DESK)
    assert re.search(r"登在别处，要去撤下.{0,200}2处", house.get("lu", "/staff/office"), re.DOTALL)
    note = house.deployment.citizen().get(path)
    assert note.status_code == 410
    assert PORTAL not in note.text
    assert "www.example.cn" not in note.text


def test_somebody_says_what_became_of_each(house: House) -> None:
    path, stays = a_result(house), a_result(house, "JHW000002")
    for one, outlet in ((path, PAPER), (path, PORTAL), (stays, "楚天都市报")):
        assert record(house, item="", other=one, outlet=outlet, link="") == 303
    withdrawn(house, path)
    first, second = entries(house)
    # What waits to be taken down there is no wrong entry.
    assert house.post("gong", f"{ADDRESS}/{first}/remove").status_code == 404
    assert entries(house) == [first, second]
    assert ends(house, first) == 303
    assert ends(house, first) == 409
    assert ends(house, second, how="printed", on="2022-06-05") == 303
    assert not left(house)
    told = house.get("shi", ADDRESS).partition("撤过、问过的</h2>")[2]
    for word in ("那边撤下了", "印在报纸、刊物上，收不回来", "gong同志", "2022年6月5日"):
        assert word in told
    assert "楚天都市报" not in told
    assert "要去那边撤下" not in house.get("gong", DESK)
    with house.deployment.database.reading() as session:
        found = session.scalars(select(Event.facts).where(Event.name == "appearance_ended"))
        assert {one["how"] for one in found} == {"taken_down", "printed"}
    # What is told of stays told of.
    assert house.post("gong", f"{ADDRESS}/{first}/remove").status_code == 404


def test_what_is_published_again_is_no_excuse_for_the_old_copy(house: House) -> None:
    path = a_result(house)
    assert record(house, item="", other=path, outlet=PAPER, link="") == 303
    withdrawn(house, path)
    with house.deployment.database.writing() as session:
        put_out(session, _AGAIN)
    page = house.deployment.citizen().get(path)
    assert page.status_code == 200
    assert PAPER not in page.text
    assert PAPER in left(house)
    assert PAPER not in from_desk(house)["目录.csv"]
    # The new one stands there by itself.
    assert record(house, item="", other=path, outlet=PORTAL) == 303
    assert PORTAL in house.deployment.citizen().get(path).text
    assert PORTAL not in left(house)


def test_a_notice_and_a_month_are_followed_too(house: House) -> None:
    path = published(house)
    with house.deployment.database.writing() as session:
        publish_months(session)
    for one in (path, MONTH, "/figures", "/notices/hotline"):
        assert record(house, item="", other=one, outlet=f"登了{one}", link="") == 303
    for address in (f"{DESK}{path}/withdraw", f"{DESK}/figures/2022-06/withdraw"):
        assert "还登在别处1处" in house.get("gong", address)
    withdrawn(house, path)
    away = {"reason": "数错了", "version": "1"}
    assert house.post("lu", f"{DESK}/figures/2022-06/withdraw", **away).status_code == 303
    shown = left(house)
    for told in ("写错的", "2022年6月的数字", f"登了{path}", f"登了{MONTH}"):
        assert told in shown
    assert "登了/figures<" not in shown
    assert "/notices/hotline" not in shown
    assert len(entries(house)) == 2


def test_a_list_whose_time_is_over_has_to_go_elsewhere_too(house: House) -> None:
    house, day = house, timedelta(days=1)
    with house.deployment.database.writing() as session:
        put_out_list(session, "F000001")
        put_out_list(session, "F000002", shown_until=TODAY + 9 * day)
        put_out_list(session, "F000003", shown_until=TODAY + 9 * day)
    for at in (1, 2, 3):
        assert record(house, item=f"/distributions/F00000{at}", outlet=f"登了{at}") == 303
    early = f"{DESK}/distributions/F000002/withdraw"
    assert "登了2" in house.get("gong", early)
    assert house.post("lu", early, because="too_much").status_code == 303
    with clock.stopped_at(NOON + day):
        assert take_down_lists(house.deployment.database) == 1
        house.browsers.clear()
        shown = left(house)
    assert "公示名单F000001" in shown
    assert "2022年6月7日" in shown
    assert "登了2" in shown
    # Of a list that is over nothing is told but its number.
    assert "高龄津贴" not in shown
    assert "登了3" not in shown
    for at in (1, 2):
        gone = house.deployment.citizen().get(f"/distributions/F00000{at}").text
        assert "登了" not in gone


def test_a_policy_that_has_ended_is_followed(house_on_each: House) -> None:
    house = house_on_each
    for code in ("MZ11", "MZ10"):
        assert record(house, item="", other=f"/policies/{code}", outlet=f"登了{code}") == 303
    assert note_stopped_policies(house.deployment.database) == 0
    with house.deployment.database.writing() as session:
        session.get_one(Policy, "MZ11").ended_on = TODAY - timedelta(days=1)
        new_book_revision(session)
    assert note_stopped_policies(house.deployment.database) == 1
    assert note_stopped_policies(house.deployment.database) == 0
    shown = left(house)
    assert "登了MZ11" in shown
    assert "2022年6月6日" in shown
    assert "登了MZ10" not in shown
    assert "登了MZ11" not in house.deployment.citizen().get("/policies/MZ11").text
    # What appears after the last day tells of the end itself.
    assert record(house, item="", other="/policies/MZ11", outlet="后来登的", on="2022-06-06") == 303
    assert note_stopped_policies(house.deployment.database) == 0


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"how": ""}, "请选一个"),
        ({"how": "else"}, "请选一个"),
        ({"on": ""}, "请选日期"),
        ({"on": "2022-06-07"}, "这一天还没到"),
        ({"on": "2022-06-02"}, "这一天那边还没有登"),
    ],
)
def test_what_can_t_be_is_given_back(house: House, said: Any, why: str) -> None:
    path = a_result(house)
    assert record(house, item="", other=path, outlet=PAPER) == 303
    withdrawn(house, path)
    [entry] = entries(house)
    typed = {"how": "printed", "on": "2022-06-06", **said}
    answer = house.post("gong", f"{ADDRESS}/{entry}/ending", **typed)
    assert answer.status_code == 422
    assert why in answer.text
    assert entries(house) == [entry]


def test_of_what_stands_here_nothing_can_be_said(house: House) -> None:
    assert record(house) == 303
    [entry] = re.findall(r"appearances/(\d+)/remove", house.get("lu", ADDRESS))
    house.get("gong", f"{ADDRESS}/{entry}/ending", status=404)
    assert ends(house, entry) == 404


@pytest.mark.parametrize("name", ["min", "jie", "bie", "ji", "shen"])
def test_others_have_nothing_to_say(house: House, name: str) -> None:
    path = a_result(house)
    assert record(house, item="", other=path, outlet=PAPER) == 303
    withdrawn(house, path)
    [entry] = entries(house)
    house.get(name, f"{ADDRESS}/{entry}/ending", status=404)
    typed = {"how": "taken_down", "on": "2022-06-06"}
    assert house.post(name, f"{ADDRESS}/{entry}/ending", **typed).status_code == 404
    assert entries(house) == [entry]
