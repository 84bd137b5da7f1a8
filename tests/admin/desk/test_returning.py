"""Returns: what the office rules of them, when the arbiter has the word, and until when."""

from __future__ import annotations

from sqlalchemy import select

from admin.system.moving_keys import hand_keys_on
from intake.cases.assignment import Assignment
from tests.admin.desk.people import Desks
from tests.admin.desk.reporter import adds


def returned(desks: Desks, name: str, number: str, reason: str = "不归我们管") -> None:
    """Let somebody's unit return a case."""
    answer = desks.act(name, number, "return", words=reason)
    assert answer.status_code == 303, answer.text


def rulings(desks: Desks, number: str) -> list[tuple[str, bool | None]]:
    """Each unit's turn, with what was ruled of its return."""
    with desks.deployment.database.reading() as session:
        case_id = desks.stored(number).id
        turns = select(Assignment.unit_code, Assignment.right).where(Assignment.case_id == case_id)
        return [(unit, right) for unit, right in session.execute(turns.order_by(Assignment.id))]


def test_a_return_is_right_where_the_case_goes_elsewhere_and_wrong_where_it_comes_back(
    desks_on_each: Desks,
) -> None:
    desks = desks_on_each
    number = desks.case()
    returned(desks, "mz-officer", number)
    desks.act("office", number, "sort", unit="MZ")
    returned(desks, "mz-officer", number)
    desks.act("office", number, "sort", unit="RS")
    assert rulings(desks, number) == [("MZ", False), ("MZ", True), ("RS", None)]
    events = desks.get("office", f"/staff/cases/{number}").text
    assert "不该退" in events
    assert "退得对" in events


def test_the_third_decision_is_the_arbiters_and_stands(desks: Desks) -> None:
    number = desks.case()
    for _ in range(2):
        returned(desks, "mz-officer", number)
        desks.act("office", number, "sort", unit="MZ")
    returned(desks, "mz-officer", number)
    answer = desks.act("office", number, "sort", unit="MZ")
    assert (answer.status_code, "裁定单位" in answer.text) == (422, True)
    answer = desks.act("office", number, "sort", unit="MZ", arbiter="6月8日区政府专题会定")
    assert answer.status_code == 303
    page = desks.get("mz-officer", f"/staff/cases/{number}").text
    assert "6月8日区政府专题会定" in page
    assert "/return?" not in page
    fields = desks.form("mz-officer", number, "note") | {"words": "还是不归我们"}
    refused = desks.at("mz-officer").post(f"/staff/cases/{number}/return", data=fields)
    assert refused.status_code == 409


def test_what_leaves_it_where_it_is_needs_no_arbiter(desks: Desks) -> None:
    number = desks.case()
    for _ in range(2):
        returned(desks, "mz-officer", number)
        desks.act("office", number, "sort", unit="MZ")
    returned(desks, "mz-officer", number)

    answer = desks.act("office", number, "sort", unit="", kind="consultation", told="您是问一问")

    assert answer.status_code == 303
    stored = desks.stored(number)
    assert (stored.kind, stored.unit_code, stored.arbitrated) == ("consultation", "BGS", False)
    again = desks.act("office", number, "sort", unit="RS")
    assert (again.status_code, "裁定单位" in again.text) == (422, True)


def test_after_the_laws_days_a_case_stays_unless_the_office_moves_it(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number = desks.case()
    with desks.on("2022-06-13"):
        assert "/return?" in desks.get("mz-officer", f"/staff/cases/{number}").text
    with desks.on("2022-06-14"):
        assert "/return?" not in desks.get("mz-officer", f"/staff/cases/{number}").text
        fields = desks.form("mz-officer", number, "note") | {"words": "不归我们", "unit": ""}
        refused = desks.at("mz-officer").post(f"/staff/cases/{number}/return", data=fields)
        assert refused.status_code == 409
        assert "不归我们" in refused.text
        assert desks.act("office", number, "sort", unit="RS").status_code == 303


def test_what_was_taken_from_whom_it_accuses_was_never_returned(desks: Desks) -> None:
    registered = desks.register()
    number = registered.case.number
    desks.through(number, ("mz-officer", "sign-for", ""))
    adds(desks, registered.query_code, "举报：区民政局的人自己扣了这笔钱")
    hand_keys_on(desks.deployment.database)
    assert desks.get("mz-officer", f"/staff/cases/{number}").status_code == 404
    desks.act("office", number, "sort", unit="RS")

    # Nobody counts a return of a unit that returned nothing, and the next one reads of none.
    assert rulings(desks, number) == [("MZ", None), ("RS", None)]
    read = desks.get("rs-officer", f"/staff/cases/{number}").text
    assert "退得对" not in read
