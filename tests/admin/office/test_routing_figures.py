"""How often the first routing was right, as the office sees it: of what it may see, and no more."""

from __future__ import annotations

import re
from datetime import timedelta

from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case, Channel
from intake.rules.lifecycle import State
from portal.campaign.kinds import Kind
from portal.foundation import clock
from tests.admin.desk.people import filled
from tests.admin.house import House

PATH = "/staff/office/routing"


def rows(page: str) -> dict[str, list[str]]:
    """The cells of each line, by its heading."""
    found = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', page, re.DOTALL)
    return {
        " ".join(re.sub(r"<[^>]*>", " ", head).split()): [
            " ".join(re.sub(r"<[^>]*>", " ", cell).split())
            for cell in re.findall(r"<td[^>]*>(.*?)</td>", cells, re.DOTALL)
        ]
        for head, cells in found
    }


def acted(house: House, number: str, act: str, **typed: str) -> None:
    """The office's form as it stands there, with what is typed into it."""
    path = f"/staff/cases/{number}/{act}"
    answer = house.post("chen", path, **(filled(house.get("chen", path)) | typed))
    assert answer.status_code == 303, answer.text


def test_they_count_by_channel_and_by_unit(house: House) -> None:
    taken_on = house.case(words="高龄津贴没有发，甲家")
    house.handle(taken_on, to=State.ACCEPTED)
    house.case(words="高龄津贴没有发，乙家")
    wrong = house.case(words="高龄津贴没有发，丙家", channel=Channel.TEXT)
    acted(house, wrong, "sort", unit="TY", policy="TY01", problem="1.2")
    right = house.case(words="高龄津贴没有发，丁家")
    acted(house, right, "sort", policy="MZ11", problem="1.2")

    found = rows(house.get("chen", PATH))

    # Came, decided by the rules, right, wrong, not known yet, share.
    assert found["网页"] == ["3", "3", "2", "0", "1", "100% （2/2）"]
    assert found["短信"] == ["1", "1", "0", "1", "0", "0% （0/1）"]
    assert found["区民政局"] == ["4", "4", "2", "1", "1", "67% （2/3）"]
    assert found["哪项补贴"] == ["1", "2"]
    assert found["什么问题"] == ["2", "2"]


def test_what_somebody_may_not_see_isnt_counted_for_him(house: House) -> None:
    house.case()
    before = house.get("lu", PATH)
    hidden = house.case(kind=Kind.TIP_OFF, problem="3.3", words="有人扣了高龄津贴的钱")
    with house.deployment.database.writing() as session:
        case = session.query(Case).filter(Case.number == hidden).one()
        who = house.deployment.staff_id(session, "lu")
        bar = {"source": BarSource.STAFF, "named": True, "set_at": clock.now()}
        session.add(Bar(case_id=case.id, staff_id=who, **bar))

    assert house.get("lu", PATH) == before
    assert rows(house.get("chen", PATH))["网页"][0] == "2"
    assert house.browser("min").get(PATH).status_code == 404


def test_a_year_is_counted_and_parts_arent(house: House) -> None:
    with clock.stopped_at(clock.now() - timedelta(days=366)):
        house.case(words="去年的高龄津贴没有发")
    number = house.case()
    acted(house, number, "split", words="问了三次", unit="TY")

    assert rows(house.get("chen", PATH))["网页"][0] == "1"


def test_the_cases_whose_kind_is_doubted_stand_on_a_list_of_their_own(house: House) -> None:
    house.case()
    doubted = house.case(
        kind=Kind.DISCLOSURE_REQUEST,
        words="要求公开：我家的高龄津贴三个月没有到账，问了几次都不理，请尽快解决",
    )

    page = house.get("chen", "/staff/office")
    assert re.search(r"类别可能不对</a><b>1件", page)
    listed = house.get("chen", "/staff/office/doubted")
    assert re.findall(r"/staff/cases/(JH\d{8})", listed) == [doubted]
    acted(house, doubted, "sort", told="您讲的是自己的事，所以按投诉办", policy="MZ11")
    assert doubted not in house.get("chen", "/staff/office/doubted")
