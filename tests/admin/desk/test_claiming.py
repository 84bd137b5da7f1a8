"""Who handles a case: taking it on, stepping aside, giving it to a colleague."""

from __future__ import annotations

import re

import pytest

from intake.cases.event import Event
from intake.cases.message import MessageKind
from tests.admin.desk.people import NOISE, Desks, counts, hidden, numbers
from tests.admin.desk.test_assisting import text_for

WHY = "来件人是我的表姐"


def staff_id(desks: Desks, name: str) -> int:
    desks.at(name)
    with desks.deployment.database.reading() as session:
        return desks.deployment.staff_id(session, name)


def events(desks: Desks, number: str, name: str) -> list[dict[str, object]]:
    with desks.deployment.database.reading() as session:
        case_id = desks.stored(number).id
        found = session.query(Event).where(Event.case_id == case_id, Event.name == name)
        return [{**one.facts, "by": one.staff_id} for one in found]


def fact(page: str, name: str) -> str:
    found = re.search(rf"<dt>{name}</dt>\s*<dd>\s*(.*?)\s*</dd>", page, re.DOTALL)
    return found[1] if found else ""


def test_colleagues_see_who_has_taken_a_case_on(desks_on_each: Desks) -> None:
    desks = desks_on_each
    number, noise = desks.case(), desks.case(NOISE)
    before = desks.get("mz-second", f"/staff/cases/{number}").text

    answer = desks.act("mz-officer", number, "claim")

    assert answer.status_code == 303
    assert fact(before, "经办") == "还没有人认领"
    page = desks.get("mz-second", f"/staff/cases/{number}").text
    assert fact(page, "经办") == "民政甲经办"
    assert f"/staff/cases/{number}/claim" not in page
    assert "民政甲经办" in desks.get("mz-second", "/staff/cases?tab=assigned").text
    assert desks.stored(number).state == "assigned"
    assert desks.stored(noise).claimed_by is None
    me = staff_id(desks, "mz-officer")
    assert events(desks, number, "claimed") == [{"staff": me, "by": me}]


def test_mine_and_nobodys_are_filters(desks_on_each: Desks) -> None:
    desks = desks_on_each
    mine, others, free, noise = desks.case(), desks.case(), desks.case(), desks.case(NOISE)
    desks.act("mz-officer", mine, "claim")
    desks.act("mz-second", others, "claim")
    desks.act("rs-officer", noise, "claim")

    assert desks.list("mz-officer", "tab=open&mine=1") == [mine]
    assert desks.list("mz-officer", "tab=open&mine=none") == [free]
    assert sorted(desks.list("mz-officer", "tab=open&mine=everything")) == sorted(
        [mine, others, free]
    )
    assert desks.list("office", "tab=open&scope=district&mine=1") == []
    assert desks.list("office", "tab=open&scope=district&mine=none") == [free]
    tabs = counts(desks.get("mz-officer", "/staff/cases?tab=assigned&mine=1"))
    assert tabs["assigned"][1] == "1"
    tabs = counts(desks.get("mz-officer", "/staff/cases?tab=assigned"))
    assert tabs["assigned"][1] == "3"


def test_of_two_at_once_the_later_learns_who_was_faster(desks: Desks) -> None:
    number = desks.case()
    seen = desks.form("mz-second", number, "claim")
    desks.act("mz-officer", number, "claim")

    answer = desks.at("mz-second").post(f"/staff/cases/{number}/claim", data=seen)

    assert answer.status_code == 409
    assert "现在由民政甲经办经办" in answer.text
    assert desks.stored(number).claimed_by == staff_id(desks, "mz-officer")


def test_nobody_takes_on_a_case_of_another_unit(desks: Desks) -> None:
    number = desks.case()

    for name, status in (("rs-officer", 404), ("office", 409)):
        for step in ("claim", "step-aside", "hand-to"):
            assert desks.get(name, f"/staff/cases/{number}/{step}").status_code == status
        fields = {**desks.token(name), "version": str(desks.stored(number).version)}
        sent = desks.at(name).post(f"/staff/cases/{number}/claim", data=fields)
        assert sent.status_code == status
    assert desks.stored(number).claimed_by is None


