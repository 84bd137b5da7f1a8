"""Registering: the one way in which a case comes into being."""

from __future__ import annotations

import dataclasses

import pytest
from sqlalchemy import func, select

from intake import correspondence
from intake.cases.case import Case, Channel, Identity
from intake.cases.message import MessageKind
from intake.draft import Draft
from intake.register import Registered, register
from intake.rules.lifecycle import State
from intake.vault.compartment import Compartment
from intake.vault.holders import SEALED
from intake.vault.query_codes import reporter_keys
from intake.vault.unit_key import UnitKey, UntrustedKey
from portal.campaign.kinds import Kind
from portal.foundation.staff import Role
from tests.deployments import Deployment

COMPLAINT = Draft(
    channel=Channel.WEB,
    kind=Kind.COMPLAINT,
    words="我妈的高龄津贴三个月没发了",
    submission="one",
    policy="MZ11",
    problem="1.2",
)
TIP_OFF = dataclasses.replace(
    COMPLAINT, kind=Kind.TIP_OFF, words="主任扣了老人的钱", problem="3.3", submission="two"
)


def send(deployment: Deployment, draft: Draft) -> Registered:
    with deployment.database.writing() as session:
        return register(session, draft)


def read(deployment: Deployment, registered: Registered, unit: str) -> list[str]:
    with deployment.database.reading() as session:
        kinds = [MessageKind.WORDS]
        letters = correspondence.read_as_unit(session, registered.case, frozenset({unit}), kinds)
        return [letter.text for letter in letters]


def test_a_complaint_goes_to_the_responsible_unit_which_can_read_it(
    on_each_database: Deployment,
) -> None:
    registered = send(on_each_database, COMPLAINT)

    assert (registered.case.unit_code, registered.case.state) == ("MZ", State.ASSIGNED)
    assert read(on_each_database, registered, "MZ") == [COMPLAINT.words]
    assert read(on_each_database, registered, "BGS") == [COMPLAINT.words]
    assert read(on_each_database, registered, "RS") == []
    assert registered.told == "因为您反映的是高龄津贴，由区民政局主管。"


def test_the_reporter_can_read_his_words_with_the_code_alone(on_each_database: Deployment) -> None:
    registered = send(on_each_database, COMPLAINT)
    with on_each_database.public.extensions["database"].reading() as session:
        case = session.scalars(select(Case)).one()
        letters = correspondence.read_as_reporter(
            session, case, reporter_keys(registered.query_code), [MessageKind.WORDS]
        )
    assert [letter.text for letter in letters] == [COMPLAINT.words]


def test_the_same_submission_is_one_case_with_one_code(deployment: Deployment) -> None:
    first, second = send(deployment, COMPLAINT), send(deployment, COMPLAINT)

    assert first.query_code == second.query_code
    assert first.case.number == second.case.number


def test_an_edited_submission_is_a_second_case(deployment: Deployment) -> None:
    first = send(deployment, COMPLAINT)
    second = send(deployment, dataclasses.replace(COMPLAINT, words="改过的话"))

    assert first.query_code != second.query_code
    with deployment.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 2


@pytest.mark.parametrize(
    ("accused", "handler"),
    [
        ("民意街道办事处", "MZ"),
        ("区民政局的人", "BGS"),
        ("领导小组办公室", "JW"),
        ("区财政局", "JW"),
        ("区纪委监委", "SJW"),
        ("区民政局、区财政局", "JW"),
        ("区民政局、领导小组办公室、区纪委监委", "SJW"),
    ],
)
def test_an_accusation_goes_past_whom_it_accuses(
    deployment: Deployment, accused: str, handler: str
) -> None:
    registered = send(deployment, dataclasses.replace(TIP_OFF, accused=accused))

    assert registered.case.unit_code == handler
    assert read(deployment, registered, SEALED if handler == "JW" else handler) == [TIP_OFF.words]


def test_accusing_the_lead_bureau_bars_the_office_inside_it(deployment: Deployment) -> None:
    registered = send(deployment, dataclasses.replace(TIP_OFF, accused="区财政局"))

    assert read(deployment, registered, "BGS") == []
    assert read(deployment, registered, "CZ") == []
    with deployment.database.reading() as session:
        boxes = session.scalars(
            select(Compartment).where(Compartment.label == registered.case.label)
        )
        held_by = {key.holder for box in boxes for key in box.keys}
    assert held_by == {SEALED, "reporter"}


