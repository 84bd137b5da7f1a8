"""The reporter's own page, by his code alone."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select

from admin.system.moving_keys import hand_keys_on
from intake.cases.case import Case
from intake.cases.event import Event, record
from intake.cases.message import Message, MessageKind
from intake.rules.lifecycle import State
from intake.vault.query_codes import ALPHABET
from portal.campaign.book import book
from tests.deployments import Deployment
from tests.intake.pages.journey import Page, form_page, opened, report, send, show
from tests.intake.pages.test_report_given_back import unplug
from tests.pages.markup import findings


def add(client: FlaskClient, page: Page, words: str, **changed: str) -> Page:
    return opened(client.post("/progress/words", data={**page.fields, "words": words, **changed}))


def withdraw(client: FlaskClient, page: Page, **typed: str) -> Page:
    return opened(client.post("/progress/withdraw", data={**page.fields, **typed}))


def wrong(code: str) -> str:
    return code[:3] + ALPHABET[(ALPHABET.index(code[3]) + 1) % 32] + code[4:]


def happened(deployment: Deployment) -> list[str]:
    with deployment.database.reading() as session:
        return list(session.scalars(select(Event.name).order_by(Event.seq)))


def test_a_code_shows_the_case_however_it_is_typed(deployment: Deployment) -> None:
    client = deployment.citizen()
    number, code = report(client, policy="MZ11", words="没发\n两次").receipt
    spaced = "-".join(code[i : i + 4].lower() for i in range(0, 17, 4))
    for typed in (code, f" {spaced} ", code.translate({c: c + 0xFEE0 for c in range(33, 127)})):
        page = show(client, typed)
        assert page.status == 200
        assert page.heading == "已交给区民政局"
        assert findings(page.html) == []
    for shown in (number, "高龄津贴", "没发\n两次", "个工作日", "最晚在这一天答复您"):
        assert shown in page.main
    assert page.text.index("交给区民政局办") < page.text.index("收到了")


def test_wrong_unknown_and_malformed_codes_look_alike(deployment: Deployment) -> None:
    client = deployment.citizen()
    code = report(client).receipt[1]
    unknown = "00000000000000000"
    answers = [
        client.post("/progress", data={"query_code": typed})
        for typed in (wrong(code), unknown, code[:-1], "", "查", "x" * 500)
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1
    page = opened(answers[0])
    assert "没有查到，请对一对查询码" in page.text
    assert findings(page.html) == []


def test_only_wrong_codes_are_slowed(deployment: Deployment) -> None:
    client = deployment.citizen()
    code = report(client).receipt[1]
    for _ in range(15):
        assert show(client, code).status == 200
    for _ in range(10):
        assert show(client, wrong(code)).status == 404
    answer = client.post("/progress", data={"query_code": wrong(code)})

    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert "请过1分钟再试" in opened(answer).text


def test_words_come_back_when_too_many_wrong_codes_came(deployment: Deployment) -> None:
    client = deployment.citizen()
    code = report(client).receipt[1]
    page = show(client, code)
    for _ in range(10):
        show(client, wrong(code))
    back = add(client, page, "还有一件事")

    assert back.status == 429
    assert back.fields["words"] == "还有一件事"
    assert "您写的都在" in back.text
    assert findings(back.html) == []
    chosen = {**page.fields, "satisfaction": "5", "remark": "谢谢"}
    answers = opened(client.post("/progress/answers", data=chosen))
    assert answers.status == 429
    assert answers.fields["remark"] == "谢谢"
    assert findings(answers.html) == []
    client.environ_base["REMOTE_ADDR"] = "127.0.77.2"
    assert "还有一件事" not in show(client, code).main
    assert add(client, back, "还有一件事").status == 200
    assert "还有一件事" in show(client, code).main


def test_the_code_is_in_no_address_title_or_cookie(deployment: Deployment) -> None:
    client = deployment.citizen()
    code = report(client).receipt[1]
    answer = client.post("/progress", data={"query_code": code})
    page = opened(answer)

    assert answer.headers["Cache-Control"] == "no-store"
    assert not any(code in value for value in answer.headers.values())
    assert f"/{code}" not in page.html
    assert f"={code}" not in page.html
    assert "<title>查进度 - 惠民热线</title>" in page.html


def test_words_are_added_once_for_each_page(deployment: Deployment) -> None:
    client = deployment.citizen()
    page = show(client, report(client).receipt[1])
    once, twice = (add(client, page, "还有一件事") for _ in range(2))

    assert "您补充的话收到了" in once.text
    assert once.main.count("还有一件事") == twice.main.count("还有一件事") == 1
    # Another page, the same words: meant again.
    assert add(client, twice, "还有一件事").main.count("还有一件事") == 2
    assert happened(deployment).count("supplemented") == 2


def test_words_need_our_page_and_come_back_without_it(deployment: Deployment) -> None:
    client = deployment.citizen()
    page = show(client, report(client).receipt[1])
    refused = add(client, page, "还有", csrf_token="x")

    assert refused.status == 400
    assert refused.fields["words"] == "还有"
    assert add(client, refused, "还有").status == 200


def test_empty_and_endless_words_come_back(deployment: Deployment) -> None:
    client = deployment.citizen()
    page = show(client, report(client).receipt[1])

    assert add(client, page, " \n").status == 422
    refused = add(client, page, "字" * 20_001)
    assert (refused.status, len(refused.fields["words"])) == (413, 20_001)


def test_words_come_back_when_the_database_is_away(deployment: Deployment) -> None:
    client = deployment.citizen()
    page = show(client, report(client).receipt[1])
    unplug(deployment, deployment.public)
    refused = add(client, page, "还有一件事")

    assert refused.status == 503
    assert refused.fields["words"] == "还有一件事"
    assert refused.fields["query_code"] == page.fields["query_code"]


def test_withdrawing_is_explained_and_asked_once_more(deployment: Deployment) -> None:
    client = deployment.citizen()
    page = show(client, report(client).receipt[1])
    asked = withdraw(client, page, words="写到一半")
    assert findings(asked.html) == []
    assert "撤回了就不能恢复" in asked.text
    assert "withdrawn" not in happened(deployment)
    back = opened(client.post("/progress", data=asked.fields))
    assert back.fields["words"] == "写到一半"
    done = withdraw(client, asked, confirmed="yes")
    again = withdraw(client, asked, confirmed="yes")

    assert (done.status, done.heading, again.status) == (200, "您撤回了", 200)
    assert happened(deployment).count("withdrawn") == 1
    assert 'name="words"' not in done.main
    assert add(client, page, "再说一句").status == 409


def test_what_was_answered_cant_be_withdrawn(deployment: Deployment) -> None:
    client = deployment.citizen()
    code = report(client).receipt[1]
    page = show(client, code)
    with deployment.database.writing() as session:
        session.scalars(select(Case)).one().state = State.REPLIED

    assert withdraw(client, page, confirmed="yes").status == 409
    assert "撤回</button>" not in show(client, code).main


@pytest.mark.parametrize("handled", [False, True])
def test_a_tip_off_shows_four_states_and_no_unit(each_campaign: Deployment, handled: bool) -> None:
    client = each_campaign.citizen()
    code = report(client, "tip-off", words="有人冒领补贴").receipt[1]
    with each_campaign.database.writing() as session:
        campaign_book = book(session)
        case = session.scalars(select(Case)).one()
        if handled:
            case.state = State.ACCEPTED
            for name in ("signed_for", "accepted"):
                record(session, name, case_id=case.id, unit=case.unit_code)
    page = show(client, code)
    names = [n for u in campaign_book.units.values() for n in (u.name, u.short_name) if n]

    assert [name for name in names if name in page.text] == []
    assert page.heading == ("办理中" if handled else "已登记")
    assert page.text.count("办理中") == (2 if handled else 0)


def test_a_published_result_is_linked(deployment: Deployment) -> None:
    client = deployment.citizen()
    code = report(client).receipt[1]
    with deployment.database.writing() as session:
        case = session.scalars(select(Case)).one()
        record(session, "result_of_case", case_id=case.id, result="JH-T-0001")

    assert 'href="/results/JH-T-0001"' in show(client, code).main


def test_further_words_that_accuse_the_handler_take_the_case_away(
    deployment: Deployment,
) -> None:
    client = deployment.citizen()
    code = report(client, "tip-off", words="社区有人冒领", policy="MZ11").receipt[1]
    add(client, show(client, code), "后来知道，区民政局克扣了这笔钱")
    with deployment.database.reading() as session:
        case = session.scalars(select(Case)).one()
        assert (case.unit_code, case.state, case.rewrap_due) == ("BGS", State.RETURNED, True)

    assert hand_keys_on(deployment.database) == 1
    assert show(client, code).main.count("区民政局") == 1


def test_a_page_asks_the_database_little(deployment: Deployment) -> None:
    client = deployment.citizen()
    form = form_page(client)
    statements: list[str] = []
    engine = deployment.public.extensions["database"].engine
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(str(given[2])))
    form_page(client)
    assert len(statements) <= 2
    statements.clear()
    code = send(client, form, words="没发").receipt[1]
    assert len(statements) <= 24, "\n".join(statements)
    statements.clear()
    show(client, code)
    # One of them for what he asked about his own information.
    assert len(statements) <= 13, "\n".join(statements)


def test_a_get_writes_nothing(deployment: Deployment) -> None:
    client = deployment.citizen()
    before = happened(deployment)
    for path in ("/report", "/report/tip-off", "/progress"):
        assert client.get(path).status_code == 200
    for path in ("/progress/words", "/progress/withdraw"):
        assert client.get(path).status_code == 405
    with deployment.database.reading() as session:
        written = session.scalars(select(Message).where(Message.kind == MessageKind.WORDS))
        assert written.all() == []
    assert happened(deployment) == before
