"""Mistakes on the site that belong to the sealed class: its key alone opens them, and they exist
for nobody who hasn't unlocked it."""

from __future__ import annotations

import pytest

from admin.mistakes.handing_on import hand_on_mistakes
from admin.sealed_class.founding import found_class, pin_class
from intake.cases.site_mistake import SiteMistake
from intake.vault.holders import REPORTER, SEALED
from intake.vault.sealing import KeyPair
from tests.admin.desk.people import Desks
from tests.admin.house import House
from tests.admin.mistakes.test_accused import MISREAD, holders
from tests.admin.mistakes.test_mistakes import LIST, answers, pointed_out, stored
from tests.admin.sealed_class.readers import discipline_browser, not_founded, without_passphrase
from tests.deployments import PASSPHRASE, Deployment
from tests.intake.pages.journey import show
from tests.intake.pages.mistakes import ACCUSES, point_out


@pytest.fixture
def locked(house_on_each: House) -> House:
    """Discipline inspection's browser hasn't unlocked the class; nobody has written anything."""
    house_on_each.browsers["ji"] = house_on_each.deployment.officer("ji", unlocks=False)
    return house_on_each


def test_what_accuses_the_office_is_the_readers_alone(locked: House) -> None:
    house = locked
    nothing, told = house.get("ji", LIST), house.get("shen", "/staff/events").count("找错")
    number, code = pointed_out(house, ACCUSES)

    assert (stored(house, number).sealed, stored(house, number).unit_code) == (True, "JW")
    assert holders(house, number) == {SEALED, REPORTER}
    assert house.get("ji", LIST) == nothing
    assert house.get("shen", "/staff/events").count("找错") == told
    for act in ("", "/case", "/office"):
        house.get("ji", f"{LIST}/{number}{act}", status=405 if act == "/office" else 404)
    assert answers(house, number, by="ji") == 404
    assert house.post("ji", f"{LIST}/{number}/office", version="1").status_code == 404
    assert hand_on_mistakes(house.deployment.database) == 0
    ordinary, _ = pointed_out(house, "首页有错字")
    assert holders(house, ordinary) == {"BGS", REPORTER}

    house.browsers["ji"] = house.deployment.officer("ji")
    assert ACCUSES in house.get("ji", f"{LIST}/{number}")
    assert answers(house, number, by="ji", outcome="not_about_site", text="请改用我要反映。") == 303
    assert "请改用我要反映。" in show(house.deployment.citizen(), code).text


def test_what_was_misread_a_reader_gives_back(house: House) -> None:
    number, _ = pointed_out(house, MISREAD)
    assert holders(house, number) == {SEALED, REPORTER}
    assert house.post("ji", f"{LIST}/{number}/office", version="1").status_code == 303

    assert (stored(house, number).sealed, holders(house, number)) == (False, {"BGS", REPORTER})
    assert hand_on_mistakes(house.deployment.database) == 0
    assert MISREAD in house.get("chen", f"{LIST}/{number}")


def test_what_came_before_goes_to_the_class_by_a_fresh_key(on_each_database: Deployment) -> None:
    """Whether it came before the class was founded, or before the class took mistakes."""
    desks, deployment = Desks(on_each_database), on_each_database
    not_founded(deployment)
    number, code = point_out(deployment.citizen(), words=ACCUSES, sure="yes").receipt
    other, _ = point_out(deployment.citizen(), words="首页有错字", sure="yes").receipt
    house = House(deployment)
    with deployment.database.writing() as session:
        session.query(SiteMistake).where(SiteMistake.number == number).one().sealed = False
    assert holders(house, number) == {"JW", REPORTER}
    words = stored(house, number).sealed_words
    discipline_browser(desks, "officer")
    assert hand_on_mistakes(deployment.database) == 1
    assert stored(house, number).sealed
    assert number not in desks.get("officer", LIST).text

    printed = KeyPair.fresh()
    with deployment.database.writing() as session:
        pair = found_class(session, printed.public)
    pin_class(deployment.settings, printed.public)
    with without_passphrase(deployment) as database:
        assert hand_on_mistakes(database) == 1
        assert hand_on_mistakes(database) == 0

    assert holders(house, number) == {SEALED, REPORTER}
    assert holders(house, other) == {"BGS", REPORTER}
    # Under another pair than before: its head names another key.
    assert stored(house, number).sealed_words[2:10] != words[2:10]
    assert ACCUSES in show(deployment.citizen(), code).text
    deployment.__dict__["_class_pair"] = pair
    discipline_browser(desks, "reader", reads=True)
    assert (
        desks.at("reader")
        .post("/staff/sealed/unlock", data={**desks.token("reader"), "passphrase": PASSPHRASE})
        .status_code
        == 303
    )
    assert ACCUSES in desks.get("reader", f"{LIST}/{number}").text
