"""Units × weeks on the office's page: the same numbers as the figures of that time, and none that
an accusation moves."""

from __future__ import annotations

import re

from admin.figures.counting import count_milestones
from admin.system.watching import watch_dates
from intake.cases.case import Identity
from tests.admin.desk.people import NOISE, TIP_OFF, Desks
from tests.admin.figures.test_figures import LABOUR, MINISTRY, lines, worked

# The eight weeks until Tuesday, 2 August, begin on Monday, 13 June.
WEEKS = "first=2022-06-13&last=2022-08-02"
ANSWERED = ("按期答复（没有延期）", "按期答复（延过期）", "超期答复")


def rows(desks: Desks, name: str = "office") -> dict[str, list[str]]:
    """By unit the three sums, then its weeks, oldest first."""
    count_milestones(desks.deployment.database)
    page = desks.get(name, "/staff/office").text
    part = page.partition("各单位近8周</h2>")[2].partition("各单位超期的件</h2>")[0]
    found: dict[str, list[str]] = {}
    for row in re.findall(r"<tr>(.*?)</tr>", part, re.DOTALL):
        unit = re.search(r'<th scope="row">(.*?)</th>', row)
        if unit:
            cells = re.findall(r'<td class="number">(.*?)</td>', row)
            found[unit.group(1)] = [*found.get(unit.group(1), []), *cells]
    return found


def test_units_and_weeks_add_up_to_the_figures(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-12"):
        desks.case()
    with desks.on("2022-06-13"):
        worked(desks, desks.case())
        desks.case(NOISE)
    with desks.on("2022-07-11"):
        worked(desks, desks.case())
        desks.case()
    with desks.on("2022-08-02"):
        watch_dates(desks.deployment.database)
        shown, counted = rows(desks), lines(desks, "office", WEEKS)
        for unit, short in ((MINISTRY, "民政局"), (LABOUR, "人力资源局")):
            found = counted[unit, "投诉"]
            answered = sum(found.get(name, 0) for name in ANSWERED)
            sums = [found["收到"], answered, found["超期次数"]]
            assert shown[short][:3] == [str(one) for one in sums]
            weeks = [list(map(int, one.split(" / "))) for one in shown[short][3:]]
            assert len(weeks) == 8
            assert [sum(column) for column in zip(*weeks, strict=True)] == sums
        # What came on the Sunday before is left out, though it is overdue in these weeks.
        assert shown["民政局"][3] == "1 / 1 / 0"
        assert shown["民政局"][7] == "2 / 1 / 0"
        assert shown["民政局"][10].startswith("0 / 0 / ")
        chart = re.search(
            r"民政局：收到(\S+?)；答复(\S+?)；", desks.get("office", "/staff/office").text
        )
        assert chart is not None
        assert chart.groups() == ("1、0、0、0、2、0、0、0", "1、0、0、0、1、0、0、0")


def test_what_accuses_moves_no_number_of_a_unit(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        desks.case()
        before = rows(desks)
        for at in range(6):
            desks.case(TIP_OFF, accused=MINISTRY, words=f"有人扣了老人的钱，第{at}次")
        desks.case(keep_from_unit=True, identity=Identity.ANONYMOUS)
        number = desks.case()
        assert rows(desks) != before
        desks.act("office", number, "recuse", unit="MZ", words="说的就是他们")
        assert rows(desks) == before
        assert before == rows(desks, "office-head")
