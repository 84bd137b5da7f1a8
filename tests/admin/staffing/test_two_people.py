"""What gives somebody power takes two people; neither of them can become him, nor help himself."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from admin.accounts import second_factor
from admin.accounts.credential import Credential
from admin.staffing.staff_change import StaffChange
from intake.cases.event import Event
from portal.foundation import clock
from portal.foundation.staff import Post, Role, Staff
from tests.admin.staffing.staffing import HOW, NEW, Staffing
from tests.deployments import PASSWORD, token_on


def posts_of(house: Staffing, name: str) -> set[tuple[str, str]]:
    with house.deployment.database.reading() as session:
        person = session.scalars(select(Staff).where(Staff.name == name)).first()
        return {(one.unit_code, one.role.value) for one in person.posts} if person else set()


def enrol(house: Staffing, link: str, word: str) -> int:
    """Open an account with a link and a word; returns the status."""
    client = house.deployment.staff.test_client()
    found = client.get(link)
    if found.status_code != 200:
        return found.status_code
    page = found.text
    key = page.split("<code>")[1].split("</code>")[0].replace(" ", "")
    code = second_factor.code_of(base64.b32decode(key), second_factor.step_at(clock.now()))
    offered = page.split('name="offered"')[1].split('value="')[1].split('"')[0]
    typed = {"code": code, "offered": offered, "word": word}
    passwords = {"password": PASSWORD, "password_again": PASSWORD}
    return client.post(link, data={**token_on(client, link), **typed, **passwords}).status_code


def test_a_new_person_takes_two_and_both_halves(on_each: Staffing) -> None:
    path = on_each.ask("guan", "new", **NEW)
    assert posts_of(on_each, "xin") == set()
    assert "有1件人员变动等您定" in on_each.get("lu", "/staff/cases")
    page = on_each.get("lu", path)
    for said in ("辛同志", "登录名 xin", "区民政局", "经办人", "本人当面来", "管同志"):
        assert said in page
    word = on_each.word("lu", path)
    assert posts_of(on_each, "xin") == {("MZ", "officer")}
    link = on_each.link("guan", path)
    assert enrol(on_each, link, "") == 422
    assert enrol(on_each, link, "0000 0000 0") == 422
    assert enrol(on_each, link, word.lower()) == 303
    assert enrol(on_each, link, word) == 404
    assert on_each.post("guan", f"{path}/link").status_code == 409


def test_who_asked_cant_agree_nor_can_whom_it_concerns(house: Staffing) -> None:
    path = house.ask("guan", "new", **NEW)
    answer = house.post("guan", f"{path}/agree")
    assert (answer.status_code, "提出的人不能自己同意" in answer.text) == (409, True)
    lu = house.id_of("lu")
    own = house.ask("guan", f"{lu}/posts", unit="MZ", role="head")
    answer = house.post("lu", f"{own}/agree")
    assert (answer.status_code, "自己" in answer.text) == (409, True)
    assert posts_of(house, "lu") == {("BGS", "office_head")}
    # The other administrator may.
    assert house.post("wei", f"{own}/agree").status_code == 303
    assert posts_of(house, "lu") == {("BGS", "office_head"), ("MZ", "head")}


def test_nobody_asks_for_himself(house: Staffing) -> None:
    me = house.id_of("guan")
    sent = {"unit": "MZ", "role": "head", "how": "paper"}
    answer = house.post("guan", f"/staff/people/{me}/posts", **sent)
    assert (answer.status_code, "给自己加岗位" in answer.text) == (409, True)
    assert house.post("guan", f"/staff/people/{me}/link", how="paper").status_code == 409


@pytest.mark.parametrize("name", ["chen", "zheng", "gong", "shen", "ji"])
def test_others_neither_see_nor_decide(house: Staffing, name: str) -> None:
    path = house.ask("guan", "new", **NEW)
    house.get(name, path, 404)
    assert house.post(name, f"{path}/agree").status_code == 404
    assert posts_of(house, "xin") == set()


def test_a_hand_in_discipline_inspection_is_discipline_inspection_s_to_give(
    house: Staffing,
) -> None:
    """Or the office would appoint who looks into it."""
    path = house.ask("guan", "new", **{**NEW, "unit": "JW", "role": "discipline"})
    for name in ("lu", "wei"):
        assert house.post(name, f"{path}/agree").status_code == 404
    assert "辛同志" in house.get("ji", "/staff/people")
    house.word("ji", path)
    assert posts_of(house, "xin") == {("JW", "discipline")}
    own = house.ask("guan", f"{house.id_of('ji')}/link")
    assert house.post("lu", f"{own}/agree").status_code == 404
    assert house.post("ji", f"{own}/agree").status_code == 404


def test_a_new_link_leaves_the_owner_as_he_is_and_tells_him(house: Staffing) -> None:
    path = house.ask("guan", f"{house.id_of('min')}/link", how="known_telephone")
    first = house.browser("min")
    word = house.word("wei", path)
    link = house.link("guan", path)
    assert first.get("/staff/cases").status_code == 200
    page = house.get("min", "/staff/account")
    assert "发了开户链接" in page
    assert "管同志" in page
    assert enrol(house, link, word) == 303
    assert first.get("/staff/cases").status_code == 303


def test_a_newer_agreement_ends_an_older_link(house: Staffing) -> None:
    paths = [house.ask("guan", f"{house.id_of('min')}/link") for _ in range(2)]
    word = house.word("lu", paths[0])
    link = house.link("guan", paths[0])
    house.word("lu", paths[1])
    assert enrol(house, link, word) == 404


def test_words_are_guessed_slowly(house: Staffing) -> None:
    path = house.ask("guan", f"{house.id_of('min')}/link")
    word = house.word("lu", path)
    link = house.link("guan", path)
    for _ in range(5):
        assert enrol(house, link, "0000 0000 0") == 422
    assert enrol(house, link, word) == 422


def test_a_change_lapses_after_seven_days_and_its_link_after_two(house: Staffing) -> None:
    begun = clock.now()
    with clock.stopped_at(begun):
        late = house.ask("guan", "new", **NEW)
        link = house.ask("guan", f"{house.id_of('min')}/link")
        house.word("lu", link)
    house.browsers.clear()
    with clock.stopped_at(begun + timedelta(hours=48)):
        assert house.post("guan", f"{link}/link").status_code == 409
    house.browsers.clear()
    with clock.stopped_at(begun + timedelta(days=7)):
        assert house.post("lu", f"{late}/agree").status_code == 409
        assert "作废" in house.get("guan", late)
    assert posts_of(house, "xin") == set()


def test_refused_and_taken_back_nothing_happens(house: Staffing) -> None:
    refused, taken = house.ask("guan", "new", **NEW), house.ask("guan", "new", **NEW)
    assert house.post("lu", f"{refused}/refuse").status_code == 303
    assert house.post("guan", f"{taken}/take-back").status_code == 303
    for path in (refused, taken):
        assert house.post("lu", f"{path}/agree").status_code == 409
    assert posts_of(house, "xin") == set()


def test_a_change_written_or_altered_by_hand_is_none(house: Staffing) -> None:
    path = house.ask("guan", f"{house.id_of('min')}/posts", unit="ST05", role="officer")
    key = path.rpartition("/")[2]
    writing = house.deployment.database.writing
    for forged in ({"proposed_by": house.id_of("chen")}, {"staff_id": house.id_of("chen")}):
        with writing() as session:
            row = session.scalars(select(StaffChange).where(StaffChange.key == key)).one()
            was = {name: getattr(row, name) for name in forged}
            session.execute(update(StaffChange).values(**forged))
        assert house.post("lu", f"{path}/agree").status_code == 404, forged
        with writing() as session:
            session.execute(update(StaffChange).values(**was))
    assert house.post("lu", f"{path}/agree").status_code == 303


def test_an_agreement_written_by_hand_gives_no_link(house: Staffing) -> None:
    path = house.ask("guan", f"{house.id_of('min')}/link")
    with house.deployment.database.writing() as session:
        forged = {"outcome": "agreed", "decided_by": house.id_of("lu"), "decided_at": clock.now()}
        session.execute(update(StaffChange).values(**forged))
    assert house.post("guan", f"{path}/link").status_code in {404, 409}
    with house.deployment.database.reading() as session:
        assert session.get_one(Credential, house.id_of("min")).enrolment_hash is None


def test_how_he_made_sure_is_asked_and_kept_as_a_code(house: Staffing) -> None:
    sent = {**NEW, "how": ""}
    answer = house.post("guan", "/staff/people/new", **sent)
    assert (answer.status_code, "请选怎么确认的" in answer.text) == (422, True)
    house.ask("guan", "new", **{**NEW, "how": "paper"})
    with house.deployment.database.reading() as session:
        found = session.scalars(select(Event).where(Event.name == "staff_change_proposed")).one()
        assert found.facts["how"] == "paper"
        assert "xin" not in str(found.facts)


def test_only_administrators_ask(house: Staffing) -> None:
    for name in ("lu", "ji", "zheng"):
        assert house.post(name, "/staff/people/new", **NEW).status_code == 404


def test_two_who_agree_at_once_are_told_apart(house: Staffing) -> None:
    path = house.ask("guan", "new", **NEW)
    house.word("lu", path)
    assert house.post("wei", f"{path}/agree").status_code == 409


def test_a_taken_name_is_told(house: Staffing) -> None:
    answer = house.post("guan", "/staff/people/new", **{**NEW, "name": "min"})
    assert (answer.status_code, "有人在用" in answer.text) == (409, True)
    wrong = {**NEW, "role": Role.CHECKER.value}
    assert house.post("guan", "/staff/people/new", **wrong).status_code == 409


def test_a_role_counts_where_it_belongs_alone(house: Staffing) -> None:
    """Or the office makes somebody of discipline inspection elsewhere, who then decides there."""
    house.deployment.add_staff("pal", ("MZ", Role.DISCIPLINE))
    house.deployment.add_staff("boss", ("MZ", Role.OFFICE_HEAD))
    path = house.ask("guan", f"{house.id_of('chen')}/posts", unit="JW", role="discipline")
    assert house.post("pal", f"{path}/agree").status_code == 404
    other = house.ask("guan", f"{house.id_of('chen')}/posts", unit="ST05", role="officer")
    assert house.post("boss", f"{other}/agree").status_code == 404
    house.get("boss", other, 404)
    assert posts_of(house, "chen") == {("BGS", "office")}


@pytest.mark.parametrize("role", ["discipline", "office", "office_head"])
def test_no_page_gives_such_a_role_elsewhere(house: Staffing, role: str) -> None:
    sent = {"unit": "MZ", "role": role, **HOW}
    answer = house.post("guan", f"/staff/people/{house.id_of('chen')}/posts", **sent)
    assert (answer.status_code, "请换一个单位" in answer.text) == (409, True)


def test_the_word_of_one_change_opens_no_link_of_another(house: Staffing) -> None:
    """Or who asked for one and agreed to the other holds both halves."""
    chen = house.id_of("chen")
    first = house.ask("guan", f"{chen}/link")
    house.word("lu", first)
    second = house.ask("wei", f"{chen}/link")
    word = house.word("guan", second)
    assert house.post("guan", f"{first}/link").status_code == 409
    assert enrol(house, house.link("wei", second), word) == 303


def test_a_link_agreed_to_before_a_greater_post_opens_nothing(house: Staffing) -> None:
    chen = house.id_of("chen")
    fetched, waits = house.ask("guan", f"{chen}/link"), house.ask("guan", f"{chen}/link")
    word = house.word("lu", fetched)
    link = house.link("guan", fetched)
    house.deployment.add_staff("chen", ("MZ", Role.OFFICER))
    assert enrol(house, link, word) == 404
    house.word("lu", waits)
    post = house.ask("guan", f"{chen}/posts", unit="JW", role="discipline")
    assert house.post("ji", f"{post}/agree").status_code == 303
    assert house.post("guan", f"{waits}/link").status_code == 409


def test_a_link_is_fetched_only_if_who_agreed_may_decide_still(house: Staffing) -> None:
    path = house.ask("guan", f"{house.id_of('chen')}/link")
    house.word("lu", path)
    house.deployment.add_staff("chen", ("JW", Role.DISCIPLINE))
    assert house.post("guan", f"{path}/link").status_code == 409


def test_what_somebody_asked_for_ends_with_his_post(house: Staffing) -> None:
    path = house.ask("guan", "new", **NEW)
    person = house.id_of("guan")
    sent = {"unit": "BGS", "role": "system_admin"}
    assert house.post("lu", f"/staff/people/{person}/take-post", **sent).status_code == 303
    assert "撤回" in house.get("lu", path)
    assert house.post("wei", f"{path}/agree").status_code == 409
    assert posts_of(house, "xin") == set()


def test_nobody_agrees_to_what_somebody_without_a_post_asked_for(house: Staffing) -> None:
    """Even where the post went by another way than the page."""
    path = house.ask("guan", "new", **NEW)
    with house.deployment.database.writing() as session:
        session.execute(delete(Post).where(Post.staff_id == house.id_of("guan")))
    assert house.post("wei", f"{path}/agree").status_code == 409
