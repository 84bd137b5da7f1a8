"""Monthly returns through the real site: filled in, signed, frozen, received, corrected, summed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from admin.ledger.finding import Finding
from admin.ledger.own_check import OwnCheck, enter_own_check
from admin.ledger.problem import Source
from admin.returns.content import digest_of
from admin.returns.expected import expected_in, find_expected
from admin.returns.monthly_return import MonthlyReturn
from admin.returns.prefill import prefill
from intake.cases.event import Event
from portal.campaign.book import book
from portal.campaign.campaign import Campaign
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.admin.house import House
from tests.deployments import Deployment

JUNE = "/staff/returns/2022-06"
OWN = f"{JUNE}/ST05/MZ"
TYPED = {"households_due": "400", "visited": "380", "not_reached": "12"}


@contextmanager
def day(house: House, when: str) -> Iterator[None]:
    """Let it be that hour of 2022 in Shanghai; everybody signs in anew."""
    house.browsers.clear()
    with clock.stopped_at(datetime.fromisoformat(f"2022-{when}:00:00+08:00")):
        yield


def edition(house: House, name: str, at: str) -> str:
    found = re.search(r'name="edition"[^>]*value="(\d+)"', house.get(name, at))
    assert found is not None
    return found[1]


def fills(house: House, name: str = "jie", at: str = OWN, **typed: str) -> Any:
    sent = {"edition": edition(house, name, f"{at}/fill"), **TYPED, **typed}
    return house.post(name, f"{at}/fill", **sent)


def signs(house: House, name: str = "tou", at: str = OWN) -> int:
    return house.post(name, f"{at}/sign", edition=edition(house, name, at)).status_code


def hands_in(house: House, at: str = OWN, names: tuple[str, str] = ("jie", "tou")) -> None:
    officer, head = names
    assert fills(house, officer, at, nil="y").status_code == 303
    assert signs(house, head, at) == 303


def finds(house: House, unit: str = "ST05", name: str = "jie", **said: Any) -> str:
    """A unit enters what it found; returns the number."""
    with house.deployment.database.writing() as session:
        finding = Finding(
            **{
                "unit": unit,
                "problem_type": "1.2",
                "policy": "MZ11",
                "what_is_wrong": "3户晚发。",
                "rectify_by": date(2022, 9, 30),
                "amount": Decimal("1200.50"),
                "persons": 3,
                **said,
            }
        )
        by = house.hand(session, name, 0)
        return enter_own_check(
            session, by=by, check=OwnCheck(found_by=unit, finding=finding)
        ).number


def rows(house: House) -> list[MonthlyReturn]:
    with house.deployment.database.reading() as session:
        return list(session.scalars(select(MonthlyReturn).order_by(MonthlyReturn.id)))


def test_a_return_is_filled_in_by_an_officer_and_frozen_when_its_head_signs(
    house_on_each: House,
) -> None:
    house = house_on_each
    with day(house, "06-14T10"):
        assert "现在没有要报的" in house.get("jie", "/staff/returns")
        assert house.browser("jie").get(f"{OWN}/fill").status_code == 404
    with day(house, "06-15T10"):
        assert "2022年6月的月报还有8份没报，6月20日前要报。" in house.get("jie", "/staff/cases")
        number = finds(house)
        refused = fills(house, nil="y", remark="都查过了")
        assert refused.status_code == 422
        assert "台账里这一期有查出的问题，不能零报送" in refused.text
        assert "都查过了" in refused.text
        assert house.browser("tou").get(f"{OWN}/fill").status_code == 404, "it has an officer"
        assert fills(house, remark="都查过了").status_code == 303
        assert "还没报" in house.get("min", OWN)
        assert house.post("jie", f"{OWN}/sign", edition="1").status_code == 409
        assert signs(house) == 303
        (frozen,) = rows(house)
        assert frozen.digest == digest_of(frozen.content)
        assert frozen.remark is not None
        assert "都查过了".encode() not in frozen.remark
        page = house.get("min", OWN)
        assert "都查过了" in page
        assert f"/staff/problems/{number}" in page
        # The ledger moves on; what was signed doesn't.
        finds(house, what_is_wrong="又查到2户。")
        assert "台账里的数，和这份不一样了" in house.get("jie", OWN)
        assert "台账里的数" not in house.get("min", OWN)
    (still,) = rows(house)
    assert (still.content, still.digest) == (frozen.content, frozen.digest)


def test_what_is_sent_back_is_corrected_by_a_new_version(house: House) -> None:
    def decide(act: str, **typed: str) -> int:
        sent = {"edition": edition(house, "min", OWN), **typed}
        return house.post("min", f"{OWN}/{act}", **sent).status_code

    with day(house, "06-16T10"):
        finds(house)
        assert fills(house, remark="都查过了").status_code == 303
        assert signs(house) == 303
        assert decide("send-back") == 422
        assert decide("send-back", reason="少报了一个") == 303
        assert house.post("zheng", f"{OWN}/accept", edition="2").status_code == 409
        assert "少报了一个" in house.get("jie", OWN)
        finds(house, what_is_wrong="又查到2户。")
        assert fills(house).status_code == 422, "a correction has its reason"
        assert fills(house, correction="补上第二个").status_code == 303
        assert signs(house) == 303
        assert decide("accept") == 303
        assert "都查过了" in house.get("min", f"{OWN}?version=1")
    first, second = rows(house)
    assert first.is_intact
    assert (len(first.said.own.found), len(second.said.own.found)) == (1, 2)
    with house.deployment.database.reading() as session:
        named = select(Event).where(Event.name.startswith("monthly_return")).order_by(Event.seq)
        events = list(session.scalars(named))
    names = ("filled_in", "signed", "sent_back", "corrected", "signed", "accepted")
    assert tuple(one.name.removeprefix("monthly_return_") for one in events) == names
    common = {"unit": "ST05", "receiver": "MZ", "last": "2022-06-20"}
    assert [one.facts for one in events] == [{**common, "version": v} for v in (1, 1, 1, 2, 2, 2)]


def test_another_unit_finds_none_of_it_and_a_receiver_only_what_is_its_own(house: House) -> None:
    with day(house, "06-18T10"):
        hands_in(house)
        hands_in(house, f"{JUNE}/ST05/TY")
        missing = house.browser("tui").get("/staff/returns/2022-06/ST99/MZ")
        for at in (OWN, f"{OWN}?version=1"):
            answer = house.browser("tui").get(at)
            assert (answer.status_code, answer.data) == (404, missing.data)
        for act in ("sign", "accept", "send-back", "fill"):
            sent = {"edition": "2", "reason": "x", **TYPED}
            assert house.post("tui", f"{OWN}/{act}", **sent).status_code == 404
        seen = house.get("tui", "/staff/returns/came")
        assert f"{JUNE}/ST05/TY" in seen
        assert "/MZ" not in seen
        assert "还差8份" not in seen
        assert "027-0000-0206" in seen, "a street that hasn't returned anything is to be called"
        assert house.browser("jie").get("/staff/returns/came").status_code == 404
        # A nil return towards one department stays visible beside the others.
        month = house.get("chen", f"{JUNE}/ST05")
        assert month.count("零报送") == 2
        assert month.count("还没报") == 6


def test_a_department_sums_up_its_streets_and_says_which_are_missing(house: House) -> None:
    to_office = f"{JUNE}/MZ/BGS"
    with day(house, "06-18T10"):
        finds(house)
        assert fills(house).status_code == 303
        assert "ST05" not in house.get("min", to_office)
        assert signs(house) == 303
        finds(house, "MZ", "min", persons=5, amount=None)
        page = house.get("min", f"{to_office}/fill")
        assert "还有11个单位没有报来" in page
        assert (
            fills(
                house, "min", to_office, households_due="10", visited="0", not_reached="0"
            ).status_code
            == 303
        )
        assert signs(house, "zheng", to_office) == 303
        accepted = {"edition": edition(house, "lu", to_office)}
        assert house.post("lu", f"{to_office}/accept", **accepted).status_code == 303
    said = rows(house)[-1].said
    assert [(one.unit, one.nil) for one in said.summed.parts] == [("ST05", False)]
    assert said.summed.parts[0].digest == rows(house)[0].digest
    assert len(said.summed.missing) == 11
    assert (len(said.total.found), said.total.persons) == (2, 8)
    assert (said.coverage.due, said.coverage.visited) == (410, 380)


def test_a_head_alone_does_both(house: House) -> None:
    house.deployment.add_staff("dan", ("ST06", Role.HEAD))
    with day(house, "06-18T10"):
        hands_in(house, f"{JUNE}/ST06/MZ", ("dan", "dan"))
        house.deployment.add_staff("fu", ("ST06", Role.HEAD))
        assert fills(house, "dan", f"{JUNE}/ST06/TY", nil="y").status_code == 303
        at = f"{JUNE}/ST06/TY"
        refused = house.post("dan", f"{at}/sign", edition="1")
        assert refused.status_code == 409
        assert "要由单位另一位负责人签报" in refused.text
        assert signs(house, "fu", at) == 303


def test_nil_none_late_and_contradicted_are_told_apart_and_the_accused_finds_no_trace(
    house_on_each: House,
) -> None:
    house = house_on_each
    watched = ("/staff/cases", "/staff/returns", OWN, f"{JUNE}/ST05", f"{OWN}/fill")
    with day(house, "06-20T10"):
        hands_in(house)
        assert "没有报</span>" not in house.get("chen", "/staff/returns/came")
    with day(house, "06-21T10"):
        page = house.get("chen", "/staff/returns/came")
        assert "没有报8" in page, "of another street nothing came"
        assert "没有报7" in page, "this one is nil towards one department"
        hands_in(house, f"{JUNE}/ST05/TY")
        assert "晚报1天" in house.get("chen", f"{JUNE}/ST05/TY")
        before = [house.get("jie", at) for at in watched]
        others = house.get("min", "/staff/returns/came")
        assert "零报送有矛盾" not in house.get("chen", "/staff/returns/came")
        assert "零报送有矛盾" not in house.get("chen", "/staff/office")
        with clock.stopped_at(datetime.fromisoformat("2022-06-20T12:00:00+08:00")):
            words = "民意街道办事处的人把老人的高龄津贴扣下来分了，我亲眼看见的"
            house.case(kind=Kind.TIP_OFF, problem="3.3", words=words, accused="民意街道办事处")
            house.case(kind=Kind.CONSULTATION, words="民意街道的高龄津贴哪天发", submission="asked")
        seen = house.get("chen", "/staff/returns/came")
        assert "报的是零，这一期却有反映它的来件1件。" in seen
        assert "零报送有矛盾1" in seen
        page = house.get("chen", "/staff/office")
        assert "零报送有矛盾" in page
        counts = re.findall(r"<dt>(\S*零报送|其中有矛盾)</dt>\s*<dd>\s*<a [^>]*>(\d+)<", page)
        assert counts == [("2022年6月零报送", "2"), ("其中有矛盾", "1")]
        assert [house.get("jie", at) for at in watched] == before
        assert house.get("min", "/staff/returns/came") == others
        # Whoever of the office may not see the case isn't told of it either.
        house.deployment.add_staff("shuang", ("BGS", Role.OFFICE), ("ST05", Role.OFFICER))
        assert "来件1件" not in house.get("shuang", "/staff/returns/came")


def test_what_is_prefilled_is_what_the_database_says(house: House) -> None:
    with day(house, "06-20T10"):
        finds(house, what_is_wrong="上一期的。")
    with day(house, "06-25T10"):
        finds(house)
        finds(house, policy="TY04", what_is_wrong="别的条线的。")
        number = house.problem(house.answered_case(), unit="ST05", source=Source.AUDIT)
        house.rectify(number, officer="jie", head="tou")
        house.strike_off(number)
        house.problem(house.answered_case(submission="noise"), unit="MZ")
    with day(house, "07-18T10"), house.deployment.database.reading() as session:
        expected = find_expected(book(session), "2022-07", "ST05", "MZ")
        assert expected is not None
        own = prefill(session, book(session), expected).own
        assert (len(own.found), len(own.in_hand), own.amount) == (1, 2, Decimal("1200.50"))

        def count(sql: str) -> int:
            return int(session.execute(text(f"SELECT count(*) FROM {sql}")).scalar_one())

        mine = "problem p WHERE p.line_code = 'MZ' AND "
        found = "p.found_by = 'ST05' AND p.source = 'own_check' AND EXISTS (SELECT 1 FROM problem_move m WHERE m.problem_id = p.id AND m.state = 'found' AND m.moved_on BETWEEN '2022-06-21' AND '2022-07-20')"  # noqa: E501
        assert count(mine + found) == len(own.found)
        moved = "p.unit_code = 'ST05' AND EXISTS (SELECT 1 FROM problem_move m WHERE m.problem_id = p.id AND m.state = '{}' AND m.moved_on BETWEEN '2022-06-21' AND '2022-07-20')"  # noqa: E501
        for state in ("rectified", "struck_off", "carried_over", "unfounded"):
            assert count(mine + moved.format(state)) == len(getattr(own, state)), state
        now = "p.unit_code = 'ST05' AND p.state IN ('found', 'rectifying', 'rectified')"
        assert count(mine + now) == len(own.in_hand)
        assert (own.rectified, own.struck_off) == ((number,), (number,))


@pytest.mark.parametrize(
    ("each_campaign", "pairs"),
    [
        ("jianghan-2022", {("ST01", "MZ"), ("ST12", "RS"), ("MZ", "BGS")}),
        ("caidian-cdpf-2022", {("ST01", "ZL"), ("ST09", "ZX"), ("KF", "BGS")}),
    ],
    indirect=["each_campaign"],
)
def test_who_returns_to_whom_is_said_by_the_campaign(
    each_campaign: Deployment, pairs: set[tuple[str, str]]
) -> None:
    with each_campaign.database.reading() as session:
        found = book(session)
        june, *_, november = found.return_periods
        expected = {(one.unit, one.receiver) for one in expected_in(found, june)}
    assert pairs <= expected
    assert (june.first.isoformat(), june.due_on.isoformat()) == ("2022-05-21", "2022-06-20")
    assert november.due_on.isoformat() == "2022-11-20", "a Sunday doesn't roll"
    rule = found.return_rule
    assert rule is not None
    rolling = replace(rule, rolls=True).periods(found.calendar)[-1]
    assert rolling.due_on.isoformat() == "2022-11-21"
    assert rolling.last == november.last, "it covers the same days"
    below = {unit for unit, _ in expected if unit.startswith("ST")}
    departments = {unit for unit, receiver in expected if receiver == "BGS"}
    assert len(expected) == len(below) * len(departments) + len(departments)


def test_a_return_of_the_other_campaign_walks_the_same_way(caidian: Deployment) -> None:
    house = House(caidian)
    for name, post in {
        "xian": ("ST01", Role.OFFICER),
        "xiang": ("ST01", Role.HEAD),
        "zu": ("ZL", Role.OFFICER),
        "chen": ("BGS", Role.OFFICE),
    }.items():
        caidian.add_staff(name, post)
    at = f"{JUNE}/ST01/ZL"
    with day(house, "06-20T10"):
        hands_in(house, at, ("xian", "xiang"))
        assert house.post("zu", f"{at}/accept", edition=edition(house, "zu", at)).status_code == 303
        assert "已接收" in house.get("chen", f"{JUNE}/ST01")


def test_a_campaign_without_returns_has_none(house: House) -> None:
    with house.deployment.database.writing() as session:
        campaign = session.get_one(Campaign, 1)
        campaign.returns, campaign.book_revision = {}, campaign.book_revision + 1
    with day(house, "06-21T10"):
        assert "月报" not in house.get("jie", "/staff/cases")
        assert "月报" not in house.get("chen", "/staff/office")
        assert house.browser("jie").get(OWN).status_code == 404


def test_the_largest_matrix_weighs_no_more_than_a_page_may(house: House) -> None:
    static = Path(__file__).parents[3] / "portal" / "static"
    sheets = sum(len((static / name).read_bytes()) for name in ("site.css", "staff.css"))
    with day(house, "11-21T10"):
        hands_in(house, "/staff/returns/2022-11/ST05/MZ")
        page = house.get("chen", "/staff/returns/came")
        assert page.count("没有报8") == 71
        assert len(page.encode()) + sheets < 55 * 1024, "room is left for cells that say more"