def test_a_case_that_leaves_the_unit_is_nobodys(desks: Desks) -> None:
    number = desks.case()
    desks.act("mz-officer", number, "claim")

    desks.act("office", number, "sort", unit="RS")

    assert desks.stored(number).claimed_by is None
    assert desks.list("rs-officer", "tab=open&mine=none") == [number]
    desks.act("rs-officer", number, "claim")
    desks.through(number, ("rs-officer", "return", "不归我们"))
    assert desks.stored(number).claimed_by is None


def test_who_steps_aside_leaves_it_to_others_with_his_reason(desks: Desks) -> None:
    number = desks.case()
    desks.act("mz-officer", number, "claim")

    answer = desks.act("mz-officer", number, "step-aside", why="busy", words="下周起休假")

    assert answer.status_code == 303
    assert desks.stored(number).claimed_by is None
    assert desks.list("mz-officer", "tab=open&mine=none") == [number]
    assert text_for(desks, number, "MZ", MessageKind.REASON) == ["下周起休假"]
    assert len(events(desks, number, "let_go")) == 1


def test_a_reason_is_needed_and_what_was_typed_stays(desks: Desks) -> None:
    number = desks.case()
    desks.act("mz-officer", number, "claim")

    none = desks.act("mz-officer", number, "step-aside", why="busy", words=" ")
    neither = desks.act("mz-officer", number, "step-aside", words=WHY)

    assert (none.status_code, neither.status_code) == (422, 422)
    assert "请写理由" in none.text
    assert WHY in neither.text
    assert desks.stored(number).claimed_by is not None


def test_who_has_an_interest_is_barred_and_his_colleagues_go_on(desks_on_each: Desks) -> None:
    desks = desks_on_each
    number, other = desks.case(), desks.case()
    desks.at("mz-second")
    desks.act("mz-officer", number, "claim")
    desks.act("mz-officer", other, "claim")

    answer = desks.act("mz-officer", number, "step-aside", why="interest", words=WHY)

    assert answer.status_code == 303
    assert desks.get("mz-officer", f"/staff/cases/{number}").status_code == 404
    assert desks.list("mz-officer", "tab=open") == [other]
    assert WHY in desks.get("mz-second", f"/staff/cases/{number}").text
    stored = desks.stored(number)
    assert (stored.claimed_by, stored.barred, stored.accusing) == (None, True, False)
    assert stored.unit_code == "MZ"
    assert desks.stored(other).claimed_by == staff_id(desks, "mz-officer")


def test_an_interest_bars_whoever_hasnt_taken_it_on_too(desks: Desks) -> None:
    number = desks.case()
    desks.at("mz-second")

    left = desks.act("mz-officer", number, "step-aside", why="busy", words=WHY)
    barred = desks.act("mz-officer", number, "step-aside", why="interest", words=WHY)

    assert (left.status_code, barred.status_code) == (422, 303)
    assert desks.get("mz-officer", f"/staff/cases/{number}").status_code == 404


def test_the_last_of_a_unit_gives_the_case_back_instead(desks: Desks) -> None:
    number = desks.case()

    answer = desks.act("mz-officer", number, "step-aside", why="interest", words=WHY)

    assert answer.status_code == 409
    assert "请用“退给办公室”" in answer.text
    assert WHY in answer.text
    assert desks.stored(number).barred is False


