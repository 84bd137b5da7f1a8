"""What other rooms tell stands in the annexes: declarations, rules that were issued."""

from __future__ import annotations

from tests.admin.annexes.sheets import sheet
from tests.admin.declarations.test_declarations import entered
from tests.admin.house import House
from tests.admin.issued_rules.test_issued_rules import entered as issued
from tests.admin.ledger.test_entering import CHECKED, number_of


def test_declarations_and_rules_stand_beside_the_units_sums(house: House) -> None:
    answer = house.post("jie", "/staff/problems/own-check", **CHECKED)
    number = number_of(answer.location)
    entered(house, month="2022-06", receipt_on="2022-06-05")
    issued(house, "jie", problems=number, issued_on="2022-06-03")
    rows = sheet(house, "chen", "statistics").rows
    told = {
        (row["责任单位"], row["问题类别"]): (
            row["主动说明人数"],
            row["主动退赔（万元）"],
            row["制度数"],
        )
        for row in rows
    }
    assert told["民意街道办事处", "合计"] == (2, 0.36005, 1)
    assert told["全部单位", "总计"] == (2, 0.36005, 1)
    assert all(cells == (None, None, None) for place, cells in told.items() if place[1][0] in "123")
    assert "《" in sheet(house, "chen", "problems").row(问题编号=number)["建章立制"]
    # Few people may stand behind a number: a sheet that is passed on doesn't say it, and a
    # department doesn't read it of a street.
    passed_on = sheet(house, "chen", "statistics", "first=2022-06-01&last=2022-06-06&to_hand_on=y")
    for rows in (passed_on.rows, sheet(house, "min", "statistics").rows):
        assert {row["主动说明人数"] for row in rows} == {None}
