"""Annex 2: who gets which rows and columns of it, how a problem stood on the last day, and that
nothing in it runs."""

from __future__ import annotations

from datetime import UTC, date, datetime

from admin.ledger.problem import Source
from portal.foundation import clock
from portal.published.appearance import Appearance
from tests.admin.annexes.sheets import JUNE, sheet
from tests.admin.house import House
from tests.portal.pages.released import release

OFFICES = {"是否移送", "移送机关", "移送时间", "后续进展", "处理处分人数"}


def refer(house: House, number: str) -> None:
    """Note that the office referred a problem."""
    sent = {"version": "0", "body": "JW", "referred_on": "2022-06-02", "disciplinary": "2"}
    at = f"/staff/problems/{number}/referral"
    assert house.post("chen", at, **sent, heard="已立案，等结论。").status_code == 303


def test_a_unit_gets_its_own_problems_and_nothing_of_referrals(house: House) -> None:
    own = house.problem(house.answered_case(), source=Source.AUDIT)
    before = sheet(house, "min", "problems")
    other = house.problem(house.answered_case(submission="2"), unit="TY", policy="TY01")
    refer(house, own)
    for name in ("min", "zheng"):
        found = sheet(house, name, "problems")
        assert found.rows == before.rows
        assert [row["问题编号"] for row in found.rows] == [own]
        assert not OFFICES & set(found.head)
        assert "移送数" not in sheet(house, name, "statistics").head
        assert sheet(house, name, "problems", f"{JUNE}&unit=TY").rows == []
        assert sheet(house, name, "problems", f"{JUNE}&line=MZ").rows == before.rows
        at = f"/staff/annexes/problems.xlsx?{JUNE}&line=TY"
        assert house.browser(name).get(at).status_code == 422
        assert "发现1个 ＝ 已整改0个 ＋ 正在整改1个" in house.get(name, f"/staff/annexes?{JUNE}")
    offices = sheet(house, "chen", "problems")
    assert [row["问题编号"] for row in offices.rows] == [own, other]
    assert offices.rows[0]["移送机关"] == "区纪委监委"
    assert offices.rows[0]["后续进展"] == "已立案，等结论。"
    to_hand_on = sheet(house, "chen", "problems", f"{JUNE}&unit=MZ&to_hand_on=y")
    assert to_hand_on.rows == before.rows
    assert house.browser("shen").get("/staff/annexes/problems.xlsx").status_code == 404


def publish(house: House, number: str) -> None:
    """Put the result of a problem onto the site and into a newspaper, now."""
    today = clock.today()
    with house.deployment.database.writing() as session:
        release(session, number, released_at=clock.now())
        there = Appearance(path=f"/results/{number}", outlet="区报", link="", appeared_on=today)
        session.add(there)


def test_it_says_how_a_problem_stood_on_the_last_day(house_on_each: House) -> None:
    house = house_on_each
    number = house.problem(house.answered_case(), amount=None, persons=8)
    on_the_day = sheet(house, "chen", "problems").row(问题编号=number)
    assert on_the_day["完成情况"] == "待整改"
    with clock.stopped_at(datetime(2022, 7, 4, 4, 0, tzinfo=UTC)):
        house.browsers.clear()
        house.rectify(number)
        house.strike_off(number)
        publish(house, number)
        assert sheet(house, "chen", "problems").row(问题编号=number) == on_the_day
        assert "发现1个 ＝ 已整改0个 ＋ 正在整改1个" in house.get("chen", f"/staff/annexes?{JUNE}")
        later = "first=2022-06-01&last=2022-07-04"
        struck_off = sheet(house, "chen", "problems", later).row(问题编号=number)
        assert struck_off["完成情况"] == "已销号"
        assert struck_off["销号时间"].date() == date(2022, 7, 4)
        assert struck_off["销号审核人"] == "lu同志"
        assert "1. 补发漏发的津贴" in struck_off["整改措施"]
        assert "银行回单，6月1日，8笔" in struck_off["整改进展"]
        address = house.deployment.staff.extensions["links"].result(number)
        published = f"2022年7月4日 {address}\n2022年7月4日 区报"
        assert (struck_off["公示时间与网址"], on_the_day["公示时间与网址"]) == (published, None)
        assert sheet(house, "chen", "problems", "first=2022-06-07&last=2022-07-04").rows == []


def test_nothing_in_it_runs_and_it_is_set_up_for_a3(house: House) -> None:
    text = '=HYPERLINK("http://example.org","点这里")\n<b>&'
    number = house.problem(house.answered_case(), what_is_wrong=text)
    found = sheet(house, "chen", "problems")
    (cells,) = found.cells
    cell = cells["问题描述"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert {one.data_type for one in cells.values()} <= {"s", "n", "d"}
    assert cells["问题编号"].value == number
    page = found.sheet.page_setup
    assert (page.paperSize, page.orientation, page.fitToWidth) == (8, "landscape", 1)
    assert found.sheet.print_title_rows == "$1:$3"
    footer = found.sheet.oddFooter
    assert footer is not None
    assert "&P" in str(footer.center.text)
    said = [cell.value for row in found.sheet.iter_rows(min_row=5) for cell in row if cell.value]
    assert str(said[0]).startswith("填报人：")


def test_a_time_that_makes_no_sense_is_answered_in_words(house: House) -> None:
    for asked, why in (
        ("first=2022-06-05&last=2022-06-01", "要在“从哪天”以后"),
        ("first=2022-06-01&last=2022-06-07", "还没有到"),
        ("first=x&last=2022-06-01", ""),
    ):
        answer = house.browser("chen").get(f"/staff/annexes?{asked}")
        assert answer.status_code == 422
        assert why in answer.text
        file = house.browser("chen").get(f"/staff/annexes/problems.xlsx?{asked}")
        assert file.status_code == 422
    assert "没有发现问题" in house.get("chen", "/staff/annexes")
