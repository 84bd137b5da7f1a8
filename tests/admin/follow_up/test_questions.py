"""The two questions on the reporter's page after his case was closed."""

from __future__ import annotations

from sqlalchemy import event, select

from intake.cases.case import Case
from intake.cases.follow_up import Answer, FollowUp
from intake.cases.message import Message
from tests.admin.desk.people import NOISE, TIP_OFF, Desks
from tests.admin.desk.reporter import page_of
from tests.admin.follow_up.visits import answered, answers, closed, events, kept, objects, worker
from tests.intake.pages.journey import opened
from tests.intake.pages.test_report_given_back import unplug
from tests.pages.markup import findings

ASKED = "事情解决了没有"


def test_an_answer_is_kept_and_may_be_changed_as_long_as_he_may_object(
    desks_on_each: Desks,
) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        desks.case(NOISE)
        number, code = closed(desks)
        client = desks.deployment.citizen()
        page = opened(client.post("/progress", data={"query_code": code}))
        assert ASKED in page.text
        assert findings(page.html) == []
        after = answers(desks, code, solved="partly", satisfaction="2", remark="还差三月的")
        assert "记下了" in after.text
        assert "您答的： 解决了一部分 ， 不满意 。2022年6月21日以前可以改" in after.text
        assert "写理由" in after.text
        assert "还差三月的" in after.text
        assert findings(after.html) == []
        assert "写理由" not in answers(desks, code, solved="yes", satisfaction="4").text
    with desks.on("2022-06-21"):
        assert "改回答" in page_of(desks, code).text
    with desks.on("2022-06-22"):
        late = page_of(desks, code)
        assert "您答的： 解决了 ， 满意 。" in late.text
        assert ASKED not in late.text
        kept_open = page.fields | {"satisfaction": "1"}
        refused = opened(client.post("/progress/answers", data=kept_open))
        assert (refused.status, "现在不能答了" in refused.text) == (409, True)
    assert answered(desks, number) == [("yes", 4, "web")]
    assert events(desks, number, "answered") == [
        {"how": "web", "solved": "partly", "satisfaction": 2},
        {"how": "web", "solved": "yes", "satisfaction": 4},
    ]


def test_who_never_answered_may_do_so_later(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number, code = closed(desks)
    with desks.on("2022-08-01"):
        after = answers(desks, code, solved="no")
        assert "写理由" not in after.text
    assert answered(desks, number) == [("no", None, "web")]


def test_one_question_is_enough_and_none_is_too_few(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number, code = closed(desks)
        refused = answers(desks, code, remark="说了几句")
        assert refused.status == 422
        assert "请至少选一个" in refused.text
        assert "说了几句" in refused.html
        assert answers(desks, code, satisfaction="9").status == 422
        assert answers(desks, code, satisfaction="3").status == 200
    assert answered(desks, number) == [(None, 3, "web")]


def test_the_same_form_twice_says_it_once(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number, code = closed(desks)
        client = desks.deployment.citizen()
        page = opened(client.post("/progress", data={"query_code": code}))
        typed = page.fields | {"solved": "no", "satisfaction": "1", "remark": "钱还没到"}
        for _ in range(2):
            last = opened(client.post("/progress/answers", data=typed))
        assert last.main.count("钱还没到") == 1
    assert len(events(desks, number, "answered")) == 1
    assert answered(desks, number) == [("no", 1, "web")]


def test_words_are_sealed_and_whom_they_accuse_loses_the_case(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number, code = closed(desks)
        answers(desks, code, satisfaction="1", remark="区民政局的人收了我的钱，克扣了补贴")
        worker(desks)
        assert desks.get("mz-officer", f"/staff/cases/{number}").status_code == 404
        assert "收了我的钱" in desks.get("office", f"/staff/cases/{number}").text
    with desks.deployment.database.reading() as session:
        sealed = b"".join(session.scalars(select(Message.sealed)))
    assert "收了我的钱".encode() not in sealed


def test_nothing_is_asked_of_an_open_case_nor_of_a_tip_off(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        open_one = desks.register()
        assert ASKED not in page_of(desks, open_one.query_code).text
        tip_off = desks.register(TIP_OFF, accused="民意街道")
        number = tip_off.case.number
        desks.through(
            number,
            ("mz-officer", "sign-for", ""),
            ("mz-officer", "accept", ""),
            ("mz-officer", "draft", "查过了"),
            ("mz-head", "sign", ""),
            ("office", "release", ""),
            ("mz-officer", "close", ""),
        )
        page = page_of(desks, tip_off.query_code)
        assert ASKED not in page.text
        assert "不同意这个结果" in page.text
        assert answers(desks, tip_off.query_code, satisfaction="1").status == 409
    with desks.deployment.database.reading() as session:
        assert session.scalars(select(FollowUp)).all() == []


def test_after_an_objection_the_questions_come_anew(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number, code = closed(desks)
        answers(desks, code, solved="no")
        objects(desks, code, "还是没有")
        assert ASKED not in page_of(desks, code).text
        assert answers(desks, code, solved="yes").status == 409
    first = kept(desks, number)[0]
    assert (first.why, first.outcome, first.ended_by) == ("unsatisfied", "reopened", None)


def test_answers_come_back_when_the_database_is_away(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        _, code = closed(desks)
        client = desks.deployment.citizen()
        page = opened(client.post("/progress", data={"query_code": code}))
        unplug(desks.deployment, desks.deployment.public)
        typed = page.fields | {"satisfaction": "2", "remark": "还差一点"}
        refused = opened(client.post("/progress/answers", data=typed))
    assert refused.status == 503
    assert (refused.fields["satisfaction"], refused.fields["remark"]) == ("2", "还差一点")
    assert refused.fields["query_code"] == page.fields["query_code"]
    assert findings(refused.html) == []


def test_a_wrong_code_answers_as_always(desks: Desks) -> None:
    client, wrong = desks.deployment.citizen(), {"query_code": "00000000000000000"}
    with desks.on("2022-06-06"):
        _, code = closed(desks)
        page = opened(client.post("/progress", data={"query_code": code}))
        typed = page.fields | {"satisfaction": "2"} | wrong
        answer = client.post("/progress/answers", data=typed)
    looked_up = client.post("/progress", data=wrong)
    assert (answer.status_code, answer.data) == (looked_up.status_code, looked_up.data)


def test_a_closed_page_asks_the_database_little(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        _, code = closed(desks)
        answers(desks, code, satisfaction="2")
        statements: list[str] = []
        engine = desks.deployment.public.extensions["database"].engine
        event.listen(engine, "before_cursor_execute", lambda *g: statements.append(str(g[2])))
        page_of(desks, code)
    assert len(statements) <= 14, "\n".join(statements)


def test_nothing_but_numbers_lies_in_the_clear(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        _, code = closed(desks)
        answers(desks, code, solved="no", satisfaction="1", remark="机密的话")
    with desks.deployment.database.reading() as session:
        row = session.scalars(select(Answer)).one()
        columns = {column.key for column in Answer.__table__.columns}
        assert session.get_one(Case, 1).last_word_at is not None
    assert columns == {
        "id",
        "follow_up_id",
        "solved",
        "satisfaction",
        "how",
        "staff_id",
        "answered_at",
    }
    assert row.staff_id is None
