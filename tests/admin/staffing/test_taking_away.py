"""What takes power away works at once, by one person; whoever leaves can do nothing from then on,
and what he had in hand goes back to his units."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from admin.accounts.credential import Credential
from admin.accounts.staff_mail import StaffMail
from admin.accounts.work_mail import leave_mail
from admin.desk.proposal import Proposal
from admin.staffing.leaver import LeaverUnit, LeftMatter
from intake.cases.case import Case
from intake.cases.event import Event
from intake.outbox.outbound_text import OutboundText
from intake.rules.lifecycle import State
from portal.foundation.staff import Role, Staff
from tests.admin.staffing.staffing import NEW, Staffing


def events(house: Staffing, name: str) -> list[Event]:
    with house.deployment.database.reading() as session:
        return list(session.scalars(select(Event).where(Event.name == name)))


@pytest.mark.parametrize("by", ["guan", "lu"])
def test_a_post_is_taken_at_once_and_its_sign_ins_end(house: Staffing, by: str) -> None:
    there = house.browser("min")
    path = f"/staff/people/{house.id_of('min')}/take-post"
    assert house.post(by, path, unit="MZ", role="officer").status_code == 303
    assert there.get("/staff/account").status_code == 303
    house.browsers.pop("min")
    assert house.browser("min").get("/staff/cases").status_code == 404
    assert "收回岗位：区民政局经办人" in house.get("min", "/staff/account")
    assert [one.facts["role"] for one in events(house, "post_taken")] == ["officer"]


def test_all_sign_ins_of_another_are_ended(house: Staffing) -> None:
    one, other = house.deployment.officer("min"), house.deployment.officer("min")
    noise = house.browser("zheng")
    path = f"/staff/people/{house.id_of('min')}/end-sign-ins"
    assert house.post("lu", path).status_code == 303
    assert [x.get("/staff/account").status_code for x in (one, other, noise)] == [303, 303, 200]


@pytest.mark.parametrize("by", ["chen", "zheng", "ji", "shen"])
def test_others_take_nothing(house: Staffing, by: str) -> None:
    person = house.id_of("min")
    for step in ("take-post", "end-sign-ins", "leave"):
        answer = house.post(by, f"/staff/people/{person}/{step}", unit="MZ", role="officer")
        assert answer.status_code == 404
    assert house.browser("min").get("/staff/cases").status_code == 200


def test_who_leaves_is_out_with_everything(on_each: Staffing) -> None:
    house = on_each
    there = house.browser("min")
    person = house.id_of("min")
    with house.deployment.database.writing() as session:
        leave_mail(session, person, "min@example.cn")
    waiting = house.ask("guan", f"{person}/posts", unit="ST05", role="officer")
    assert "马上生效" in house.get("guan", f"/staff/people/{person}/leave")
    assert house.post("guan", f"/staff/people/{person}/leave").status_code == 303
    assert there.get("/staff/account").status_code == 303
    with house.deployment.database.reading() as session:
        staff, credential = session.get_one(Staff, person), session.get_one(Credential, person)
        assert (staff.active, staff.posts) == (False, [])
        assert (credential.password_hash, credential.totp_seed) == (None, None)
        assert session.get(StaffMail, person) is None
    assert "撤回了" in house.get("guan", waiting)
    assert house.post("lu", f"{waiting}/agree").status_code == 409


def test_his_cases_and_proposals_go_back_and_the_head_is_told(house: Staffing) -> None:
    number, over = house.case(), house.answered_case(submission="another")
    other = house.case(submission="a third", policy="MZ11")
    house.handle(number, to=State.ACCEPTED)
    for one in (number, over):
        version = version_of(house, one)
        answer = house.post("min", f"/staff/cases/{one}/claim", version=version)
        assert answer.status_code in {303, 409}
    sent = {"version": version_of(house, number), "words": "材料还没有到齐", "days": "3"}
    assert house.post("min", f"/staff/cases/{number}/propose-extension", **sent).status_code == 303
    assert house.post("lu", f"/staff/people/{house.id_of('min')}/leave").status_code == 303
    with house.deployment.database.reading() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        assert case.claimed_by is None
        proposal = session.scalars(select(Proposal)).one()
        assert (proposal.agreed, proposal.decided_at is not None) == (False, True)
    assert len(events(house, "let_go")) == len(events(house, "claimed"))
    assert len(events(house, "proposal_lapsed")) == 1
    assert "有1位离岗的同志手里的事，请您看一遍" in house.get("zheng", "/staff/cases")
    page = house.get("zheng", where(house, "MZ"))
    assert number in page
    assert other not in page
    assert "认领的件" in page
    assert "报批还没有定" in page
    assert house.post("zheng", where(house, "MZ")).status_code == 303
    assert "离岗的同志手里的事" not in house.get("zheng", "/staff/cases")
    assert len(events(house, "leaver_looked_through")) == 1


def test_heads_of_other_units_and_whom_a_case_bars_find_nothing(house: Staffing) -> None:
    number = house.case()
    house.post("min", f"/staff/cases/{number}/claim", version=version_of(house, number))
    house.post("guan", f"/staff/people/{house.id_of('min')}/leave")
    path = where(house, "MZ")
    for name in ("tou", "lu", "ji"):
        house.get(name, path, 404)
        assert house.post(name, path).status_code == 404
        assert "min同志" not in house.get(name, "/staff/leavers")
    with house.deployment.database.writing() as session:
        # What accuses the head is none of his to look through.
        case = session.scalars(select(Case).where(Case.number == number)).one()
        case.unit_code = "ST05"
    assert number not in house.get("zheng", path)


def test_the_administrator_isnt_told_what_he_had(house: Staffing) -> None:
    number = house.case()
    house.post("min", f"/staff/cases/{number}/claim", version=version_of(house, number))
    answer = house.post("guan", f"/staff/people/{house.id_of('min')}/leave")
    page = house.get("guan", answer.location)
    assert number not in page
    assert "他手里的事，各单位的负责人会看到" in page


def test_coming_back_takes_two_and_begins_with_nothing(house: Staffing) -> None:
    house.post("guan", f"/staff/people/{house.id_of('min')}/leave")
    path = house.ask("guan", "new", **{**NEW, "name": "min", "unit": "ST05"})
    with house.deployment.database.reading() as session:
        assert not session.get_one(Staff, house.id_of("min")).active
    house.word("lu", path)
    with house.deployment.database.reading() as session:
        staff = session.get_one(Staff, house.id_of("min"))
        assert staff.active
        assert [post.unit_code for post in staff.posts] == ["ST05"]
        assert session.get_one(Credential, staff.id).password_hash is None


def test_who_could_get_at_the_machine_is_remembered_for_its_keys(house: Staffing) -> None:
    house.post("guan", f"/staff/people/{house.id_of('min')}/leave", had_server="y")
    page = house.get("wei", "/staff/people")
    assert "钥匙要换" in page
    assert "min同志" in page
    assert "keys rotate" in page


def test_the_owner_is_told_by_mail_where_he_left_an_address(house: Staffing) -> None:
    with house.deployment.database.writing() as session:
        leave_mail(session, house.id_of("min"), "min@example.cn")
    house.post("guan", f"/staff/people/{house.id_of('min')}/end-sign-ins")
    house.post("guan", f"/staff/people/{house.id_of('zheng')}/end-sign-ins")
    with house.deployment.database.reading() as session:
        queued = session.execute(select(OutboundText.staff_id, OutboundText.template)).all()
        assert queued == [(house.id_of("min"), "staff_account")]


def test_what_he_left_is_kept_for_each_unit_that_he_served(house: Staffing) -> None:
    house.deployment.add_staff("min", ("ST05", Role.OFFICER))
    house.post("guan", f"/staff/people/{house.id_of('min')}/leave")
    with house.deployment.database.reading() as session:
        assert set(session.scalars(select(LeaverUnit.unit_code))) == {"MZ", "ST05"}
        assert session.scalars(select(LeftMatter)).all() == []


def version_of(house: Staffing, number: str) -> str:
    with house.deployment.database.reading() as session:
        return str(session.scalars(select(Case.version).where(Case.number == number)).one())


def where(house: Staffing, unit: str) -> str:
    with house.deployment.database.reading() as session:
        one = session.scalars(select(LeaverUnit).where(LeaverUnit.unit_code == unit)).one()
        return f"/staff/leavers/{one.leaver_id}/{unit}"


def test_a_unit_that_he_no_longer_served_isnt_told(house: Staffing) -> None:
    number = house.case()
    house.post("min", f"/staff/cases/{number}/claim", version=version_of(house, number))
    with house.deployment.database.writing() as session:
        session.scalars(select(Case)).one().unit_code = "ST05"
    house.post("guan", f"/staff/people/{house.id_of('min')}/leave")
    with house.deployment.database.reading() as session:
        assert session.scalars(select(Case)).one().claimed_by is None
        assert set(session.scalars(select(LeaverUnit.unit_code))) == {"MZ"}
        assert session.scalars(select(LeftMatter)).all() == []