def test_an_ordinary_complaint_reaches_the_unit_it_names(deployment: Deployment) -> None:
    registered = send(deployment, dataclasses.replace(COMPLAINT, accused="区民政局"))

    assert registered.case.unit_code == "MZ"


def test_a_complaint_hidden_from_the_unit_goes_past_it(deployment: Deployment) -> None:
    registered = send(deployment, dataclasses.replace(COMPLAINT, keep_from_unit=True))

    assert registered.case.unit_code == "BGS"
    assert read(deployment, registered, "MZ") == []


def test_what_no_rule_decides_waits_in_triage(deployment: Deployment) -> None:
    draft = dataclasses.replace(COMPLAINT, policy="", problem="", words="我有件事想说说")
    registered = send(deployment, draft)

    assert (registered.case.unit_code, registered.case.state) == ("BGS", State.REGISTERED)


def test_the_identity_of_a_tip_off_stays_with_the_office(deployment: Deployment) -> None:
    draft = dataclasses.replace(
        TIP_OFF, identity=Identity.PHONE, contact_phone="13900001234", contact_name="王小明"
    )
    registered = send(deployment, draft)
    with deployment.database.reading() as session:
        for unit, expected in (("MZ", []), ("BGS", ["王小明\n13900001234"])):
            letters = correspondence.read_as_unit(
                session, registered.case, frozenset({unit}), [MessageKind.CONTACT]
            )
            assert [letter.text for letter in letters] == expected


def test_a_named_person_is_barred_though_his_unit_isnt(deployment: Deployment) -> None:
    named = deployment.add_staff("zhang", ("MZ", Role.OFFICER), display="张大山")
    deployment.add_staff("li", ("MZ", Role.OFFICER), display="李小河")
    send(deployment, dataclasses.replace(COMPLAINT, accused="张大山"))
    with deployment.database.reading() as session:
        from intake.cases.bar import Bar

        assert session.scalars(select(Bar.staff_id)).all() == [named]


@pytest.mark.parametrize(
    ("people", "handler"),
    [
        ({"MZ": ["张大山"]}, "BGS"),
        ({"BGS": ["张大山", "李小河"]}, "JW"),
        ({"BGS": ["张大山"], "JW": ["李小河"]}, "SJW"),
    ],
)
def test_a_unit_all_of_whose_people_are_named_cant_have_it(
    deployment: Deployment, people: dict[str, list[str]], handler: str
) -> None:
    for unit, names in people.items():
        for name in names:
            role = {"JW": Role.DISCIPLINE, "BGS": Role.OFFICE}.get(unit, Role.OFFICER)
            deployment.add_staff(name, (unit, role), display=name)
    everybody = "、".join(name for names in people.values() for name in names)
    policy = "MZ11" if "MZ" in people else ""

    registered = send(deployment, dataclasses.replace(TIP_OFF, accused=everybody, policy=policy))

    assert registered.case.unit_code == handler
    assert read(deployment, registered, SEALED if handler == "JW" else handler) == [TIP_OFF.words]
    for unit in people:
        assert read(deployment, registered, unit) == []


def test_a_swapped_public_key_is_refused(on_each_database: Deployment) -> None:
    with on_each_database.database.writing() as session:
        office = session.get_one(UnitKey, "BGS")
        office.public_key = session.get_one(UnitKey, "MZ").public_key
    with pytest.raises(UntrustedKey):
        send(on_each_database, COMPLAINT)


def test_nothing_typed_lies_in_the_clear(deployment: Deployment) -> None:
    marker = "标记甲乙丙丁"
    draft = dataclasses.replace(
        TIP_OFF,
        words=f"{marker}一",
        accused=f"{marker}二",
        on_behalf_of=f"{marker}三",
        contact_name=f"{marker}四",
        contact_phone="13912345678",
        identity=Identity.REAL_NAME,
    )
    send(deployment, draft)
    for file in deployment.settings.data_dir.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert marker.encode() not in content
            assert marker.encode("utf-16-le") not in content
            assert b"13912345678" not in content
