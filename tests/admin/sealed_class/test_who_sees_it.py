"""Who sees anything of a sealed case: its unlocked readers, and discipline inspection a count."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from admin.sealed_class.drilling import note_drill
from admin.system.doctor import findings
from intake.register import register
from intake.vault.compartment import CompartmentKey
from portal.campaign.kinds import Kind
from tests.admin.desk.people import PEOPLE, TIP_OFF, UNCLEAR, Desks
from tests.admin.desk.test_accused import everything
from tests.admin.desk.test_search import ask
from tests.admin.sealed_class.readers import (
    AGAINST_OFFICE,
    SECRET,
    discipline_browser,
    post,
    unlock,
)
from tests.deployments import Deployment
from tests.pages.checks import check_html

# Whoever looks over the shoulder of others, or runs the machine.
PAGES = {
    "auditor": ("/staff/", "/staff/events", "/staff/figures", "/staff/readings", "/staff/closing"),
    "admin": ("/staff/", "/staff/system"),
    "office": ("/staff/", "/staff/office", "/staff/figures", "/staff/closing", "/staff/cases"),
    "clerk": ("/staff/", "/staff/recorded"),
}


def pages_of(desks: Desks, name: str) -> dict[str, bytes]:
    return {path: desks.get(name, path).data for path in PAGES[name]}


def test_nobody_else_finds_a_byte_of_it(desks: Desks) -> None:
    discipline_browser(desks, "reader", reads=True)
    discipline_browser(desks, "officer", reads=True)
    for name in ("mz-officer", "mz-second", *PAGES):
        desks.at(name)
    for _ in range(2):
        desks.case(accused="民政甲经办", words="他态度不好")
    # What somebody reads is in the trail, so that all of it is read before.
    lists = everything(desks, "office")
    before = {name: pages_of(desks, name) for name in PAGES}

    # One that the office is barred from, and one that names the administrator alone.
    numbers = [
        desks.case(TIP_OFF, accused=AGAINST_OFFICE, words=SECRET),
        desks.case(accused="系统甲", words=SECRET),
    ]

    assert {name: pages_of(desks, name) for name in PAGES} == before
    assert everything(desks, "office") == lists
    for name in ("office", "mz-officer", "officer"):
        answers = {
            desks.get(name, f"/staff/cases/{number}").data for number in [*numbers, "JH00000000"]
        }
        assert len(answers) == 1, name
    # The reader opens them, and nothing of that is in the trail either.
    assert unlock(desks, "reader") == 303
    assert sorted(desks.list("reader")) == sorted(numbers)
    assert SECRET in desks.get("reader", f"/staff/cases/{numbers[0]}").text
    trail = desks.get("auditor", "/staff/events").text
    assert "密件：打开" in trail
    assert not [number for number in numbers if number in trail]
    assert desks.get("auditor", "/staff/figures").data == before["auditor"]["/staff/figures"]


def test_discipline_inspection_reads_a_count_and_no_row(desks: Desks) -> None:
    discipline_browser(desks, "officer")
    for words in (SECRET, "他们把钱分了"):
        desks.case(TIP_OFF, accused=AGAINST_OFFICE, words=words)
    desks.case(TIP_OFF, accused="区民政局")

    queue = desks.get("officer", "/staff/cases")
    assert desks.list("officer") == []
    shown = re.sub(r"<[^>]*>|\s", "", queue.text)
    assert "密件2" in shown
    assert "密件2件" in desks.get("officer", "/staff/sealed").text
    # Whom a case names himself isn't told that there is one.
    desks.case(TIP_OFF, accused=f"{AGAINST_OFFICE}、officer同志")
    assert "密件2件" in desks.get("officer", "/staff/sealed").text


def test_the_search_finds_none_even_for_a_reader(desks: Desks) -> None:
    discipline_browser(desks, "reader", reads=True)
    number = desks.case(TIP_OFF, accused=AGAINST_OFFICE, words=SECRET)
    unlock(desks, "reader")

    assert number not in ask(desks, "reader", "青萝巷口").text


@pytest.mark.parametrize("name", ["office", "mz-head", "auditor", "admin", "publisher"])
def test_its_page_is_for_discipline_inspection_alone(desks: Desks, name: str) -> None:
    assert name in PEOPLE
    assert desks.get(name, "/staff/sealed").status_code == 404
    assert post(desks, name, "unlock", passphrase="x").status_code == 404


def test_one_of_another_body_is_no_reader(desks: Desks) -> None:
    from portal.foundation.staff import Role

    desks.deployment.add_staff("elsewhere", ("SJW", Role.DISCIPLINE), display="别处的人")
    assert desks.get("elsewhere", "/staff/sealed").status_code == 404


def test_readyz_doctor_and_the_office_say_what_is_lacking(desks: Desks) -> None:
    deployment = desks.deployment
    with deployment.database.writing() as session:
        note_drill(session)

    def said() -> tuple[str, str, bool]:
        ready = deployment.staff.test_client().get("/readyz").get_json()["sealed"]
        page = desks.get("office", "/staff/cases").text
        with deployment.database.reading() as session:
            lacking = [one.english for one in findings(session, deployment.settings)]
        told = next((s for s in ("没有阅读人", "没有第二位阅读人") if f"密件还{s}" in page), "")
        return ready, told, any("sealed class" in one for one in lacking)

    assert said() == ("sealed class has no reader", "没有阅读人", True)
    discipline_browser(desks, "first", reads=True)
    assert said() == ("ok", "没有第二位阅读人", True)
    discipline_browser(desks, "second", reads=True)
    assert said() == ("ok", "", False)


def test_a_sealed_case_is_given_to_nobody_else_and_ends_by_two_readers(desks: Desks) -> None:
    number = desks.case(TIP_OFF, accused=AGAINST_OFFICE, words=SECRET)
    for name in ("reader", "second"):
        discipline_browser(desks, name, reads=True)
        unlock(desks, name)
    sorting = desks.get("reader", f"/staff/cases/{number}/sort").text
    assert 'value="MZ"' not in sorting
    for act in ("assist", "verify"):
        assert desks.get("reader", f"/staff/cases/{number}/{act}").status_code == 409
    refused = desks.act("reader", number, "note", audience="myself", words="只给我自己")
    assert refused.status_code == 422

    for name, act, words in (
        ("reader", "look", ""),
        ("reader", "sign-for", ""),
        ("reader", "accept", ""),
        ("reader", "draft", "查过了，已经处理。"),
        ("second", "sign", ""),
    ):
        answer = desks.act(name, number, act, words=words)
        assert answer.status_code == 303, (act, answer.text)


def test_its_pages_are_as_all_pages_are(desks: Desks) -> None:
    discipline_browser(desks, "reader", reads=True)
    discipline_browser(desks, "second")

    def looks(name: str, *paths: str) -> None:
        for path in paths:
            page = desks.get(name, path)
            assert page.status_code == 200, path
            assert check_html(page.text) == [], path

    looks("second", "/staff/sealed", "/staff/sealed/recovery", "/staff/sealed/accept")
    looks("reader", "/staff/sealed", "/staff/sealed/invite", "/staff/sealed/passphrase")
    given_back = post(desks, "reader", "unlock", passphrase="")
    assert check_html(given_back.text) == []
    assert check_html(post(desks, "reader", "invite", passphrase_proof="").text) == []
    unlock(desks, "reader")
    looks("reader", "/staff/sealed", "/staff/cases")
    assert desks.get("second", "/staff/sealed/invite").status_code == 404


@pytest.mark.parametrize(
    ("campaign", "street"), [("deployment", "民意街"), ("caidian", "蔡甸街道")]
)
@pytest.mark.parametrize("lower", ["{}纪工委", "街道纪工委", "{}的监察办", "区里的派驻组"])
def test_what_accuses_a_lower_level_of_discipline_inspection_goes_above_it(
    campaign: str, street: str, lower: str, request: pytest.FixtureRequest
) -> None:
    deployment: Deployment = request.getfixturevalue(campaign)
    words = f"{lower.format(street)}的人收了红包，贪污补贴的钱。"
    draft = replace(UNCLEAR, kind=Kind.TIP_OFF, words=words, submission="lower")
    with deployment.database.writing() as session:
        case = register(session, draft).case
        holders = {key.holder for key in session.scalars(select(CompartmentKey))}
        assert case.unit_code == "SJW"
    assert not holders & {"JW", "BGS"}
