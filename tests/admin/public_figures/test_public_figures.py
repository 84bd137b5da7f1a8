"""A month's figures, from cases to what the public reads: counted by one, released by another, with
nothing small in any form of them and no tip-off beside a unit."""

from __future__ import annotations

import csv
import io
import re

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text

from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case
from intake.cases.event import Event
from intake.rules.lifecycle import State
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.admin.public_figures.june import LATER, a_month, chart_of, table_after
from tests.admin.public_figures.months import FIGURES, JUNE, Months


def test_one_counts_and_another_releases(months_on_each: Months) -> None:
    months = months_on_each
    a_month(months)
    assert "还没有公布数字" in months.public()
    with months.on(LATER):
        draft = months.prepared()
        seen = months.get("shi", f"{FIGURES}/{draft}")
        assert "我核对过了，发布" in seen
        assert "我核对过了，发布" not in months.get("gong", f"{FIGURES}/{draft}")
        assert months.releases(draft, "gong").status_code == 409
        assert "还没有公布数字" in months.public()
        assert months.releases(draft).status_code == 303
        page = months.public()
    assert "2022年6月，收到30件。" in page
    # What the second reader saw is what the public reads, to the letter.
    for caption in ("每一类收到多少件", "各单位有多少件，举报除外"):
        assert table_after(page, caption) == table_after(seen, caption) != {}
    with months.deployment.database.reading() as session:
        names = session.scalars(select(Event.name).where(Event.name.like("figures%"))).all()
    assert names == ["figures_prepared", "figures_released"]


def test_chart_table_and_total_say_the_same(months_of_each: Months) -> None:
    months = months_of_each
    first, second, _ = a_month(months)
    with months.on(LATER):
        months.released()
        page = months.public()
    kinds = table_after(page, "每一类收到多少件")
    assert chart_of(page, "came") == {
        name: cells[0] for name, cells in kinds.items() if name != "合计"
    }
    assert sum(int(cell) for (cell,) in list(kinds.values())[:-1]) == int(kinds["合计"][0]) == 30
    units = table_after(page, "各单位有多少件，举报除外")
    book = months.book
    assert {book.units[first].name, book.units[second].name} >= units.keys() - {
        "件少的单位",
        "全部",
    }
    totals = [int(cells[0]) for cells in units.values()]
    assert sum(totals[:-1]) == totals[-1] == 24
    assert list(chart_of(page, "units").values()) == [str(one) for one in totals[:-1]]
    assert "<svg" in page
    assert "style=" not in page


def test_a_unit_with_three_is_nowhere(months_of_each: Months) -> None:
    """Neither its number nor its name beside any: in no table, chart, file, draft or database."""
    months = months_of_each
    _, _, third = a_month(months)
    name = months.book.units[third].name
    with months.on(LATER):
        draft = months.released()
        pages = [months.public(), months.get("shi", f"{FIGURES}/{draft}")]
        rows = months.rows()
        client = months.deployment.citizen()
        lines = list(csv.reader(io.StringIO(client.get("/data/figures.csv").text)))
        workbook = load_workbook(io.BytesIO(client.get("/data/figures.xlsx").data))
    cells = [cell for row in workbook.active.iter_rows(values_only=True) for cell in row]  # type: ignore[union-attr]
    for page in pages:
        main = page.partition("<main")[2].partition("</main>")[0]
        assert name not in main
        assert not re.findall(r"<td[^>]*>\s*3\s*</td>|<text[^>]*>3</text>", main)
    assert not [
        row for row in rows if row["number"] in {1, 2, 3, 4} and row["measure"] != "half_within"
    ]
    assert third not in [row["unit"] for row in rows]
    assert not [line for line in lines if "3" in line or third in line]
    assert 3 not in cells
    assert third not in cells
    with months.deployment.database.reading() as session:
        kept = repr(session.execute(text("SELECT kept FROM figures_draft")).all())
        kept += repr(session.execute(text("SELECT kept FROM month_figures")).all())
    assert f'"{third}"' not in kept
    assert not re.search(r": 3\b|[\[ ]3[,\]]", kept)


def test_tip_offs_are_counted_for_the_district_alone(months: Months) -> None:
    first, _, _ = a_month(months)
    with months.on("2022-06-11"):
        # A complaint that names the street is an accusation too.
        months.came(first, Kind.COMPLAINT, 2, accused="民意街道办事处", keep_from_unit=True)
    with months.on(LATER):
        months.released()
        page, rows = months.public(), months.rows()
    assert table_after(page, "每一类收到多少件")["举报"] == ["8"]
    units = table_after(page, "各单位有多少件，举报除外")
    assert int(units["全部"][0]) == 24
    assert not [row for row in rows if row["measure"] == "accusations" and row["unit"]]
    assert not [row for row in rows if row["unit"] and "举报" in (row["kinds"] or "")]
    assert "举报" not in "".join(chart_of(page, "units"))


