"""Members of a team hear of the units that they were given, once, and nobody else does."""

from __future__ import annotations

from admin.spot_checks.waiting import brings_work
from portal.foundation import clock
from tests.admin.hearing import hear, joins, reads
from tests.admin.house import House
from tests.admin.spot_checks.rounds import a_week_later
from tests.admin.spot_checks.test_spot_check import HERE, staff, with_a_reason

SAID = "重点抽查分给您查的单位，还有1个没查完。"


def test_a_team_hears_of_its_units_until_they_are_checked(house_on_each: House) -> None:
    house = house_on_each
    check = with_a_reason(house)
    check.freeze()
    with a_week_later(house):
        check.reveal()
        assert hear(house, brings_work) == set()
        team = staff(house, "chen", "min", "tui")
        assert check.post("chen", "/teams", members=team, units="ST05").status_code == 303
        assert hear(house, brings_work) == {"min", "tui"}, "who made the team knows of it"
        assert hear(house, brings_work, since=clock.now()) == set()
        for name in ("chen", "min", "tui"):
            assert reads(house, name, SAID)
        assert not any(reads(house, name, "重点抽查分给") for name in ("zheng", "jie", "tou", "lu"))
        joins(house, "tui", "ST05")
        assert hear(house, brings_work) == {"min"}, "nobody checks his own unit"
        assert not reads(house, "tui", "重点抽查分给")
        assert check.post("min", f"{HERE}/conclusion", words="查完了").status_code == 303
        assert hear(house, brings_work) == set()
        assert not reads(house, "min", "重点抽查分给")
