"""The ledger through the real site: from a case whose facts stand to a problem struck off."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from admin.ledger.problem import ProblemCase
from admin.ledger.refusals import NotVerified, OutOfScope, ReportersWords, StepNotAllowed
from admin.ledger.strike_off import may_approve
from intake.cases.case import Case
from intake.cases.event import Event
from intake.rules.lifecycle import State
from intake.vault.compartment import Compartment
from portal.campaign.kinds import Kind
from portal.foundation.staff import Role
from tests.admin.accounts.site import full_width
from tests.admin.house import FOUND, PLANNED, WORDS, House

NEW = {
    "version": "0",
    "what_is_wrong": FOUND,
    "unit": "MZ",
    "problem_type": "1.2",
    "policy": "MZ11",
    "place": "",
    "fund_year": full_width("2021"),
    "amount": "12,800元",
    "persons": "8人",
    "rectify_by": "2022-07-15",
}


def open_by_form(house: House, case: str, **typed: str) -> str:
    answer = house.post("chen", f"/staff/problems/new?case={case}", **{**NEW, **typed})
    assert answer.status_code == 303, answer.text
    found = re.search(r"/problems/(\w+)\?done=new", answer.location)
    assert found is not None
    return found.group(1)


def test_a_problem_walks_from_found_to_struck_off(house: House) -> None:
    case = house.answered_case()
    assert "记了以后" in house.get("chen", f"/staff/problems/new?case={case}")
    number = open_by_form(house, case)
    page = house.get("min", f"/staff/problems/{number}")
    assert "12,800.00元" in page
    assert FOUND in page

    def step(name: str, path: str, **typed: str) -> int:
        house.get(name, f"/staff/problems/{number}/{path}")
        sent = {"version": str(house.version(number)), **typed}
        return house.post(name, f"/staff/problems/{number}/{path}", **sent).status_code

    assert step("min", "responsible", leader="方远山 副局长", person="贺小满 科长") == 303
    assert step("min", "measures", text="核对账号，补发8人的津贴", **PLANNED) == 303
    assert house.state(number) == "rectifying"
    assert "每项措施都做完" in house.get("zheng", f"/staff/problems/{number}")
    assert step("min", "measures/1", done_on="2022-06-05", evidence="银行回单8张") == 303
    assert step("zheng", "rectified", word="改到位了", recovered="", paid_back="12800") == 303
    assert step("lu", "send-back", reason="回单差2张") == 303
    assert house.state(number) == "rectifying"
    assert step("zheng", "rectified", word="回单补齐了") == 303
    assert step("lu", "strike-off", opinion="回单齐全，抽查2人属实") == 303
    assert house.state(number) == "struck_off"
    page = house.get("min", f"/staff/problems/{number}")
    assert "回单齐全，抽查2人属实" in page
    assert "方远山 副局长" in page


def test_a_unit_sees_its_own_problems_and_nothing_of_others(house: House) -> None:
    empty = house.get("tui", "/staff/problems")
    number = house.problem(house.answered_case())
    assert number in house.get("min", "/staff/problems")
    assert house.get("tui", "/staff/problems") == empty
    missing = house.browser("tui").get("/staff/problems/JHW999999")
    hidden = house.browser("tui").get(f"/staff/problems/{number}")
    assert (hidden.status_code, hidden.data) == (404, missing.data)
    for path in ("measures", "responsible", "rectified", "send-back", "strike-off", "measures/1"):
        sent = {"version": "1", "text": "x", "word": "x", "reason": "x", "opinion": "x"}
        at = f"/staff/problems/{number}/{path}"
        assert house.browser("tui").get(at).status_code == 404
        assert house.post("tui", at, **sent).status_code == 404
    assert house.version(number) == 1


@pytest.mark.parametrize("name", ["gong", "ji", "shen", "bie"])
def test_others_see_no_ledger(house: House, name: str) -> None:
    number = house.problem(house.answered_case())
    for path in ("", f"/{number}", "/new"):
        assert house.browser(name).get(f"/staff/problems{path}").status_code == 404


def test_the_office_s_pages_are_the_office_s(house: House) -> None:
    case = house.answered_case()
    for path in ("/staff/office", "/staff/office/first-look", f"/staff/problems/new?case={case}"):
        assert house.browser("min").get(path).status_code == 404
        house.get("chen", path)


def test_an_accused_unit_finds_no_trace_of_the_case(house: House) -> None:
    words = "民意街道办事处的人把老人的高龄津贴扣下来分了，我亲眼看见的"
    case = house.case(kind=Kind.TIP_OFF, problem="3.3", words=words, accused="民意街道办事处")
    house.handle(case, to=State.ACCEPTED)
    number = house.problem(
        case, unit="ST05", problem_type="3.3", what_is_wrong="3笔津贴没有入账。", verified=True
    )
    page = house.get("jie", f"/staff/problems/{number}")
    assert "核查发现" in page
    for trace in (case, "来件", "举报", "反映", "亲眼", "/staff/cases/"):
        assert trace not in page
    assert house.browser("jie").get(f"/staff/cases/{case}").status_code == 404
    assert case in house.get("chen", f"/staff/problems/{number}")
    with house.deployment.database.reading() as session:
        box = session.scalars(
            select(Compartment).where(Compartment.label == f"problem:{number}")
        ).one()
        assert {key.holder for key in box.keys} == {"BGS", "ST05"}


def test_the_reporter_s_words_and_name_are_caught(house: House) -> None:
    case = house.answered_case()
    path = f"/staff/problems/new?case={case}"
    copied = {**NEW, "what_is_wrong": f"有人说{WORDS[:6]} {WORDS[6:20]}，查了属实。"}
    answer = house.post("chen", path, **copied)
    assert answer.status_code == 422
    assert "和来件的原文一样" in answer.text
    assert "查了属实" in answer.text
    assert house.post("chen", path, **copied, wording_checked="y").status_code == 303
    named = {**NEW, "version": "1", "what_is_wrong": "万 秋月反映的8人漏发属实。"}
    assert house.post("chen", path, **named, wording_checked="y").status_code == 422


def test_only_facts_that_stand_enter_the_ledger(house: House) -> None:
    case = house.case()
    with pytest.raises(NotVerified):
        house.problem(case, verified=True)
    house.handle(case, to=State.ACCEPTED)
    with pytest.raises(NotVerified):
        house.problem(case)
    with pytest.raises(StepNotAllowed):
        house.problem(case, by="zheng", verified=True)
    assert house.problem(case, verified=True)


def test_what_lies_out_of_scope_is_answered_but_not_in_the_ledger(house: House) -> None:
    case = house.answered_case()
    with house.deployment.database.writing() as session:
        session.scalars(select(Case).where(Case.number == case)).one().in_ledger_scope = False
    with pytest.raises(OutOfScope):
        house.problem(case)
    assert "这件不记台账" in house.get("chen", f"/staff/problems/new?case={case}")
    assert house.post("chen", f"/staff/problems/new?case={case}", **NEW).status_code == 409


def test_two_who_open_from_one_case_at_a_time(house: House) -> None:
    case = house.answered_case()
    open_by_form(house, case)
    answer = house.post("lu", f"/staff/problems/new?case={case}", **NEW)
    assert answer.status_code == 409
    assert FOUND in answer.text
    with house.deployment.database.reading() as session:
        assert len(session.scalars(select(ProblemCase)).all()) == 1
    assert open_by_form(house, case, version="1")


def test_two_who_write_at_a_time(house: House) -> None:
    number = house.problem(house.answered_case())
    path = f"/staff/problems/{number}/measures"
    assert house.post("min", path, version="1", text="先写的措施", **PLANNED).status_code == 303
    answer = house.post("zheng", path, version="1", text="后写的措施", **PLANNED)
    assert answer.status_code == 409
    assert "后写的措施" in answer.text
    assert "min同志" in answer.text
    sent = {"version": str(house.version(number)), "text": "后写的措施", **PLANNED}
    assert house.post("zheng", path, **sent).status_code == 303


def test_who_had_a_hand_in_it_can_t_strike_it_off(house: House) -> None:
    number = house.problem(house.answered_case(), by="chen")
    house.rectify(number)
    path = f"/staff/problems/{number}/strike-off"
    sent = {"version": str(house.version(number)), "opinion": "同意"}
    assert "销号要由办公室另一位同事审核" in house.get("chen", f"/staff/problems/{number}")
    for name in ("chen", "min", "zheng"):
        assert house.post(name, path, **sent).status_code == 409
    assert house.state(number) == "rectified"
    assert house.post("lu", path, **sent).status_code == 303


@pytest.mark.parametrize("served", ["ST05", "CM0501", "QZF"])
def test_who_serves_the_unit_or_one_above_or_below_is_no_office_for_it(
    house: House, served: str
) -> None:
    house.deployment.add_staff("shuang", ("BGS", Role.OFFICE), (served, Role.OFFICER))
    number = house.problem(house.answered_case(), unit="ST05")
    house.rectify(number, officer="jie", head="tou")
    sent = {"version": str(house.version(number)), "opinion": "同意", "reason": "查过了"}
    at = f"/staff/problems/{number}"
    assert f"{at}/strike-off" not in house.get("shuang", at)
    for step in ("strike-off", "send-back", "unfounded"):
        assert house.post("shuang", f"{at}/{step}", **sent).status_code == 409, step
    assert house.state(number) == "rectified"
    with house.deployment.database.reading() as session:
        problem = house.find(session, number)
        assert not may_approve(session, problem, house.hand(session, "shuang", 0))
        assert may_approve(session, problem, house.hand(session, "lu", 0))
    draft = f"/staff/publishing/new?problem={number}"
    assert house.browser("shuang").get(draft).status_code == 404
    house.get("chen", draft)
    assert f"{at}/strike-off" in house.get("lu", at)


def test_wrong_figures_come_back_with_what_was_typed(house: House) -> None:
    case = house.answered_case()
    typed = {**NEW, "amount": "很多", "persons": "几个", "fund_year": "二一", "rectify_by": "下月"}
    answer = house.post("chen", f"/staff/problems/new?case={case}", **typed)
    assert answer.status_code == 422
    for words in ("金额要写数字", "这里要写整数", "日期要这样写", "很多", "几个", FOUND):
        assert words in answer.text
    number = house.problem(case)
    house.post("min", f"/staff/problems/{number}/measures", version="1", text="补发", **PLANNED)
    tomorrow = {"version": "2", "done_on": "2022-06-07", "evidence": "回单"}
    answer = house.post("min", f"/staff/problems/{number}/measures/1", **tomorrow)
    assert answer.status_code == 422
    assert "这一天还没到" in answer.text
    blank = {**tomorrow, "done_on": "2022-06-06", "evidence": "   "}
    assert house.post("min", f"/staff/problems/{number}/measures/1", **blank).status_code == 422
    assert house.browser("min").get(f"/staff/problems/{number}/measures/2").status_code == 404


def test_no_event_of_a_problem_holds_words(house: House) -> None:
    case = house.answered_case()
    number = house.problem(case)
    house.rectify(number)
    house.strike_off(number)
    with house.deployment.database.reading() as session:
        events = session.scalars(select(Event).where(Event.facts["problem"].as_string() == number))
        names = [event.name for event in events]
    assert names == [
        "problem_entered",
        "problem_opened",
        "measure_recorded",
        "measure_done",
        "rectified",
        "struck_off",
    ]


def test_copied_words_are_refused_by_the_act_too(house: House) -> None:
    case = house.answered_case()
    with pytest.raises(ReportersWords) as refused:
        house.problem(case, what_is_wrong=WORDS)
    assert refused.value.may_stay