def test_who_is_accused_himself_finds_no_gap(months: Months) -> None:
    """What an officer counts of his unit is what the public reads of it."""
    first, _, _ = a_month(months)
    months.deployment.add_staff("min", (first, Role.OFFICER))
    with months.deployment.database.writing() as session:
        wanted = select(Case).where(Case.unit_code == first, Case.kind == Kind.COMPLAINT)
        about = session.scalars(wanted).first()
        assert about is not None
        who = months.deployment.staff_id(session, "min")
        bar = {"source": BarSource.STAFF, "named": True, "set_at": clock.now()}
        session.add(Bar(case_id=about.id, staff_id=who, **bar))
    with months.on(LATER):
        months.released()
        own = months.get("min", "/staff/figures?first=2022-06-01&last=2022-06-30&kind=complaint")
        page = months.public()
    public = table_after(page, "各单位有多少件，举报除外")[months.book.units[first].name]
    found = re.search(r'局</th>\s*<td class="number">(\d+)', own)
    assert found is not None
    # Six consultations beside them.
    assert int(public[0]) - 6 == int(found.group(1)) == 7
    assert table_after(page, "每一类收到多少件")["举报"] == ["7"]


def test_answers_on_time_and_in_how_many_days(months_on_each: Months) -> None:
    months = months_on_each
    months.deployment.add_staff("min", ("MZ", Role.OFFICER))
    months.deployment.add_staff("zheng", ("MZ", Role.HEAD))
    with months.on("2022-06-10"):
        numbers = months.came("MZ", Kind.COMPLAINT, 12)
    for day, some in (("2022-06-13", numbers[:6]), ("2022-06-28", numbers[6:11])):
        with months.on(day):
            for number in some:
                months.handle(number, to=State.REPLIED)
    with months.on(LATER):
        months.released()
        page, rows = months.public(), months.rows()
    timely = table_after(page, "按期答复的，和一半的件在几天里答复，举报除外")
    assert timely["区民政局"] == timely["全区"] == ["100%11/11件", "3天里"]
    assert "全区11件里，100%按期答复。一半的件在" in re.sub(r"\s", "", page)
    found = [row for row in rows if row["unit"] == "MZ" and row["measure"] == "on_time"]
    assert [(row["number"], row["whole"], row["hidden"]) for row in found] == [(11, 11, None)]
    assert [row["number"] for row in rows if row["measure"] == "half_within"] == [3, 3]
    # On the first page with its denominator.
    assert re.search(r"11件里，按期答复</dt>\s*<dd>100%", months.public("/"))


def test_few_tip_offs_hide_the_sum(months: Months) -> None:
    first = months.units[0]
    with months.on("2022-06-10"):
        months.came(first, Kind.COMPLAINT, 9)
        months.came(first, Kind.TIP_OFF, 2)
    with months.on(LATER):
        months.released()
        page = months.public()
    kinds = table_after(page, "每一类收到多少件")
    assert (kinds["举报"], kinds["合计"], kinds["投诉"]) == (["少于5"], ["不公布"], ["9"])


def test_what_accuses_who_counts_is_not_in_the_district_s_sum(months: Months) -> None:
    """Whoever counts for the whole district would find himself by subtracting."""
    first = months.units[0]
    months.deployment.add_staff("shen", ("SJ", Role.AUDITOR), display="审计")
    with months.on("2022-06-10"):
        # By tip-offs alone no month would be offered.
        months.came(first, Kind.COMPLAINT, 6)
        months.came(first, Kind.TIP_OFF, 6)
        months.came(first, Kind.TIP_OFF, 1, accused="区审计局")
        months.came(first, Kind.TIP_OFF, 1, accused="领导小组办公室")
    with months.on(LATER):
        months.released()
        figures = months.get("shen", "/staff/figures?first=2022-06-01&last=2022-06-30&by=kind")
    public = table_after(months.public(), "每一类收到多少件")["举报"]
    assert public == ["6"]
    own = re.search(r'举报</th>\s*<td class="number">(\d+)', figures)
    # Neither the one against himself, nor what accuses the office and is sealed.
    assert own is not None
    assert own.group(1) == "6"


def test_months_stand_beside_one_another(months: Months) -> None:
    first = months.units[0]
    for day, number in (("2022-05-20", 11), ("2022-06-20", 14)):
        with months.on(day):
            months.came(first, Kind.COMPLAINT, number, fund_year=int(day[5:7]) + 2015)
    with months.on(LATER):
        for month in ("2022-05", JUNE):
            months.released(month=month)
        newest, may = months.public(), months.public("/figures?month=2022-05")
    assert chart_of(newest, "months") == {"2022年5月": "11", "2022年6月": "14"}
    assert list(table_after(newest, "每个月收到多少件，各类合在一起")) == ["2022年6月", "2022年5月"]
    assert "2022年6月，收到14件。" in newest
    assert "2022年5月，收到11件。" in may
    assert re.findall(r'href="([^"]+)" aria-current="page"', may) == ["/figures?month=2022-05"]
    assert months.public("/figures?month=1999-01") == newest


@pytest.mark.parametrize("month", ["2022-6", "%00", "x" * 300, "2022-06-01"])
def test_odd_months_show_the_newest(months: Months, month: str) -> None:
    with months.on(LATER):
        assert "还没有公布数字" in months.public(f"/figures?month={month}")
