"""Who is visited, by whom, and what comes of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from intake.cases.case import Identity
from intake.rules.lifecycle import State
from portal.campaign.kinds import Kind
from tests.admin.desk.people import NOISE, UNCLEAR, Desks
from tests.admin.desk.reporter import page_of
from tests.admin.follow_up.visits import (
    answered,
    answers,
    at,
    closed,
    does,
    events,
    kept,
    read,
    says,
    visits,
    waiting,
    worker,
)

REACHABLE: dict[str, Any] = {"identity": Identity.PHONE, "contact_phone": "13800000000"}


def unhappy(desks: Desks) -> tuple[str, str]:
    """A closed case whose reporter isn't satisfied, and his code."""
    number, code = closed(desks, **REACHABLE)
    answers(desks, code, solved="no", satisfaction="1", remark="三月的还没有到")
    return number, code


def closed_by_others(desks: Desks) -> str:
    """A closed case of another unit, whose reporter isn't satisfied either."""
    sent = desks.register(NOISE)
    number = sent.case.number
    desks.through(
        number,
        ("rs-officer", "sign-for", ""),
        ("rs-officer", "accept", ""),
        ("rs-officer", "draft", "查过了"),
        ("office-head", "reply", ""),
        ("rs-officer", "close", ""),
    )
    answers(desks, sent.query_code, solved="no")
    return number


