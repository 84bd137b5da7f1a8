"""Facts that another unit checks: it reads what is written for it, and never a case; whom a case
accuses is asked nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from admin.accounts.access import Access
from admin.desk.hand import Hand, UnitIsBarred
from admin.desk.verifying import Question, ask_to_verify
from admin.system.moving_keys import hand_keys_on
from intake import correspondence
from intake.cases.case import Case
from intake.cases.message import MessageKind
from intake.cases.verification import Verification, VerificationEnd
from intake.rules.lifecycle import State
from intake.vault.compartment import Compartment
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.staff import Role, Staff
from tests.admin.desk.people import NOISE, TIP_OFF, WORDS, Desks, filled
from tests.admin.desk.reporter import adds, page_of

QUESTION = "请核对：舞台社区86岁的刘某，4月到6月是不是住在辖区，津贴名册里有没有他"
FOUND = "在册，4月起名册里没有他，5月20日补报过"
LIST = "/staff/verifications"


def asked(desks: Desks, number: str, name: str = "mz-officer", **typed: str) -> str:
    """Ask the street something about a case; returns the key of the question."""
    answer = desks.act(name, number, "verify", **{"unit": "ST05", "words": QUESTION} | typed)
    assert answer.status_code == 303, answer.text
    return stored(desks, number)[-1].key


def stored(desks: Desks, number: str) -> list[Verification]:
    wanted = select(Verification).join(Case, Case.id == Verification.case_id)
    with desks.deployment.database.reading() as session:
        return list(session.scalars(wanted.where(Case.number == number).order_by(Verification.id)))


def answers(desks: Desks, name: str, key: str, words: str = FOUND) -> Any:
    """Send an answer from the question's own page."""
    fields = filled(desks.get(name, f"{LIST}/{key}").text) | {"words": words}
    return desks.at(name).post(f"{LIST}/{key}", data=fields)


def holders_of(desks: Desks, label: str) -> set[str]:
    with desks.deployment.database.reading() as session:
        boxes = session.scalars(select(Compartment).where(Compartment.label == label))
        return {key.holder for box in boxes for key in box.keys}


def test_a_street_answers_a_question_and_never_sees_the_case(desks_on_each: Desks) -> None:
    desks = desks_on_each
    other = desks.case(NOISE)
    registered = desks.register()
    number = registered.case.number
    key = asked(desks, number)

    listed = desks.get("st-officer", LIST).text
    page = desks.get("st-officer", f"{LIST}/{key}").text
    for shown in (listed, page):
        assert QUESTION[:20] in shown
        assert "区民政局" in shown
        for secret in (number, WORDS, other):
            assert secret not in shown
    assert desks.get("st-officer", f"/staff/cases/{number}").status_code == 404
    assert desks.list("st-officer", "tab=open") == []
    assert "ST05" not in holders_of(desks, f"case:{number}")
    assert holders_of(desks, f"verification:{key}") == {"ST05"}

    assert answers(desks, "st-officer", key).status_code == 303

    assert FOUND in desks.get("mz-officer", f"/staff/cases/{number}").text
    assert FOUND in desks.get("st-officer", f"{LIST}/{key}").text
    assert "没有等本单位核查的事" in desks.get("st-officer", LIST).text
    assert FOUND not in page_of(desks, registered.query_code).text
    (kept,) = stored(desks, number)
    assert kept.end is VerificationEnd.ANSWERED
    assert QUESTION.encode() not in kept.sealed_question


def test_it_is_nobodys_else(desks: Desks) -> None:
    key = asked(desks, desks.case())
    nowhere = desks.get("rs-officer", f"{LIST}/HC00000000").data
    for name in ("rs-officer", "mz-officer", "office"):
        assert desks.get(name, f"{LIST}/{key}").status_code == 404
    assert desks.get("rs-officer", f"{LIST}/{key}").data == nowhere
    assert QUESTION[:20] not in desks.get("rs-officer", LIST).text
    assert desks.get("publisher", LIST).status_code == 404


