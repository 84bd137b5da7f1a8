"""Who is in charge is changed through the real site: added, ended, replaced, and what is refused
keeps what was typed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from intake.cases.assignment import Assignment
from intake.cases.case import Case
from intake.cases.event import Event
from portal.campaign.responsibility import Responsibility
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.admin.house import PEOPLE
from tests.admin.responsibilities.office import BASIS, LIST, NEW, Office, numbers_on
from tests.deployments import CAMPAIGNS

TODAY = date(2022, 6, 6)
PLAN = "《实施方案》四(二)：谁主管、谁负责"
JULY = datetime(2022, 7, 1, 4, 0, tzinfo=UTC)


def unit_of(office: Office, number: str) -> str:
    with office.house.deployment.database.reading() as session:
        return session.scalars(select(Case.unit_code).where(Case.number == number)).one()


def events(office: Office) -> list[tuple[str, int | None, dict[str, int]]]:
    with office.house.deployment.database.reading() as session:
        found = session.scalars(
            select(Event).where(Event.name.startswith("responsibility_")).order_by(Event.seq)
        )
        return [(one.name, one.staff_id, one.facts) for one in found]


def test_a_row_is_added_after_its_effect_was_seen(office: Office) -> None:
    case = office.house.case()
    shown = office.look("/new", **NEW)
    assert shown.status_code == 200
    assert "有1件会分到别处" in shown.text
    assert numbers_on(shown.text) == [case]
    assert office.rows() == []

    answer = office.press_save(shown, "/new", **NEW)

    assert answer.location.endswith(f"{LIST}?done=new")
    assert office.rows() == [("TY", BASIS, TODAY, None)]
    page = office.get("?policy=MZ11&done=new")
    assert "已加一行" in page
    assert "chen同志，2022年6月6日加" in page
    assert "随方案装入" in page
    [(name, by, facts)] = events(office)
    assert (name, facts) == (
        "responsibility_added",
        {"responsibility": office.row_id("MZ11", "1.2")},
    )
    with office.house.deployment.database.reading() as session:
        assert by == office.house.deployment.staff_id(session, "chen")


def test_new_reports_follow_the_row_and_old_ones_stay(office: Office) -> None:
    before = office.house.case()
    office.save("/new", **NEW)
    after = office.house.case(submission="after")
    assert (unit_of(office, before), unit_of(office, after)) == ("MZ", "TY")
    with office.house.deployment.database.reading() as session:
        kept = session.scalars(select(Assignment.responsibility_id).order_by(Assignment.id)).all()
    assert kept == [office.row_id("MZ11", None), office.row_id("MZ11", "1.2")]


def test_a_row_for_a_later_day_waits_for_it(office: Office) -> None:
    office.save("/new", **{**NEW, "valid_from": "2022-07-01"})
    assert unit_of(office, office.house.case()) == "MZ"
    assert BASIS not in office.get("?policy=MZ11")
    assert "2022年7月1日起" in office.get("?policy=MZ11&when=later")
    with clock.stopped_at(JULY):
        office.house.browsers.clear()
        assert unit_of(office, office.house.case(submission="july")) == "TY"


def test_the_public_sees_it_at_once(office: Office) -> None:
    citizen = office.house.deployment.citizen()
    page = "/responsibilities?policy=MZ11"
    name = "退役军人"
    assert name not in citizen.get(page).text
    office.save(f"/{office.row_id()}/replace", unit="TY", basis=BASIS, valid_from="2022-06-06")
    assert name in citizen.get(page).text


def test_a_unit_is_replaced_from_a_day_on(office: Office) -> None:
    row_id = office.row_id()
    typed = {"unit": "TY", "basis": BASIS, "valid_from": "2022-07-01"}
    assert office.save(f"/{row_id}/replace", **typed).status_code == 303
    assert office.rows(problem=None) == [
        ("MZ", PLAN, date(2022, 5, 31), date(2022, 6, 30)),
        ("TY", BASIS, date(2022, 7, 1), None),
    ]
    assert [name for name, *_ in events(office)] == ["responsibility_ended", "responsibility_added"]
    assert unit_of(office, office.house.case()) == "MZ"
    page = office.get(f"/{row_id}")
    assert "2022年7月1日起" in page
    assert "不能再改" in page
    with clock.stopped_at(JULY):
        office.house.browsers.clear()
        assert unit_of(office, office.house.case(submission="july")) == "TY"
        assert "chen同志，2022年6月6日停用" in office.get("?policy=MZ11&when=before")


def test_a_row_ends_and_the_office_decides(office: Office) -> None:
    case = office.house.case()
    shown = office.look(f"/{office.row_id()}/end", valid_to="2022-06-05")
    assert "由办公室来定" in shown.text
    assert numbers_on(shown.text) == [case]
    answer = office.press_save(shown, f"/{office.row_id()}/end", valid_to="2022-06-05")
    assert answer.status_code == 303
    assert unit_of(office, case) == "MZ"
    assert unit_of(office, office.house.case(submission="after")) == "BGS"


def test_a_row_that_has_not_begun_is_taken_back(office: Office) -> None:
    office.save("/new", **{**NEW, "valid_from": "2022-07-01"})
    row_id = office.row_id("MZ11", "1.2")
    assert "撤回" in office.get(f"/{row_id}")
    assert office.save(f"/{row_id}/end", valid_to="2022-06-06").status_code == 303
    assert office.rows() == [("TY", BASIS, date(2022, 7, 1), date(2022, 6, 30))]
    assert "撤回了，没有用" in office.get("?policy=MZ11&when=before")
    assert "不能再改" in office.get(f"/{row_id}")
    assert office.save("/new", **{**NEW, "valid_from": "2022-07-01"}).status_code == 303


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"unit": ""}, "请选单位"),
        ({"basis": "  "}, "请写依据"),
        ({"basis": "据" * 401}, "依据最多400个字"),
        ({"valid_from": "2022-06-05"}, "以前的日子不能改"),
        ({"valid_from": "下个月"}, "日期要这样写"),
        ({"valid_from": "9022-06-06"}, "看看年份"),
        ({"place": "没有这个街"}, "没有找到“没有这个街”"),
        ({"problem": ""}, "同一格那时候已经有一行：区民政局，2022年5月31日起"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    office: Office, typed: dict[str, str], told: str
) -> None:
    sent = {**NEW, "place": "民意街道", "basis": "三定方案第九条", **typed}
    if "problem" in typed:
        sent["place"] = ""
    answer = office.look("/new", **sent)
    assert answer.status_code == 422
    assert told in answer.text
    kept = sent["basis"].strip() if "basis" not in typed else sent["valid_from"]
    assert kept in answer.text
    assert 'name="save"' not in answer.text


def test_codes_that_nobody_offered_are_refused(office: Office) -> None:
    for typed in ({"policy": "NO1"}, {"problem": "9.9"}, {"unit": "NOBODY"}, {"kind": "ticket"}):
        assert office.look("/new", **{**NEW, **typed}).status_code == 422
    without_desk = next(
        code
        for code, unit in office.book.units.items()
        if not unit.desk and unit.kind != "superior"
    )
    assert office.look("/new", **{**NEW, "unit": without_desk}).status_code == 422


def test_a_place_is_found_by_its_name(office: Office) -> None:
    street = next(p for p in office.book.places.values() if p.kind == "street")
    assert office.save("/new", **{**NEW, "place": street.name}).status_code == 303
    with office.house.deployment.database.reading() as session:
        row = session.get_one(Responsibility, office.row_id("MZ11", "1.2"))
    assert row.place_code == street.code
    assert street.name in office.get("?policy=MZ11")


def test_an_end_is_set_once_and_never_back_in_time(office: Office) -> None:
    row_id = office.row_id()
    early = office.look(f"/{row_id}/end", valid_to="2022-06-04")
    assert (early.status_code, "最早到昨天" in early.text) == (422, True)
    assert office.save(f"/{row_id}/end", valid_to="2022-08-31").status_code == 303
    again = office.look(f"/{row_id}/end", valid_to="2022-07-31")
    assert (again.status_code, "已经定了" in again.text) == (422, True)
    assert office.rows(problem=None)[0][3] == date(2022, 8, 31)


def test_saving_shows_the_effect_first_and_again_when_the_form_was_changed(office: Office) -> None:
    unseen = office.look("/new", **NEW, save="yes")
    assert (unseen.status_code, office.rows()) == (200, [])
    changed = office.press_save(unseen, "/new", **{**NEW, "unit": "RS"})
    assert (changed.status_code, office.rows()) == (200, [])
    assert office.press_save(changed, "/new", **{**NEW, "unit": "RS"}).status_code == 303


def test_the_later_of_two_editors_gets_his_form_back(office: Office) -> None:
    mine = office.look("/new", **NEW)
    office.save(f"/{office.row_id('MZ01')}/end", "lu", valid_to="2022-06-30")
    answer = office.press_save(mine, "/new", **NEW)
    assert answer.status_code == 409
    assert "lu同志改的，2022年6月6日 12:00" in answer.text
    assert BASIS in answer.text
    assert office.rows() == []
    shown = office.house.post("chen", f"{LIST}/new", **{**office.main_form(answer.text), **NEW})
    assert office.press_save(shown, "/new", **NEW).status_code == 303


def test_publishing_a_result_meanwhile_disturbs_nobody(office: Office) -> None:
    mine = office.look("/new", **NEW)
    office.count_revision()
    assert office.press_save(mine, "/new", **NEW).status_code == 303


def test_the_room_is_the_office_s(office: Office) -> None:
    row_id = office.row_id()
    office.house.deployment.add_staff("else", ("MZ", Role.OFFICE))
    names = [name for name, (_, role) in PEOPLE.items() if not role.value.startswith("office")]
    for name in [*names, "else"]:
        browser = office.house.browser(name)
        for path in ("", "/new", f"/{row_id}", f"/{row_id}/end", "/import", "/table.xlsx"):
            assert browser.get(LIST + path).status_code == 404, (name, path)
        assert LIST not in browser.get("/staff/account").text or name == "else"
    for name in names:
        assert office.house.post(name, f"{LIST}/new", **NEW, save="yes").status_code == 404
    assert "谁主管" in office.house.get("lu", "/staff/office")
    for path in ("/99999", "/99999/end"):
        assert office.house.browser("chen").get(LIST + path).status_code == 404


def test_a_list_is_narrowed_by_its_address(office: Office) -> None:
    page = office.get("?unit=JRJ&policy=nothing")
    assert page.count("<tr>") == 1 + 4
    assert office.get("?when=later").count("<tr>") == 0
    assert "下一页" in office.get()
    assert "上一页" in office.get("?page=2")


def test_on_each_database_a_change_is_whole(office_on_each_database: Office) -> None:
    office = office_on_each_database
    case = office.house.case()
    typed = {"unit": "TY", "basis": BASIS, "valid_from": "2022-06-06"}
    shown = office.look(f"/{office.row_id()}/replace", **typed)
    assert numbers_on(shown.text) == [case]
    assert office.press_save(shown, f"/{office.row_id()}/replace", **typed).status_code == 303
    assert unit_of(office, office.house.case(submission="after")) == "TY"
    assert office.house.deployment.run("verify-audit").exit_code == 0


def test_loading_the_campaign_again_keeps_what_the_office_did(office: Office) -> None:
    office.save("/new", **NEW)
    office.save(f"/{office.row_id()}/end", valid_to="2022-06-30")
    rows = [*office.rows(), *office.rows(problem=None)]
    loaded = office.house.deployment.run("campaign", "load", str(CAMPAIGNS / "jianghan-2022"))
    assert loaded.exit_code == 0, loaded.output
    assert [*office.rows(), *office.rows(problem=None)] == rows
