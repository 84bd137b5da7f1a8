"""A month's figures, from cases to what the public reads: counted by one, released by another, with
nothing small in any form of them and no tip-off beside a unit."""

from __future__ import annotations

import csv
import io
import re

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text

from admin.public_figures.figures_draft import FiguresDraft
from intake.cases.event import Event
from portal.campaign.kinds import Kind
from portal.foundation.staff import Role
from portal.published.month_figures import MonthFigures
from tests.admin.public_figures.months import FIGURES, JUNE, Months

LATER = "2022-07-04"
WRONG = "6月的投诉数错了，重新数过。"


def a_month(months: Months, *, small: int = 3) -> tuple[str, str, str]:
    """A June in which two units have many complaints and a third has few; and six tip-offs."""
    first, second, third = months.units[:3]
    with months.on("2022-06-10"):
        months.came(first, Kind.COMPLAINT, 8)
        months.came(first, Kind.CONSULTATION, 6)
        months.came(second, Kind.COMPLAINT, 7)
        months.came(third, Kind.COMPLAINT, small)
        months.came(first, Kind.TIP_OFF, 6)
    return first, second, third


def table_after(page: str, caption: str) -> dict[str, list[str]]:
    """The lines of the table with a caption, by their names."""
    table = page.partition(f"{caption}</caption>")[2].partition("</table>")[0]
    found = {}
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table.partition("<tbody>")[2], re.DOTALL):
        name, *cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        found[re.sub(r"\s|<.*?>", "", name)] = [re.sub(r"\s", "", cell) for cell in cells]
    return found


def chart_of(page: str, key: str) -> dict[str, str]:
    """What a chart says beside each bar."""
    chart = page.partition(f'aria-labelledby="{key}-chart"')[2].partition("</svg>")[0]
    texts = re.findall(r"<text[^>]*>(.*?)</text>", chart)
    return dict(zip(texts[::2], texts[1::2], strict=True))


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
        "合计",
    }
    totals = [int(cells[-1]) for cells in units.values()]
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
    assert int(units["合计"][-1]) == 24
    assert not [row for row in rows if row["measure"] == "accusations" and row["unit"]]
    assert not [row for row in rows if row["unit"] and "举报" in (row["kinds"] or "")]
    assert "举报" not in "".join(chart_of(page, "units"))


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
        months.came(first, Kind.TIP_OFF, 6)
        months.came(first, Kind.TIP_OFF, 1, accused="区审计局")
        months.came(first, Kind.TIP_OFF, 1, accused="领导小组办公室")
    with months.on(LATER):
        months.released()
        figures = months.get("shen", "/staff/figures?first=2022-06-01&last=2022-06-30&by=kind")
    public = table_after(months.public(), "每一类收到多少件")["举报"]
    assert public == ["6"]
    own = re.search(r'举报</th>\s*<td class="number">(\d+)', figures)
    # The auditor counts the one against the office; never the one against himself.
    assert own is not None
    assert own.group(1) == "7"


def test_counts_that_changed_are_not_released(months: Months) -> None:
    a_month(months)
    with months.on(LATER):
        draft = months.prepared()
        with months.on("2022-06-20"):
            months.came(months.units[1], Kind.COMPLAINT, 1, fund_year=2021)
        months.counted()
        answer = months.releases(draft)
        assert answer.status_code == 409
        assert "现在数出来不一样了" in answer.text
        assert "还没有公布数字" in months.public()
        # Counted anew by the second reader, it takes the first to release it.
        again = months.prepared("shi", version=str(months.seen(draft)))
        assert again == draft
        assert months.releases(draft, "shi").status_code == 409
        assert months.releases(draft, "gong").status_code == 303
        assert "收到31件" in months.public()


def test_a_month_is_sent_back_and_counted_again(months: Months) -> None:
    a_month(months)
    with months.on(LATER):
        draft = months.prepared()
        form = {"version": str(months.seen(draft)), "reason": " "}
        assert months.post("shi", f"{FIGURES}/{draft}/send-back", **form).status_code == 422
        form["reason"] = "和台账对不上"
        assert months.post("shi", f"{FIGURES}/{draft}/send-back", **form).status_code == 303
        assert months.post("shi", f"{FIGURES}/{draft}/send-back", **form).status_code == 409
        assert "和台账对不上" in months.get("gong", f"{FIGURES}/{draft}")
        with months.deployment.database.reading() as session:
            stored = session.execute(text("SELECT sealed FROM figures_draft")).scalar_one()
        assert "和台账对不上".encode() not in bytes(stored)
        assert months.releases(draft).status_code == 409
        assert months.prepares(version="1").status_code == 409
        months.prepared(version=str(months.seen(draft)))
        assert months.releases(draft).status_code == 303


