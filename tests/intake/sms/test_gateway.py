"""Texts that come by the signed gateway: its own only, once for each id, from whatever sender."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from intake.cases.case import Case, Channel, Identity
from intake.cases.message import MessageKind
from intake.outbox.notice_address import NoticeAddress
from intake.sms.gateway_signature import NONCE, signed_headers
from portal.foundation import clock
from tests.deployments import Deployment
from tests.intake.pages.journey import show
from tests.intake.sms.stored import code_in, count, letters, the_case
from tests.intake.sms.test_away import away, waiting, works

SECRET = "the gateway's secret of this test"
SAID = {"id": "m-1", "from": "13912345678", "text": "我妈的高龄津贴三个月没发了"}


@pytest.fixture
def gateway(deployment: Deployment) -> FlaskClient:
    """The public site of a deployment with a gateway."""
    settings = deployment.public.extensions["settings"]
    deployment.public.extensions["settings"] = replace(settings, sms_gateway_secret=SECRET)
    return deployment.citizen()


def sent(client: FlaskClient, said: object, *, age: int = 0, secret: str = SECRET) -> TestResponse:
    body = json.dumps(said).encode()
    headers = signed_headers(secret, body, clock.now() - timedelta(seconds=age))
    return client.post("/sms/gateway", data=body, headers=headers)


def answers(client: FlaskClient, **changed: str) -> list[str]:
    response = sent(client, SAID | changed)
    assert response.status_code == 200
    found: list[str] = response.get_json()["answers"]
    return found


def test_a_text_becomes_a_case_and_its_answer_comes_back(
    deployment: Deployment, gateway: FlaskClient
) -> None:
    parts = answers(gateway)
    case = the_case(deployment)
    assert (case.channel, case.identity, case.unit_code) == (Channel.TEXT, Identity.PHONE, "MZ")
    assert case.number in parts[0]
    assert all(len(part) <= 70 for part in parts)
    assert case.number in show(gateway, code_in(parts)).text
    # The same id is the same message, and is answered alike.
    assert answers(gateway) == parts
    assert count(deployment, Case) == 1


@pytest.mark.parametrize(
    ("sender", "contact"),
    [
        ("+8613912345678", ["13912345678"]),
        ("86 139 1234 5678", ["13912345678"]),
        ("02785481234", ["02785481234"]),
        ("+33612345678", ["+33612345678"]),
        ("10086", []),
        ("HUIMIN-BANK", []),
    ],
)
def test_whoever_sends_it_is_heard(
    deployment: Deployment, gateway: FlaskClient, sender: str, contact: list[str]
) -> None:
    # Nothing can be sent to a name.
    assert bool(answers(gateway, **{"from": sender})) is (sender != "HUIMIN-BANK")
    case = the_case(deployment)
    assert letters(deployment, case, "MZ", MessageKind.CONTACT) == contact
    assert case.identity is (Identity.PHONE if contact else Identity.ANONYMOUS)
    with deployment.database.reading() as session:
        known = session.scalars(select(NoticeAddress)).all()
    # Only who has a number that takes texts is told by text.
    assert bool(known) is (bool(contact) and not sender.startswith("0"))


@pytest.mark.parametrize(
    ("said", "wrong", "status"),
    [
        pytest.param({}, {"secret": "another"}, 403, id="another secret"),
        pytest.param({}, {"age": 400}, 403, id="long ago"),
        pytest.param({"id": ""}, {}, 400, id="no id"),
        pytest.param({"id": "x" * 65}, {}, 400, id="a long id"),
        pytest.param({"from": ""}, {}, 400, id="no sender"),
        pytest.param({"from": "<b>"}, {}, 400, id="no sender's name"),
        pytest.param({"text": 1}, {}, 400, id="no words"),
        pytest.param({"part": "1", "parts": "2"}, {}, 400, id="a part of nothing"),
        pytest.param({"group": "g", "part": "3", "parts": "2"}, {}, 400, id="a part too many"),
        pytest.param({"group": "g", "part": "0", "parts": "2"}, {}, 400, id="no part"),
    ],
)
def test_what_isn_t_a_text_of_the_gateway_s_is_none(
    deployment: Deployment,
    gateway: FlaskClient,
    said: dict[str, Any],
    wrong: dict[str, Any],
    status: int,
) -> None:
    assert sent(gateway, SAID | said, **wrong).status_code == status
    assert count(deployment, Case) == 0


def test_a_request_that_was_overheard_tells_nothing_again(gateway: FlaskClient) -> None:
    body = json.dumps(SAID).encode()
    headers = signed_headers(SECRET, body, clock.now())
    first = gateway.post("/sms/gateway", data=body, headers=headers)
    assert first.status_code == 200
    again = gateway.post("/sms/gateway", data=body, headers=headers)
    assert (again.status_code, again.data) == (403, b"")
    other = gateway.post("/sms/gateway", data=body, headers=headers | {NONCE: "0" * 32})
    assert other.status_code == 403
    # The gateway itself hands it over once more under a signature of its own.
    assert answers(gateway) == first.get_json()["answers"]


def test_no_gateway_no_door(deployment: Deployment) -> None:
    assert sent(deployment.citizen(), SAID).status_code == 404


def test_while_the_database_is_away_it_is_kept(
    deployment: Deployment, gateway: FlaskClient
) -> None:
    with away(deployment):
        (answer,) = answers(gateway)
    assert "收到了，系统正忙" in answer
    assert len(waiting(deployment)) == 1
    assert works(deployment) == 1
    assert the_case(deployment).unit_code == "MZ"


def part(client: FlaskClient, number: int, text: str, *, of: int = 3, group: str = "g") -> None:
    """One part of a long text; of a part nothing is said."""
    said = {"id": f"{group}-{number}", "text": text, "group": group}
    assert answers(client, **said, part=str(number), parts=str(of)) == []


def test_parts_are_joined_in_their_order_once_all_are_there(
    deployment: Deployment, gateway: FlaskClient
) -> None:
    part(gateway, 2, "津贴三个月")
    part(gateway, 1, "我妈的高龄")
    part(gateway, 1, "我妈的高龄")
    assert works(deployment) == 0
    part(gateway, 3, "没发了")
    assert works(deployment) == 1
    case = the_case(deployment)
    assert letters(deployment, case, "MZ", MessageKind.WORDS) == ["我妈的高龄津贴三个月没发了"]
    assert waiting(deployment) == []
    # Handed over once more, none of them is another text.
    for number, text in enumerate(("我妈的高龄", "津贴三个月", "没发了"), start=1):
        part(gateway, number, text)
    works(deployment)
    assert count(deployment, Case) == 1


def test_two_long_texts_at_once_are_two(deployment: Deployment, gateway: FlaskClient) -> None:
    for number in (1, 2):
        part(gateway, number, f"低保的事{number}", of=2, group="g")
        part(gateway, number, f"残疾人补贴的事{number}", of=2, group="h")
    assert works(deployment) == 2
    assert count(deployment, Case) == 2


def test_what_never_comes_is_not_waited_for_long(
    deployment: Deployment, gateway: FlaskClient
) -> None:
    part(gateway, 1, "我妈的高龄津贴")
    part(gateway, 3, "没发了")
    assert works(deployment) == 0
    with clock.stopped_at(clock.now() + timedelta(minutes=6)):
        assert works(deployment) == 1
        case = the_case(deployment)
        assert letters(deployment, case, case.unit_code, MessageKind.WORDS) == [
            "我妈的高龄津贴（中间缺一段）没发了"
        ]
        part(gateway, 2, "三个月")
    with clock.stopped_at(clock.now() + timedelta(minutes=20)):
        assert works(deployment) == 1
    assert count(deployment, Case) == 2


def test_killed_before_their_files_were_gone_they_are_one_text(
    deployment: Deployment, gateway: FlaskClient
) -> None:
    for number in (1, 2):
        part(gateway, number, f"低保的事{number}", of=2)
    kept = {file: file.read_bytes() for file in waiting(deployment)}
    works(deployment)
    for file, content in kept.items():
        file.write_bytes(content)
    works(deployment)
    assert waiting(deployment) == []
    assert count(deployment, Case) == 1


def test_what_a_part_s_end_cut_in_two_is_whole_again(
    deployment: Deployment, gateway: FlaskClient
) -> None:
    part(gateway, 1, "高龄津贴没发\ud83d", of=2)
    part(gateway, 2, "\ude2d，三个月了", of=2)
    works(deployment)
    case = the_case(deployment)
    assert letters(deployment, case, case.unit_code, MessageKind.WORDS) == [
        "高龄津贴没发😭，三个月了"
    ]


def test_a_name_that_comes_round_again_is_another_text(
    deployment: Deployment, gateway: FlaskClient
) -> None:
    part(gateway, 1, "低保的事一", of=2)
    said = {"group": "g", "part": "2", "parts": "3"}
    answers(gateway, id="other-2", text="残疾人补贴的事二", **said)
    answers(gateway, id="other-3", text="残疾人补贴的事三", **said | {"part": "3"})
    with clock.stopped_at(clock.now() + timedelta(minutes=6)):
        assert works(deployment) == 2
