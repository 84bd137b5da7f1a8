"""What a sender can ask for by a command: the state of a case, further words, notices."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.cases.case import Case
from intake.cases.inbound_text import InboundText, TextOptOut
from intake.cases.message import MessageKind
from intake.rules.lifecycle import State
from tests.deployments import Deployment
from tests.fakes import message_id
from tests.intake.pages.mistakes import point_out
from tests.intake.pages.rights import ask_without_code
from tests.intake.sms.conftest import Line
from tests.intake.sms.stored import code_in, count, letters, the_case

COMPLAINT = "我妈的高龄津贴三个月没发了"
OTHER = "+8613987654321"


def test_a_query_in_odd_spellings(deployment: Deployment, line: Line) -> None:
    code = code_in(line(COMPLAINT))
    spellings = [
        f"查 {code}",
        f"查{code.lower()}",
        f"查询：{code[:8]} {code[8:]}",
        "查\u3000" + code.translate({c: c + 0xFEE0 for c in range(0x21, 0x7F)}),
        code,
    ]
    answers = {tuple(line(text)) for text in spellings}
    assert len(answers) == 1
    assert "已交给区民政局" in answers.pop()[0]
    assert count(deployment, Case) == 1


def test_the_code_of_a_mistake_on_the_site_is_no_wrong_one(
    deployment: Deployment, line: Line
) -> None:
    _, code = point_out(deployment.citizen()).receipt

    assert "网站找错的查询码" in line(f"查 {code}")[0]
    assert "没有收下" in line(f"补 {code} 还有一处")[1]
    assert count(deployment, Case) == 0


def test_the_code_of_a_request_is_no_wrong_one_either(deployment: Deployment, line: Line) -> None:
    _, code = ask_without_code(deployment.citizen()).receipt

    assert "个人信息请求的查询码" in line(f"查 {code}")[0]
    assert count(deployment, Case) == 0


def test_a_query_ties_no_sender_to_the_case(deployment: Deployment, line: Line) -> None:
    code = code_in(line(COMPLAINT))
    line(f"查 {code}", sender=OTHER)
    line(f"补 {code} 还有三月的", sender=OTHER)
    with deployment.database.reading() as session:
        ties = session.scalars(select(InboundText.case_id).order_by(InboundText.id)).all()
    assert ties[1:] == [None, None]


def test_further_words_come_once(deployment: Deployment, line: Line) -> None:
    code, sid = code_in(line(COMPLAINT)), message_id()
    first = line(f"補 {code}，还有三月的", sid=sid)
    again = line(f"補 {code}，还有三月的", sid=sid)

    case = the_case(deployment)
    assert first == again
    assert case.number in first[0]
    assert letters(deployment, case, "MZ", MessageKind.SUPPLEMENT) == ["还有三月的"]


def test_further_words_that_arent_there(line: Line) -> None:
    code = code_in(line(COMPLAINT))
    assert "没有看到补充的内容" in line(f"补 {code}")[0]


def test_a_case_that_is_over_takes_no_words(deployment: Deployment, line: Line) -> None:
    code = code_in(line(COMPLAINT))
    with deployment.database.writing() as session:
        session.scalars(select(Case)).one().state = State.CLOSED
    assert "没有收下" in line(f"补 {code} 还有")[0]
    assert "答复上网看" in line(f"查 {code}")[1]
    assert not any("先前那件" in part for part in line("低保也没发"))


def test_wrong_codes_look_alike_and_are_slowed_for_their_sender(line: Line) -> None:
    code = code_in(line(COMPLAINT))
    mistyped = ("A" if code[0] != "A" else "B") + code[1:]
    wrong = [line(f"查 {typed}", sender=OTHER) for typed in (mistyped, "ABCD", "1234")]
    assert wrong[0] == wrong[1] == wrong[2]
    assert "没有收下" in line(f"补 {mistyped} 还有三月的", sender=OTHER)[1]
    for _ in range(6):
        assert line("查 ABCD", sender=OTHER) == wrong[0]

    assert "次数太多" in line(f"查 {code}", sender=OTHER)[0]
    assert "次数太多" not in line(f"查 {code}")[0]


@pytest.mark.parametrize("word", ["退订", "TD", "stop"])
def test_opting_out_and_in(deployment: Deployment, line: Line, word: str) -> None:
    assert "不再给您发通知" in line(word)[0]
    line(word)
    assert count(deployment, TextOptOut) == 1
    assert "收到了" in line(COMPLAINT)[0]
    line("恢复")
    assert count(deployment, TextOptOut) == 0
    assert count(deployment, Case) == 1