def test_the_accused_is_neither_offered_nor_asked(desks: Desks) -> None:
    number = desks.case(TIP_OFF, accused="民意街道办事处")
    desks.at("st-officer")
    before = {path: desks.get("st-officer", path).data for path in (LIST, "/staff/cases")}
    form = desks.get("office", f"/staff/cases/{number}/verify").text
    assert 'value="ST06"' in form
    assert 'value="ST05"' not in form
    sent = desks.act("office", number, "verify", unit="ST05", words=QUESTION, reason="只有它有名册")
    assert sent.status_code == 422
    with desks.deployment.database.writing() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        person = session.get_one(Staff, desks.deployment.staff_id(session, "office"))
        hand = Hand(Access.of(person, book(session)), book(session), case.version)
        for unit in ("ST05", "CM0501"):
            question = Question(unit, QUESTION, clock.today(), "只有它有名册")
            with pytest.raises(UnitIsBarred):
                ask_to_verify(session, case, hand, question)
    assert stored(desks, number) == []
    assert {path: desks.get("st-officer", path).data for path in before} == before


def test_of_a_tip_off_only_the_office_asks_and_says_why(desks: Desks) -> None:
    number = desks.case(TIP_OFF)
    desks.act("office", number, "sort", unit="RS")
    assert "/verify?" not in desks.get("rs-officer", f"/staff/cases/{number}").text
    page = desks.get("office", f"/staff/cases/{number}/verify").text
    assert "就可能让人猜到有人反映" in page
    silent = desks.act("office", number, "verify", unit="ST05", words=QUESTION)
    assert (silent.status_code, "请写为什么非问不可" in silent.text) == (422, True)
    assert QUESTION in silent.text

    key = asked(desks, number, "office", reason="名册只有街道有")

    assert "领导小组办公室" in desks.get("st-officer", f"{LIST}/{key}").text
    assert "名册只有街道有" in desks.get("office", f"/staff/cases/{number}").text
    assert "名册只有街道有" not in desks.get("rs-officer", f"/staff/cases/{number}").text
    assert answers(desks, "st-officer", key).status_code == 303
    assert FOUND in desks.get("rs-officer", f"/staff/cases/{number}").text


def test_whom_the_office_accuses_later_finds_nothing_at_once(desks: Desks) -> None:
    number = desks.case()
    desks.at("st-officer")
    before = desks.get("st-officer", LIST).data
    answered, key = asked(desks, number), ""
    answers(desks, "st-officer", answered)
    key = asked(desks, number)

    desks.act("office", number, "recuse", unit="ST05", words="来件里说的是它")

    for one in (answered, key):
        assert desks.get("st-officer", f"{LIST}/{one}").status_code == 404
        assert holders_of(desks, f"verification:{one}") == set()
    assert desks.get("st-officer", LIST).data == before
    ends = [one.end for one in stored(desks, number)]
    assert ends == [VerificationEnd.ANSWERED, VerificationEnd.WITHDRAWN]
    posted = desks.at("st-officer").post(
        f"{LIST}/{key}", data={"csrf_token": _token(desks), "words": FOUND}
    )
    assert posted.status_code == 404


def test_whom_its_reporter_accuses_later_finds_nothing_at_once(desks_on_each: Desks) -> None:
    desks = desks_on_each
    registered = desks.register()
    number = registered.case.number
    key = asked(desks, number)

    adds(desks, registered.query_code, "举报民意街道办事处的人收红包，贪污补贴的钱")

    # Before the worker has taken a key.
    assert desks.get("st-officer", f"{LIST}/{key}").status_code == 404
    assert "没有等本单位核查的事" in desks.get("st-officer", LIST).text
    hand_keys_on(desks.deployment.database)
    assert holders_of(desks, f"verification:{key}") == set()
    assert stored(desks, number)[0].end is VerificationEnd.WITHDRAWN


def test_a_person_who_is_named_doesnt_see_what_his_colleagues_are_asked(desks: Desks) -> None:
    desks.deployment.add_staff("st-second", ("ST05", Role.OFFICER), display="民意乙经办")
    desks.at("st-officer")
    number = desks.case(accused="民意甲经办")
    key = asked(desks, number, "office", reason="名册只有街道有")

    assert desks.get("st-officer", f"{LIST}/{key}").status_code == 404
    assert QUESTION[:20] not in desks.get("st-officer", LIST).text
    colleague = desks.deployment.officer("st-second")
    assert QUESTION in colleague.get(f"{LIST}/{key}").text