def test_a_withdrawn_month_leaves_a_dated_note(months_on_each: Months) -> None:
    months = months_on_each
    a_month(months)
    with months.on(LATER):
        months.released()
        assert "收到30件" in months.public()
        assert "2022年6月" in months.public("/")
        page = months.get("shi", f"{FIGURES}/{JUNE}/withdraw")
        assert "公众马上看不到" in page
        assert months.withdraws("").status_code == 422
        leaky = months.withdraws("有问题找13907123456")
        assert (leaky.status_code, "电话号码" in leaky.text) == (422, True)
        assert months.withdraws(WRONG, revision="2").status_code == 409
        assert months.withdraws(WRONG).status_code == 303
        # At once, on every page that had kept it.
        page = months.public()
        assert "2022年7月4日撤下" in page
        assert WRONG in page
        assert "每一类收到多少件" not in page
        assert "2022年6月的数字" not in months.public("/")
        assert months.rows() == []
        assert "2022年6月的数字撤下了" in months.public("/feed.xml")
        assert months.withdraws(WRONG).status_code == 404


def test_what_is_published_again_says_why_and_gives_nothing_away(months: Months) -> None:
    """The same month a second time, one complaint more: what differs so little is left out."""
    _, second, _ = a_month(months)
    with months.on(LATER):
        months.released()
        assert months.prepares().status_code == 409  # It stands there.
        months.withdraws(WRONG)
        with months.on("2022-06-20"):
            months.came(second, Kind.COMPLAINT, 1, fund_year=2021)
        months.counted()
        assert months.prepares().status_code == 422
        assert months.prepares(note="见 wang@example.com").status_code == 422
        months.released(note=WRONG)
        page = months.public()
    assert "收到31件" not in page
    assert "每一类收到多少件" not in page
    assert "各单位有多少件，举报除外" not in page
    assert WRONG in page
    with months.deployment.database.reading() as session:
        [one] = session.scalars(select(MonthFigures)).all()
        assert [(c.revision, c.withdrawn) for c in one.changes] == [
            (2, False),
            (1, True),
            (1, False),
        ]


def test_only_whole_months_that_are_over(months: Months) -> None:
    a_month(months)
    with months.on("2022-06-30"):
        months.counted()
        assert months.prepares().status_code == 409
        assert "还没有过完的月份" in months.get("gong", FIGURES)
    with months.on("2022-07-01"):
        for month in ("2022-05", "2022-07", "2022-13", "x", ""):
            assert months.prepares(month=month).status_code == 409, month
        assert months.prepares().status_code == 303
        assert months.prepares().status_code == 409  # Somebody was faster.


def test_what_the_worker_has_not_read_is_waited_for(months: Months) -> None:
    a_month(months)
    with months.on(LATER):
        answer = months.prepares()
        assert (answer.status_code, "还没有数完" in answer.text) == (409, True)
        months.counted()
        assert months.prepares().status_code == 303


def test_the_desk_is_the_office_s(months: Months) -> None:
    a_month(months)
    with months.on(LATER):
        draft = months.released()
        unknown = months.browser("bie").get("/staff/no-such-page").data
        for path in (
            FIGURES,
            f"{FIGURES}/{draft}",
            f"{FIGURES}/{draft}/send-back",
            f"{FIGURES}/{JUNE}/withdraw",
        ):
            answer = months.browser("bie").get(path)
            assert (answer.status_code, answer.data) == (404, unknown), path
        for path in (
            FIGURES,
            f"{FIGURES}/{draft}/release",
            f"{FIGURES}/{draft}/send-back",
            f"{FIGURES}/{JUNE}/withdraw",
        ):
            sent = {"month": JUNE, "version": "1", "reason": "x"}
            assert months.post("bie", path, **sent).status_code == 404, path
        assert "收到30件" in months.public()
        for path in (f"{FIGURES}/999", f"{FIGURES}/2022-05/withdraw", f"{FIGURES}/x/withdraw"):
            months.get("shi", path, status=404)


def test_a_get_changes_nothing(months: Months) -> None:
    a_month(months)
    with months.on(LATER):
        draft = months.prepared()
        months.browser("shi")  # Signing in is an event.
        with months.deployment.database.reading() as session:
            before = session.get_one(FiguresDraft, draft).version
            events = session.scalar(select(Event.seq).order_by(Event.seq.desc()))
        for path in (FIGURES, f"{FIGURES}/{draft}", f"{FIGURES}/{draft}/send-back"):
            months.get("shi", path)
        with months.deployment.database.reading() as session:
            assert session.get_one(FiguresDraft, draft).version == before
            assert session.scalar(select(Event.seq).order_by(Event.seq.desc())) == events


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
