"""Texts that no form would let pass: each is kept, and answered as far as it can be."""

from __future__ import annotations

import pytest

from intake.cases.case import Case, Identity
from intake.cases.message import MessageKind
from tests.deployments import Deployment
from tests.fakes import message_id
from tests.intake.sms.conftest import Line
from tests.intake.sms.stored import code_in, count, letters, the_case

WORDS = "我妈的高龄津贴三个月没发了"
LONGEST = 1600


def words_of(deployment: Deployment) -> str:
    case = the_case(deployment)
    (text,) = letters(deployment, case, case.unit_code, MessageKind.WORDS)
    return text


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("13912345678", id="nothing but a telephone number"),
        pytest.param("420103195001011234", id="nothing but an identity number"),
        pytest.param("2022.6.10", id="nothing but a date"),
        pytest.param("😭😭高龄津贴没发👵🏻", id="with faces"),
        pytest.param("𠮷林街道的钱没到", id="with a rare character"),
        pytest.param("<script>alert(1)</script>", id="with marks"),
        pytest.param("'; DROP TABLE case; --", id="with a statement"),
        pytest.param("{number} {code} %s", id="with gaps"),
        pytest.param("ئىياردەم پۇلى تېخى كەلمىدى", id="in another script"),
        pytest.param("My mother's allowance hasn't come", id="in English"),
        pytest.param("高" * LONGEST, id="as long as can be"),
    ],
)
def test_what_it_says_is_kept_as_it_is(deployment: Deployment, line: Line, body: str) -> None:
    parts = line(body, NumSegments=str(-(-len(body) // 67)))
    assert the_case(deployment).number in parts[0]
    assert all(len(part) <= 70 for part in parts)
    assert words_of(deployment) == body


@pytest.mark.parametrize("body", ["🙏🙏🙏", "。。。？！", "\n\t ", "👍", "\u200b\u202e"])
def test_what_says_nothing_is_told_how_to_say_it(
    deployment: Deployment, line: Line, body: str
) -> None:
    assert "直接发来" in line(body)[0]
    assert count(deployment, Case) == 0


@pytest.mark.parametrize(
    ("sender", "identity", "is_answered"),
    [
        pytest.param("+862785481234", Identity.PHONE, True, id="a fixed line"),
        pytest.param("+33612345678", Identity.PHONE, True, id="abroad"),
        pytest.param("10086", Identity.ANONYMOUS, True, id="a short code"),
        pytest.param("ICBC", Identity.ANONYMOUS, False, id="a company"),
        pytest.param("China Post", Identity.ANONYMOUS, False, id="a company with a space"),
    ],
)
def test_whoever_sends_it_is_heard(
    deployment: Deployment, line: Line, sender: str, identity: Identity, is_answered: bool
) -> None:
    parts = line(WORDS, sender=sender)
    assert the_case(deployment).identity is identity
    # Nothing can be sent to a name.
    assert bool(parts) is is_answered


def test_a_name_s_text_comes_once_however_often_it_is_handed_over(
    deployment: Deployment, line: Line
) -> None:
    sid = message_id()
    assert line(WORDS, sender="ICBC", sid=sid) == line(WORDS, sender="ICBC", sid=sid) == []
    assert count(deployment, Case) == 1


def test_a_sender_with_an_open_case_has_both(deployment: Deployment, line: Line) -> None:
    first, second = code_in(line(WORDS)), code_in(line("13912345678"))
    assert first != second
    assert count(deployment, Case) == 2
    assert line(f"查{first}")[0] != line(f"查{second}")[0]
