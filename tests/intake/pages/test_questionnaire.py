"""Answering a questionnaire by the code of a slip: once, without a name, a cookie or a way back."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from admin.assessments.entry import Result
from admin.assessments.voices import voices
from intake.assessing.assessment import Assessment, AssessmentState
from intake.assessing.questions import Question
from intake.assessing.sealed_answers import open_answers
from intake.assessing.slip import Slip
from intake.assessing.slip_answer import SlipAnswer
from intake.vault.vault import NoMasterKey
from portal.campaign.book import book
from tests.deployments import Deployment
from tests.intake.pages.journey import opened, report
from tests.intake.pages.slips import QUESTIONS, end, send_answers, show_slip, slip_of
from tests.intake.sms.test_away import away
from tests.pages.markup import findings
from tests.pages.weight import MOST_BYTES, weight


def answers(deployment: Deployment) -> list[SlipAnswer]:
    with deployment.database.reading() as session:
        return list(session.scalars(select(SlipAnswer)))


def said(deployment: Deployment, key: str) -> list[tuple[str, Result, dict[int, int]]]:
    """What the office counts."""
    with deployment.database.reading() as session:
        one = session.scalars(select(Assessment).where(Assessment.key == key)).one()
        found = voices(session, one, book(session).campaign.office_code)
    return [(voice.street, voice.result, dict(voice.said.chosen)) for voice in found]


def test_a_slip_is_answered_in_each_campaign(each_campaign: Deployment) -> None:
    code, other = slip_of(each_campaign, 1), slip_of(each_campaign, 2)
    client = each_campaign.citizen()
    asked = opened(client.get("/questionnaire"))
    page = show_slip(client, f" {code[:3].lower()} {code[3:6]}-{code[6:]} ")
    thanks = send_answers(client, page, complained="no", q0="1", q1="2")

    assert page.status == thanks.status == 200
    assert findings(asked.html) == findings(page.html) == findings(thanks.html) == []
    assert all(one.text in page.text for one in QUESTIONS)
    # Neither the title nor a policy stands there: it would tell what somebody receives.
    assert "暗题" not in page.html
    assert "收到了" in thanks.text
    assert said(each_campaign, "00000001") == [("ST05", Result.ANSWERED, {0: 1, 1: 2})]
    assert said(each_campaign, "00000002") == []
    assert show_slip(client, other).status == 200


def test_no_cookie_is_given_and_no_code_stands_in_an_address(deployment: Deployment) -> None:
    code, client = slip_of(deployment), deployment.citizen()
    shown = client.post("/questionnaire", data={"slip_code": code})
    page = opened(shown)
    sent = client.post("/questionnaire/answers", data={**page.fields, "complained": "yes"})

    for answer in (client.get("/questionnaire"), shown, sent):
        assert "Set-Cookie" not in answer.headers
        assert "Location" not in answer.headers
        assert "no-store" in answer.headers["Cache-Control"]
    assert 'type="text"' not in page.main
    assert "<textarea" not in page.main
    assert said(deployment, "00000001") == [("ST05", Result.COMPLAINED, {})]


def test_unknown_used_and_closed_codes_are_alike(deployment: Deployment) -> None:
    client = deployment.citizen()
    used, preparing = (
        slip_of(deployment, 1),
        slip_of(deployment, 2, state=AssessmentState.PREPARING),
    )
    closed = slip_of(deployment, 3, state=AssessmentState.CLOSED)
    page = show_slip(client, used)
    send_answers(client, page, complained="no", q0="0")
    _, query_code = report(client).receipt
    wrong = (used, preparing, closed, "0" * 9, "", "x" * 60, query_code)
    pages = [show_slip(client, one) for one in wrong]

    assert {page.status for page in pages} == {404}
    assert len({page.main for page in pages}) == 1


def test_wrong_codes_are_slowed(deployment: Deployment) -> None:
    code, client = slip_of(deployment), deployment.citizen()

    assert [show_slip(client, "0" * 9).status for _ in range(11)] == [404] * 10 + [429]
    assert show_slip(client, code).status == 429
    assert show_slip(client, code).html.count("分钟")


def test_answers_come_back_when_too_many_wrong_codes_came(deployment: Deployment) -> None:
    code, client = slip_of(deployment), deployment.citizen()
    page = show_slip(client, code)
    for _ in range(10):
        show_slip(client, "0" * 9)
    sent = client.post(
        "/questionnaire/answers", data={**page.fields, "complained": "no", "q0": "1"}
    )
    back = opened(sent)

    assert back.status == 429
    assert 0 < int(sent.headers["Retry-After"]) <= 60
    assert "您选的都在" in back.text
    assert findings(back.html) == []
    assert answers(deployment) == []
    client.environ_base["REMOTE_ADDR"] = "127.0.77.2"
    assert send_answers(client, back).status == 200
    assert said(deployment, "00000001") == [("ST05", Result.ANSWERED, {0: 1})]


def test_the_same_form_again_is_thanked_and_counts_once(deployment: Deployment) -> None:
    code, client = slip_of(deployment), deployment.citizen()
    page, second = show_slip(client, code), show_slip(client, code)
    with ThreadPoolExecutor(4) as pool:
        sent = list(
            pool.map(
                lambda _: send_answers(deployment.citizen(), page, complained="no", q0="0").status,
                range(4),
            )
        )

    assert sent == [200] * 4
    assert len(answers(deployment)) == 1
    # Another form of the same slip comes too late, whatever it says.
    assert send_answers(client, second, complained="no", q0="1").status == 404
    assert said(deployment, "00000001") == [("ST05", Result.ANSWERED, {0: 0})]
    end(deployment)
    assert send_answers(client, page, complained="no", q0="0").status == 404


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"q0": "1"}, "请先答：反映过没有"),
        ({"complained": "no"}, "请至少答一个问题"),
        ({"complained": "no", "q0": "7"}, "不是有效的选择"),
        ({"complained": "perhaps", "q0": "1"}, "不是有效的选择"),
    ],
)
def test_a_form_that_lacks_something_comes_back(
    deployment: Deployment, chosen: dict[str, str], told: str
) -> None:
    client = deployment.citizen()
    page = send_answers(client, show_slip(client, slip_of(deployment)), **chosen)

    assert page.status == 422
    assert findings(page.html) == []
    assert told in page.text
    if chosen.get("q0") == "1":
        assert re.search(r'<input[^>]* checked[^>]*id="q0-1"', page.html)
    assert answers(deployment) == []
    assert send_answers(client, page, complained="no", q0="1").status == 200


def test_what_the_database_cant_take_is_given_back(on_each_database: Deployment) -> None:
    client = on_each_database.citizen()
    page = show_slip(client, slip_of(on_each_database))
    with away(on_each_database):
        back = send_answers(client, page, complained="no", q0="1")

    assert back.status == 503
    assert "您选的都在" in back.text
    assert findings(back.html) == []
    assert send_answers(client, back).status == 200
    assert said(on_each_database, "00000001") == [("ST05", Result.ANSWERED, {0: 1})]


def test_the_public_process_cant_read_what_it_took(deployment: Deployment) -> None:
    client = deployment.citizen()
    send_answers(client, show_slip(client, slip_of(deployment)), complained="no", q0="1")
    with deployment.public.extensions["database"].reading() as session:
        office = book(session).campaign.office_code
        rows = session.scalars(select(SlipAnswer)).all()
        with pytest.raises(NoMasterKey):
            open_answers(session, office, rows)


def test_nothing_ties_an_answer_to_a_slip(deployment: Deployment) -> None:
    client = deployment.citizen()
    for number, complained in ((1, "yes"), (2, "no")):
        page = show_slip(client, slip_of(deployment, number))
        send_answers(client, page, complained=complained, q0="1")

    columns = {"id", "assessment_id", "unit_code", "sealed"}
    assert {column.key for column in SlipAnswer.__table__.columns} == columns
    assert len({len(one.sealed) for one in answers(deployment)}) == 1
    with deployment.database.reading() as session:
        marks = set(session.scalars(select(Slip.used_by)))
    assert len(marks) == 2
    assert None not in marks


def test_the_longest_questionnaire_is_light(deployment: Deployment) -> None:
    long = tuple(
        Question(f"{number}{'问' * 50}", tuple(f"{'答' * 18}{at}" for at in range(5)))
        for number in range(15)
    )
    page = show_slip(deployment.citizen(), slip_of(deployment, questions=long))

    assert page.status == 200
    assert weight(page.html) <= MOST_BYTES
