"""The plan's calendar: who has to do what, what has come of it, what is noted by hand."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from admin.accounts.access import Access
from admin.figures.counting import count_milestones
from admin.files.evidence import Proof
from admin.office.duty_mark import DutyMark
from admin.office.duty_status import near_duties
from admin.office.plan_reminding import brings_work
from admin.spot_checks import assigning, checking, revealing
from admin.spot_checks.checked_unit import CheckedUnit
from admin.spot_checks.checking import Place
from portal.campaign.book import book
from portal.campaign.calendar_date import Task
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.staff import Staff
from tests.admin.house import House
from tests.admin.rounds.test_rounds import planned
from tests.admin.spot_checks.rounds import NUMBER, drawn, frozen, the_check

MARK = {"key": "mobilise", "due_on": "2022-05-31", "done_on": "2022-05-30"}


def test_the_office_notes_what_no_room_tells(house: House) -> None:
    assert "过了日子" in house.get("chen", "/staff/office")
    page = house.get("chen", "/staff/office/plan")
    assert page.count("还没记完成") == 3
    assert house.post("chen", "/staff/office/plan/done", **MARK).status_code == 303
    page = house.get("lu", "/staff/office/plan")
    assert "5月30日" in page
    assert page.count("还没记完成") == 2
    undone = house.post("lu", "/staff/office/plan/mobilise/2022-05-31/undo")
    assert undone.status_code == 303
    with house.deployment.database.reading() as session:
        assert session.query(DutyMark).count() == 0
    assert house.post("lu", "/staff/office/plan/mobilise/2022-05-31/undo").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"done_on": "2022-06-07"}, 422),
        ({"done_on": "昨天"}, 422),
        ({"key": "none"}, 404),
        ({"due_on": "2022-06-01"}, 404),
        ({"due_on": "never"}, 404),
        ({"key": "supervision_june", "due_on": "2022-06-30"}, 404),
    ],
)
def test_nothing_else_can_be_noted(house: House, wrong: dict[str, str], status: int) -> None:
    answer = house.post("chen", "/staff/office/plan/done", **{**MARK, **wrong})
    assert answer.status_code == status
    if status == 422:
        assert wrong["done_on"] in answer.text
    assert house.browser("min").get("/staff/office/plan").status_code == 404


def test_the_brief_says_nothing_that_accuses_anybody(house: House) -> None:
    house.problem(house.answered_case(), rectify_by=date(2022, 6, 1))
    count_milestones(house.deployment.database)
    before = house.get("chen", "/staff/office/brief")
    assert "共发现1个 ＝ 已销号0个 ＋ 在改1个" in " ".join(before.split())
    assert "区民政局：过了整改时限的问题1个" in before
    words = "民政局的人把老人的高龄津贴扣下来分了，我亲眼看见的"
    house.case(kind=Kind.TIP_OFF, problem="3.3", words=words, accused="区民政局")
    count_milestones(house.deployment.database)
    assert house.get("chen", "/staff/office/brief") == before
    assert house.browser("min").get("/staff/office/brief").status_code == 404


def test_a_round_tells_how_far_its_duty_is(house: House) -> None:
    assert "还没定" in house.get("chen", "/staff/office/plan")
    at = planned(house)
    assert "去了0家，共2家" in house.get("chen", "/staff/office/plan")
    house.post("chen", f"{at}/units/MZ/visit", day="2022-06-06", text="都好")
    assert "去了1家，共2家" in house.get("chen", "/staff/office/plan")


def test_a_spot_check_is_told_by_its_draw_and_done_by_its_last_unit(house: House) -> None:
    """The frame may lie ready before August; a draw before August is none of August's."""
    drawn(house, frozen(house, b"1" * 32))
    assert "还没定" in spot_check_line(house)
    number = frozen(house, b"2" * 32)
    assert "等公开号码" in spot_check_line(house)
    house.browsers.clear()
    with clock.stopped_at(datetime.fromisoformat("2022-08-02T09:00+08:00")):
        with house.deployment.database.writing() as session:
            check = the_check(session, number)
            by = house.hand(session, "lu", check.version)
            revealing.reveal(session, check, by=by, public_number=NUMBER, stands="开奖公告")
            units = list(assigning.without_team(session, check))
            by = house.hand(session, "lu", check.version)
            team = [house.deployment.staff_id(session, name) for name in ("min", "tui")]
            assigning.make_team(session, check, by=by, members=team, units=units)
        for done, unit in enumerate(units):
            if done in {0, len(units) - 1}:
                assert f"抽了，查完{done}家，共{len(units)}家" in spot_check_line(house)
                assert is_near(house)
            with house.deployment.database.writing() as session:
                check = the_check(session, number)
                at = Place(check, session.get_one(CheckedUnit, (check.id, unit)))
                by = house.hand(session, "min", check.version)
                checking.conclude(session, at, by=by, words=Proof("查完了"))
        assert f"抽了，查完{len(units)}家，共{len(units)}家" in spot_check_line(house)
        assert not is_near(house)


def spot_check_line(house: House) -> str:
    """What the plan says of the spot check."""
    page = house.get("chen", "/staff/office/plan")
    return page.split("重点抽查，比例")[-1].split("</li>")[0]


def is_near(house: House) -> bool:
    """Whether the office still has to do something about it by the end of August."""
    with (
        clock.stopped_at(datetime.fromisoformat("2022-08-31T09:00+08:00")),
        house.deployment.database.reading() as session,
    ):
        return any(
            one.due.duty.task is Task.SPOT_CHECK for one in near_duties(session, book(session))
        )


@pytest.mark.parametrize(
    ("name", "since", "told"),
    [
        ("chen", "2022-06-12T20:00+08:00", True),
        ("chen", "2022-06-13T08:00+08:00", False),
        ("min", "2022-05-01T08:00+08:00", False),
    ],
)
def test_a_duty_is_news_a_week_before_its_day(
    house: House, name: str, since: str, *, told: bool
) -> None:
    """On 13 June the return of the 20th has come near; only the office hears of it from here."""
    assert house.post("chen", "/staff/office/plan/done", **MARK).status_code == 303
    with (
        clock.stopped_at(datetime.fromisoformat("2022-06-13T09:00+08:00")),
        house.deployment.database.reading() as session,
    ):
        here = book(session)
        staff_id = house.deployment.staff_id(session, name)
        access = Access.of(session.get_one(Staff, staff_id), here)
        assert brings_work(session, access, here, datetime.fromisoformat(since)) is told
