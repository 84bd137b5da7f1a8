"""A street hears that its list is asked for, an interviewer of his rows, once, and nobody else."""

from __future__ import annotations

from admin.assessments.waiting import brings_work
from portal.foundation import clock
from tests.admin.assessments.walk import SHA, drawn, opened, reported, rows, says, step
from tests.admin.hearing import hear, joins, reads
from tests.admin.house import House
from tests.admin.returns.test_returns import day
from tests.admin.spot_checks.test_spot_check import staff


def test_a_street_hears_that_its_list_is_asked_for(house_on_each: House) -> None:
    house = house_on_each
    at = opened(house)
    assert hear(house, brings_work) == {"jie", "tou"}
    assert hear(house, brings_work, since=clock.now()) == set()
    assert reads(house, "jie", "成效评估要你们报名单行数，还有1份没报。")
    assert not any(reads(house, name, "成效评估要") for name in ("min", "tui", "chen"))
    joins(house, "chen", "ST05")
    assert "chen" not in hear(house, brings_work), "who opened it knows of it"
    said = {"recipients": "60", "fingerprint": SHA}
    assert reported(house, at, "ST05", "jie", **said).status_code == 303
    assert hear(house, brings_work) == set()
    assert not reads(house, "tou", "成效评估要")


def test_an_interviewer_hears_of_the_rows_that_others_gave_him(house_on_each: House) -> None:
    house = house_on_each
    at = drawn(house)
    assert hear(house, brings_work) == set()
    with day(house, "06-07T10"):
        for person in staff(house, "tui", "chen"):
            step(house, at, "interviewers", street="ST05", person=person, rows="2")
        assert hear(house, brings_work) == {"tui"}
        assert hear(house, brings_work, since=clock.now()) == set()
        for name in ("tui", "chen"):
            assert reads(house, name, "成效评估分给您访的，还有2户没访。")
        assert not any(reads(house, name, "成效评估分给") for name in ("jie", "min", "lu"))
        mine = [row for row in rows(house, at) if str(row.staff_id) == staff(house, "tui")[0]]
        first = next(row for row in mine if not row.is_reserve)
        assert says(house, at, first, "moved") == 303
        assert reads(house, "tui", "还有1户没访。")
        joins(house, "tui", "ST05")
        assert hear(house, brings_work) == set(), "nobody asks about his own unit"
        assert not reads(house, "tui", "成效评估分给")