def test_the_list_shows_only_what_a_person_may_visit(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        number, _ = unhappy(desks)
        theirs = closed_by_others(desks)
        closed(desks)  # Anonymous, and he says nothing.
        assert waiting(desks, "mz-second") == [number]
        assert waiting(desks, "office") == sorted([number, theirs])
        assert waiting(desks, "office-head") == [number]
        for name in ("mz-officer", "mz-head", "rs-officer", "st-officer"):
            assert waiting(desks, name) == []
        assert desks.get("st-officer", at(number)).status_code == 404
        assert desks.get("rs-officer", at(number, "visit")).status_code == 404


def test_whom_the_case_bars_finds_nothing(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        desks.at("mz-second")
        before = read(desks, "mz-second", "/staff/follow-ups")
        number, _ = unhappy(desks)
        desks.act("office", number, "recuse", unit="MZ", words="来件人说是民政局扣的")
        assert waiting(desks, "mz-second") == []
        assert read(desks, "mz-second", "/staff/follow-ups") == before
        unknown = desks.get("mz-second", at("JH00000000", "visit")).data
        for act in ("", "visit", "reopen"):
            answer = desks.get("mz-second", at(number, act))
            assert (answer.status_code, answer.data) == (404, unknown)
        assert waiting(desks, "office") == [number]


def test_whoever_handled_a_case_does_not_ask_about_it(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number, _ = unhappy(desks)
        for name in ("mz-officer", "mz-head"):
            assert "回访由没有经办过的人来做" in read(desks, name, at(number))
            assert "您经办过这件" in read(desks, name, at(number, "visit"), 409)
            refused = visits(desks, name, number)
            assert (refused.status_code, "您经办过这件" in refused.text) == (409, True)
            assert "他说都好了" in refused.text
        assert len(answered(desks, number)) == 1
        assert visits(desks, "mz-second", number).status_code == 303


def test_whom_the_head_gave_the_case_handled_it_too(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        number = desks.case(**REACHABLE)
        desks.at("mz-second")
        with desks.deployment.database.reading() as session:
            second = desks.deployment.staff_id(session, "mz-second")
        desks.act("mz-head", number, "hand-to", person=str(second))
        desks.through(
            number,
            ("mz-officer", "sign-for", ""),
            ("mz-officer", "accept", ""),
            ("mz-officer", "draft", "查过了"),
            ("mz-head", "reply", ""),
            ("mz-officer", "close", ""),
        )
        says(desks, share=1)
        closed_too, _ = closed(desks, **REACHABLE)
        assert number not in waiting(desks, "mz-second")
        assert waiting(desks, "mz-second") == [closed_too]


def test_a_share_is_drawn_of_whom_one_can_reach(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        says(desks, share=1, days=10)
        number, _ = closed(desks, **REACHABLE)
        closed(desks)
        assert waiting(desks, "mz-second") == [number]
        drawn = kept(desks, number)[0]
        assert (drawn.why, drawn.due_on) == ("drawn", date(2022, 6, 20))
        says(desks, share=0)
        closed(desks, **REACHABLE)
        assert waiting(desks, "mz-second") == [number]


def test_a_good_visit_ends_it(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        says(desks, share=1)
        number, code = closed(desks, **REACHABLE)
        assert visits(desks, "mz-second", number, how="on_the_spot").status_code == 303
        assert waiting(desks, "mz-second") == []
        page = read(desks, "mz-second", at(number))
        for said in ("回访过，没有不满意", "现场回访", "民政乙经办", "他说都好了"):
            assert said in page
        assert "他说都好了" in desks.get("mz-officer", f"/staff/cases/{number}").text
        own = page_of(desks, code).text
        assert "回访了您" in own
        assert "他说都好了" not in own
    assert answered(desks, number) == [("yes", 5, "on_the_spot")]
    assert visits(desks, "mz-second", number).status_code == 409


def test_a_household_visit_takes_two(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        says(desks, share=1)
        number, _ = closed(desks, **REACHABLE)
        said = {"solved": "partly", "satisfaction": "4", "words": "存折上有六月的"}
        alone = does(desks, "mz-second", number, "household", **said)
        assert (alone.status_code, "入户要两个人" in alone.text) == (422, True)
        assert "存折上有六月的" in alone.text
        together = does(desks, "mz-second", number, "household", **said, companion="社区王主任")
        assert together.status_code == 303
        assert "同去：社区王主任" in read(desks, "office", at(number))
    assert answered(desks, number) == [("partly", 4, "household")]


@pytest.mark.parametrize(
    ("day", "why"), [("2022-06-05", "要在办结以后"), ("2022-06-07", "这一天还没有到")]
)
def test_a_visit_has_its_day(desks: Desks, day: str, why: str) -> None:
    with desks.on("2022-06-06"):
        number, _ = unhappy(desks)
        answer = visits(desks, "mz-second", number, on=day)
        assert (answer.status_code, why in answer.text) == (422, True)


def test_who_cant_be_reached_on_three_days_is_let_go(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        says(desks, share=1, attempts=3)
        number, _ = closed(desks, **REACHABLE)
        assert does(desks, "mz-second", number, "not-reached").status_code == 303
        twice = does(desks, "mz-second", number, "not-reached", words="又打了一次")
        assert (twice.status_code, "一天只算一次" in twice.text) == (422, True)
        assert "又打了一次" in twice.text
    for day in ("2022-06-07", "2022-06-08"):
        with desks.on(day):
            assert does(desks, "mz-second", number, "not-reached").status_code == 303
    assert kept(desks, number)[0].outcome == "unreachable"
    assert [one["attempts"] for one in events(desks, number, "not_reached")] == [1, 2, 3]


def test_who_is_not_satisfied_is_never_let_go_unheard(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number, _ = unhappy(desks)
    for day in ("2022-06-07", "2022-06-08", "2022-06-09", "2022-06-10"):
        with desks.on(day):
            assert does(desks, "mz-second", number, "not-reached").status_code == 303
    with desks.on("2022-06-11"):
        assert kept(desks, number)[0].outcome is None
        for name, status in (("mz-second", 409), ("mz-officer", 409), ("office", 422)):
            answer = does(desks, name, number, "unfounded", words=" ")
            assert answer.status_code == status, name
        said = {"words": "对过流水，三月的已经到账"}
        assert does(desks, "office", number, "unfounded", **said).status_code == 303
        assert "对过流水" in read(desks, "mz-second", at(number))
    assert kept(desks, number)[0].outcome == "unfounded"


def test_the_office_opens_a_case_again(desks_on_each: Desks) -> None:
    """Ten working days from Friday, 23 September 2022: 26 to 30 September make five; 1 to 7 October
    are off, Saturday and Sunday, 8 and 9 October, are worked, so 8 to 12 make the other five."""
    desks = desks_on_each
    with desks.on("2022-09-23"):
        desks.case(UNCLEAR)
        number, code = unhappy(desks)
        visits(desks, "mz-second", number, solved="no", satisfaction="2", words="确实没到")
        assert does(desks, "mz-second", number, "reopen", words="没到").status_code == 409
        told = "回访知道三月的没有到账，换人再查一次。"
        assert does(desks, "office", number, "reopen", words=told).status_code == 303
        stored = desks.stored(number)
        assert (stored.state, stored.unit_code) == (State.RETURNED, "BGS")
        assert stored.answer_by == date(2022, 10, 12)
        own = page_of(desks, code)
        assert own.heading == "换人再办一次"
        assert told in own.text
        assert "确实没到" not in own.text
        assert number in desks.list("office", "tab=triage")
        assert desks.get("mz-second", at(number)).status_code == 404
    assert kept(desks, number)[0].outcome == "reopened"


def test_after_a_second_closing_everybody_is_visited(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number, _ = unhappy(desks)
        does(desks, "office", number, "reopen", words="再办一次")
        desks.act("office", number, "sort", unit="MZ")
        worker(desks)
        desks.through(
            number,
            ("mz-second", "sign-for", ""),
            ("mz-second", "accept", ""),
            ("mz-second", "draft", "这回补上了"),
            ("mz-head", "reply", ""),
            ("mz-second", "close", ""),
        )
        says(desks, share=0)
        second = kept(desks, number)[1]
        assert (second.why, second.outcome) == ("reopened", None)
        assert waiting(desks, "office") == [number]
        assert waiting(desks, "mz-second") == []


def test_a_changed_mind_begins_it_again_but_not_after_a_ruling(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number, code = unhappy(desks)
        visits(desks, "mz-second", number)
        assert kept(desks, number)[0].outcome == "satisfied"
        answers(desks, code, satisfaction="2")
        assert waiting(desks, "mz-second") == [number]
        does(desks, "office", number, "unfounded", words="查过了")
        answers(desks, code, satisfaction="1")
        assert waiting(desks, "mz-second") == []


def test_of_two_the_later_keeps_his_text(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number, _ = unhappy(desks)
        slow = desks.form("mz-second", number, "follow-up/visit")
        does(desks, "office", number, "not-reached")
        said = {"how": "telephone", "solved": "no", "satisfaction": "2", "words": "后记的话"}
        answer = desks.at("mz-second").post(at(number, "visit"), data=slow | said)
        assert answer.status_code == 409
        assert "后记的话" in answer.text
        assert "办公甲" in answer.text


def test_nothing_is_asked_while_a_case_is_open(desks: Desks) -> None:
    number = desks.case()
    assert "还没有办结" in read(desks, "mz-officer", at(number))
    assert desks.get("mz-officer", at(number, "visit")).status_code == 409
    assert desks.get("mz-officer", at(number, "no-such-act")).status_code == 404


def test_a_campaign_that_says_nothing_draws_none_and_sets_no_date(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        says(desks, share=0, days=None)
        number, _ = unhappy(desks)
        assert "没有规定日子" in read(desks, "mz-second", "/staff/follow-ups")
        assert kept(desks, number)[0].due_on == date(9999, 12, 31)


def test_a_petition_is_asked_about_as_well(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number, code = closed(
            desks,
            kind=Kind.PETITION,
            identity=Identity.REAL_NAME,
            contact_name="王五",
            contact_phone="13800000000",
        )
        answers(desks, code, satisfaction="2")
        assert waiting(desks, "mz-second") == [number]


def test_the_list_asks_the_database_little(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        for _ in range(3):
            unhappy(desks)
        desks.at("mz-second")
        statements: list[str] = []
        engine = desks.deployment.staff.extensions["database"].engine
        event.listen(engine, "before_cursor_execute", lambda *g: statements.append(str(g[2])))
        assert len(waiting(desks, "mz-second")) == 3
    assert len(statements) <= 14, "\n".join(statements)
