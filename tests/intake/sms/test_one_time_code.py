"""A code that a clerk saw, by text message: it tells the state; words are taken from his own
telephone only."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.cases.case import Case, Channel, Identity
from intake.cases.event import Event
from intake.cases.message import MessageKind
from intake.code_change import change_code
from intake.code_change import next_code as next_code_of
from intake.draft import Draft
from intake.register import register
from portal.campaign.kinds import Kind
from tests.deployments import Deployment
from tests.intake.sms.conftest import Line
from tests.intake.sms.stored import letters, the_case

HIS = "13907123456"


@pytest.fixture
def code(deployment: Deployment) -> str:
    """The code of something that was told on the telephone."""
    draft = Draft(
        channel=Channel.TELEPHONE,
        kind=Kind.COMPLAINT,
        words="高龄津贴三个月没发",
        submission="one",
        policy="MZ11",
        identity=Identity.PHONE,
        contact_phone=HIS,
    )
    with deployment.database.writing() as session:
        return register(session, draft).query_code


def supplements(deployment: Deployment) -> list[str]:
    return letters(deployment, the_case(deployment), "MZ", MessageKind.SUPPLEMENT)


def test_it_tells_the_state_and_to_change_it(line: Line, code: str) -> None:
    state, change = line(f"查 {code}", sender="+8613800138000")
    assert "已交给区民政局" in state
    assert "请先换查询码" in change


def test_words_come_from_the_telephone_that_he_left(
    deployment: Deployment, line: Line, code: str
) -> None:
    refused = line(f"补 {code} 我不是他", sender="+8613800138000")
    assert "请先换查询码" in refused[0]
    assert "没有收下" in refused[1]
    assert supplements(deployment) == []

    assert "收到了" in line(f"补 {code} 又问了一次", sender=f"+86{HIS}")[0]
    assert supplements(deployment) == ["又问了一次"]


def test_once_changed_any_telephone_will_do_and_the_old_code_is_unknown(
    deployment: Deployment, line: Line, code: str
) -> None:
    with deployment.database.writing() as session:
        new = next_code_of(session, code, "a form").code
        change_code(session, code, new)

    assert "没有查到" in line(f"查 {code}", sender=f"+86{HIS}")[0]
    assert "收到了" in line(f"补 {new} 又问了一次", sender="+8613800138000")[0]
    with deployment.database.reading() as session:
        assert session.scalars(select(Case)).one().number
        assert list(session.scalars(select(Event.name)))[-2:] == ["code_changed", "supplemented"]
