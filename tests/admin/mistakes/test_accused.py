"""Mistakes on the site and whoever their words accuse: he finds out nothing, the others answer, and
what nobody at the desk may read is handed on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from admin.mistakes.handing_on import hand_on_mistakes
from intake.cases.case import Case
from intake.cases.event import Event
from intake.cases.site_mistake import MistakeOutcome, SiteMistake
from intake.vault.compartment import Compartment
from intake.vault.holders import REPORTER, SEALED
from portal.foundation import clock
from portal.foundation.staff import Role, Staff
from tests.admin.conftest import NOON
from tests.admin.desk.watch import Watch
from tests.admin.house import House
from tests.admin.mistakes.test_mistakes import LIST, answers, pointed_out, registers, stored
from tests.deployments import CAMPAIGNS, Deployment
from tests.intake.pages.journey import show
from tests.intake.pages.mistakes import ACCUSES, point_out
from tests.templates import Templates

OF_MZ = "区民政局的人收了红包，贪污补贴的钱"
OF_ALL = "我举报区纪委监委和领导小组办公室的人收红包，贪污补贴的钱"
# By chance "不对" reads as an accusation of the bureau that the office belongs to.
MISREAD = "区财政局电话不对"


@pytest.fixture(scope="module")
def watch(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watch]:
    """Everybody at his desk, two of the publishing desk who serve another unit too, and a mistake
    that accuses nobody."""
    folder: Path = tmp_path_factory.mktemp("watch")
    with (
        clock.stopped_at(NOON),
        templates.copy(CAMPAIGNS / "jianghan-2022", "sqlite", folder / "data") as made,
    ):
        made.add_staff("both", ("BGS", Role.OFFICE), ("MZ", Role.OFFICER), display="民政丁经办")
        made.add_staff("other", ("BGS", Role.PUBLISHER), ("RS", Role.OFFICER), display="人力丁")
        point_out(made.citizen(), words="首页有错字", sure="yes")
        yield Watch.over(made, folder / "kept.db", more=("both", "other"))


@pytest.mark.parametrize(
    ("words", "accused"),
    [
        (OF_MZ, {"both"}),
        ("办公甲收了别人的钱", {"office"}),
        ("审计甲收了别人的钱", {"auditor"}),
        (ACCUSES, {"both", "other", "office", "office-head", "publisher"}),
    ],
)
def test_every_page_is_to_the_accused_what_it_was(
    watch: Watch, words: str, accused: set[str]
) -> None:
    with clock.stopped_at(NOON):
        watch.begin_again()
        number, _ = point_out(watch.deployment.citizen(), words=words, sure="yes").receipt
        for name in accused:
            assert watch.reads(name) == watch.before[name], name
        for name in accused:
            nowhere = watch.desks.get(name, f"{LIST}/JHZC000000")
            for act in ("", "/case", "/correction"):
                found = watch.desks.get(name, f"{LIST}/{number}{act}")
                assert (found.status_code, found.data) == (404, nowhere.data)
        readers = {"both", "other", "office", "office-head", "publisher"} - accused
        for name in readers or {"discipline"}:
            page = watch.desks.get(name, LIST).text
            assert number in page, name
            assert words not in page, "reading them is an event"
            assert words in watch.desks.get(name, f"{LIST}/{number}").text, name
        assert "2条" in watch.desks.get("office-head", "/staff/office").text or not readers
        # What is sealed leaves no trace in the trail either.
        unseen = "auditor" in accused or words == ACCUSES
        assert (watch.reads("auditor") == watch.before["auditor"]) is unseen


def test_a_colleague_who_isnt_accused_answers(house: House) -> None:
    house.deployment.add_staff("both", ("BGS", Role.PUBLISHER), ("MZ", Role.OFFICER))
    number, code = pointed_out(house, OF_MZ)

    assert answers(house, number, by="both") == 404
    assert answers(house, number) == 303
    assert number in house.get("gong", LIST)
    assert number not in house.get("both", LIST)
    assert "改好了" in show(house.deployment.citizen(), code).text


def test_whom_it_names_in_the_other_field_it_bars_too(house: House) -> None:
    number, _ = pointed_out(house, "有错字", page="gong同志收了别人的钱")

    assert number not in house.get("gong", LIST)
    assert number in house.get("shi", LIST)


def test_what_accuses_the_office_discipline_inspection_answers(house_on_each: House) -> None:
    house = house_on_each
    number, code = pointed_out(house, ACCUSES)
    assert holders(house, number) == {SEALED, REPORTER}
    assert f"{LIST}/{number}/case" in house.get("ji", f"{LIST}/{number}")
    assert answers(house, number, by="ji", outcome="not_about_site", text="请改用我要反映。") == 303

    own = show(house.deployment.citizen(), code).text
    assert "请改用我要反映。" in own
    assert "纪委" not in own


def test_or_registers_it(house: House) -> None:
    number, _ = pointed_out(house, ACCUSES)
    target = registers(house, number, by="ji", kind="tip_off")

    # It is sealed: whoever reads the class finds it among his cases.
    assert house.get("ji", target)
    assert the_case(house).number in house.get("ji", "/staff/cases")
    assert the_case(house).unit_code == "JW"
    assert holders(house, number) == {"reporter"}
    house.get("chen", f"{LIST}/{number}", status=404)


def test_or_gives_it_to_the_office_where_it_was_misread(house: House) -> None:
    number, _ = pointed_out(house, MISREAD)
    house.get("chen", f"{LIST}/{number}", status=404)
    for name, status in (("chen", 404), ("min", 404), ("ji", 303)):
        assert house.post(name, f"{LIST}/{number}/office", version="1").status_code == status

    house.get("ji", f"{LIST}/{number}", status=404)
    assert MISREAD in house.get("chen", f"{LIST}/{number}")
    assert holders(house, number) == {"BGS", "reporter"}
    assert answers(house, number, version="2") == 303
    hand_on_mistakes(house.deployment.database)
    assert number in house.get("gong", LIST)


def test_what_the_office_has_nobody_gives_to_it(house: House) -> None:
    house.deployment.add_staff("several", ("BGS", Role.OFFICE), ("JW", Role.DISCIPLINE))
    number, _ = pointed_out(house, OF_MZ)

    assert house.post("several", f"{LIST}/{number}/office", version="1").status_code == 404
    assert "交给办公室" not in house.get("several", f"{LIST}/{number}")


def test_where_all_at_the_desk_are_barred_it_goes_to_discipline_inspection(house: House) -> None:
    only_both_are_left(house)
    number, _ = pointed_out(house, OF_MZ)
    fresh, _ = pointed_out(house, "首页有错字")
    assert hand_on_mistakes(house.deployment.database) == 1
    assert hand_on_mistakes(house.deployment.database) == 0

    page = house.get("ji", LIST)
    assert number in page
    assert fresh not in page
    assert OF_MZ in house.get("ji", f"{LIST}/{number}")
    assert holders(house, number) == {"JW", "reporter"}
    assert [one.facts for one in events(house, "mistake_handed_on")] == [
        {"mistake": number, "unit": "JW"}
    ]


def test_what_nobody_may_read_becomes_a_case_that_can_be_carried(house: House) -> None:
    number, code = pointed_out(house, OF_ALL)
    for name in ("chen", "lu", "gong", "ji"):
        house.get(name, f"{LIST}/{number}", status=404)
    assert hand_on_mistakes(house.deployment.database) == 1

    mistake, case = stored(house, number), the_case(house)
    assert (mistake.outcome, mistake.answered_by) == (MistakeOutcome.REGISTERED, None)
    assert (case.kind.value, case.unit_code) == ("tip_off", "SJW")
    assert OF_ALL in show(house.deployment.citizen(), code).text
    house.get("chen", f"{LIST}/{number}", status=404)
    assert hand_on_mistakes(house.deployment.database) == 0


def test_what_discipline_inspection_has_nobody_for_becomes_one_too(house: House) -> None:
    retire(house, "ji")
    only_both_are_left(house)
    number, _ = pointed_out(house, OF_MZ)
    other, _ = pointed_out(house, ACCUSES)
    while hand_on_mistakes(house.deployment.database):
        pass

    assert stored(house, number).outcome is MistakeOutcome.REGISTERED
    # The worker opens nothing of the sealed class.
    assert stored(house, other).outcome is None


def test_an_office_that_nobody_has_come_to_yet_waits_for_them(on_each_database: Deployment) -> None:
    house = House(on_each_database)
    number, _ = pointed_out(house, OF_MZ)

    assert hand_on_mistakes(on_each_database.database) == 0
    on_each_database.add_staff("chen", ("BGS", Role.OFFICE))
    assert OF_MZ in house.get("chen", f"{LIST}/{number}")


def only_both_are_left(house: House) -> None:
    """Nobody is at the publishing desk but two who serve the civil affairs' bureau as well."""
    retire(house, "chen", "lu", "gong", "shi")
    for name, role in (("both", Role.PUBLISHER), ("too", Role.OFFICE_HEAD)):
        house.deployment.add_staff(name, ("BGS", role), ("MZ", Role.OFFICER))


def retire(house: House, *names: str) -> None:
    with house.deployment.database.writing() as session:
        for staff in session.scalars(select(Staff).where(Staff.name.in_(names))):
            staff.active = False


def holders(house: House, number: str) -> set[str]:
    wanted = (
        select(Compartment)
        .join(SiteMistake, Compartment.label == "mistake:" + SiteMistake.number)
        .where(SiteMistake.number == number)
    )
    with house.deployment.database.reading() as session:
        return {key.holder for key in session.scalars(wanted).one().keys}


def the_case(house: House) -> Case:
    with house.deployment.database.reading() as session:
        return session.scalars(select(Case)).one()


def events(house: House, name: str) -> list[Event]:
    with house.deployment.database.reading() as session:
        return list(session.scalars(select(Event).where(Event.name == name)))


def test_whom_the_case_accuses_doesnt_learn_its_number_by_registering_it(house: House) -> None:
    number, _ = pointed_out(house, "首页的电话打过去是chen同志接的")
    target = registers(house, number, kind="tip_off")

    case = the_case(house).number
    assert case not in target
    for address in (target, f"{target}&case={case}"):
        page = house.get("chen", address)
        assert "已登记成件" in page
        assert case not in page
    assert case in house.get("lu", f"{target}&case={case}")