def test_it_is_taken_back(desks: Desks) -> None:
    number = desks.case()
    key = asked(desks, number)
    again = desks.get("mz-officer", f"/staff/cases/{number}/verify").text
    assert 'value="ST05"' not in again

    assert desks.act("mz-officer", number, "drop-verification", unit="ST05").status_code == 303

    assert desks.get("st-officer", f"{LIST}/{key}").status_code == 404
    assert holders_of(desks, f"verification:{key}") == set()
    assert "不用核查了" in desks.get("mz-officer", f"/staff/cases/{number}").text


def test_of_two_who_answer_the_later_keeps_his_words(desks_on_each: Desks) -> None:
    desks = desks_on_each
    number = desks.case()
    key = asked(desks, number)
    fields = filled(desks.get("st-officer", f"{LIST}/{key}").text)
    desks.deployment.add_staff("st-second", ("ST05", Role.HEAD), display="民意乙负责")
    second = desks.deployment.officer("st-second")
    second.post(
        f"{LIST}/{key}", data=filled(second.get(f"{LIST}/{key}").text) | {"words": "名册里没有"}
    )

    late = desks.at("st-officer").post(f"{LIST}/{key}", data=fields | {"words": FOUND})

    assert late.status_code == 409
    assert "同事已经答复了" in late.text
    assert FOUND in late.text
    assert "名册里没有" in desks.get("mz-officer", f"/staff/cases/{number}").text
    assert FOUND not in desks.get("mz-officer", f"/staff/cases/{number}").text


def test_the_answer_goes_where_the_case_is_now_and_ends_with_it(desks: Desks) -> None:
    number, over = desks.case(), desks.case()
    key, late = asked(desks, number), asked(desks, over)
    desks.act("office", number, "sort", unit="RS")
    desks.change(over, state=State.CLOSED)

    assert answers(desks, "st-officer", key).status_code == 303

    assert FOUND in desks.get("rs-officer", f"/staff/cases/{number}").text
    assert desks.get("st-officer", f"{LIST}/{late}").status_code == 404
    with desks.deployment.database.reading() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        kinds = [MessageKind.VERIFIED]
        assert correspondence.read_as_unit(session, case, frozenset({"ST05"}), kinds) == []


@pytest.mark.parametrize(("field", "value"), [("due_on", "2001-01-01"), ("words", " ")])
def test_what_is_missing_is_asked_for_and_nothing_is_lost(
    desks: Desks, field: str, value: str
) -> None:
    number = desks.case()
    typed = {"unit": "ST05", "words": QUESTION} | {field: value}
    answer = desks.act("mz-officer", number, "verify", **typed)
    assert answer.status_code == 422
    assert field == "words" or QUESTION in answer.text
    assert stored(desks, number) == []


def test_it_comes_before_the_answer_to_the_reporter(desks: Desks) -> None:
    number = desks.case()
    late = (desks.stored(number).answer_by + timedelta(days=1)).isoformat()
    answer = desks.act("mz-officer", number, "verify", unit="ST05", words=QUESTION, due_on=late)
    assert (answer.status_code, "核查结果要在这以前" in answer.text) == (422, True)


def test_the_list_costs_the_same_however_long_it_is_but_for_the_opening(desks: Desks) -> None:
    def statements() -> int:
        found: list[str] = []
        engine = desks.deployment.staff.extensions["database"].engine
        note = lambda *given: found.append(str(given[2]))  # noqa: E731
        event.listen(engine, "before_cursor_execute", note)
        desks.get("st-officer", "/staff/cases")
        event.remove(engine, "before_cursor_execute", note)
        return len(found)

    desks.at("st-officer")
    desks.get("st-officer", "/staff/cases")
    before = statements()
    for _ in range(4):
        asked(desks, desks.case())
    # Whether a room has moved since is asked once after anything was done.
    desks.get("st-officer", "/staff/cases")
    assert statements() == before


def _token(desks: Desks) -> str:
    account = desks.get("st-officer", "/staff/account").text
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', account)
    assert found is not None
    return found[1]