def test_the_head_gives_a_case_to_a_colleague_of_the_unit(desks: Desks) -> None:
    number = desks.case()
    second, foreign = staff_id(desks, "mz-second"), staff_id(desks, "rs-officer")
    desks.act("mz-officer", number, "claim")

    page = desks.get("mz-head", f"/staff/cases/{number}/hand-to").text
    answer = desks.act("mz-head", number, "hand-to", person=str(second))

    assert "人力甲经办" not in page
    assert "民政乙经办" in page
    assert answer.status_code == 303
    assert desks.stored(number).claimed_by == second
    assert events(desks, number, "claimed")[-1] == {
        "staff": second,
        "by": staff_id(desks, "mz-head"),
    }
    wrong = desks.act("mz-head", number, "hand-to", person=str(foreign))
    assert wrong.status_code == 422
    assert desks.get("mz-second", f"/staff/cases/{number}/hand-to").status_code == 409


def test_nobody_gives_a_case_to_who_is_barred_from_it(desks: Desks) -> None:
    number = desks.case()
    desks.at("mz-second")
    desks.act("mz-officer", number, "step-aside", why="interest", words=WHY)

    listed = desks.get("mz-head", f"/staff/cases/{number}/hand-to").text
    barred = staff_id(desks, "mz-officer")
    answer = desks.act("mz-head", number, "hand-to", person=str(barred))

    assert "民政甲经办" in listed
    assert answer.status_code == 409
    assert "请选别人" in answer.text
    assert desks.stored(number).claimed_by is None


def test_whom_the_office_marks_as_accused_has_it_no_more(desks: Desks) -> None:
    number = desks.case()
    desks.at("mz-second")
    desks.act("mz-officer", number, "claim")

    accused = f"staff:{staff_id(desks, 'mz-officer')}"
    answer = desks.act("office", number, "recuse", unit=accused, words="被反映")

    assert answer.status_code == 303
    assert desks.stored(number).claimed_by is None


def test_who_left_the_unit_holds_nothing_up(desks: Desks) -> None:
    number = desks.case()
    desks.act("mz-officer", number, "claim")
    with desks.deployment.database.writing() as session:
        from portal.foundation.staff import Staff

        session.get_one(Staff, desks.deployment.staff_id(session, "mz-officer")).active = False

    page = desks.get("mz-second", f"/staff/cases/{number}").text
    answer = desks.act("mz-second", number, "claim")

    assert fact(page, "经办") == "民政甲经办，已不在本单位"
    assert answer.status_code == 303
    assert desks.stored(number).claimed_by == staff_id(desks, "mz-second")


def test_several_are_taken_on_at_once_and_each_is_answered_for(desks: Desks) -> None:
    made = [desks.case() for _ in range(3)]
    foreign = desks.case(NOISE)
    page = desks.get("mz-officer", "/staff/cases?tab=assigned&pick=page")
    fields = hidden(page.text)
    ticked = [f"{number}.1" for number in numbers(page)]
    desks.act("mz-second", made[0], "claim")

    answer = desks.at("mz-officer").post(
        "/staff/cases", data={**fields, "do": "claim", "case": [*ticked, f"{foreign}.1"]}
    )
    told = desks.get("mz-officer", answer.headers["Location"]).text

    assert "认领选中的件" in page.text
    assert "已认领2件：" in told
    assert f"没有认领{made[0]}：民政乙经办已经认领。" in told
    assert f"没有认领{foreign}：没有找到这件。" in told
    assert {desks.stored(number).state.value for number in made} == {"assigned"}
    nothing = desks.at("mz-officer").post("/staff/cases", data={**fields, "do": "claim"})
    assert nothing.status_code == 422
    assert "请先勾选要认领的件" in nothing.text


@pytest.mark.parametrize("step", ["claim", "step-aside", "hand-to"])
def test_a_closed_case_is_nobodys_to_take(desks: Desks, step: str) -> None:
    number = desks.case()
    desks.through(
        number,
        ("mz-officer", "sign-for", ""),
        ("mz-officer", "accept", ""),
        ("mz-officer", "draft", "查过了"),
        ("mz-head", "reply", ""),
        ("mz-officer", "close", ""),
    )

    assert desks.get("mz-head", f"/staff/cases/{number}/{step}").status_code == 409
