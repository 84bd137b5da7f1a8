"""Pages that are long or wide on a telephone: tables as cards, the plan folded, jumps, boxes to
search."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html
from sqlalchemy import update

from portal.campaign.book import book
from portal.campaign.campaign import Campaign
from portal.campaign.revision import new_book_revision
from portal.foundation import clock
from portal.pages.hotlines import sorts_of
from portal.published.figures_releasing import put_out_month
from tests.portal.pages.open_site import PHONE, OpenSite
from tests.portal.pages.released import full_sheet, publish_months
from tests.portal.pages.sites import Site


def test_no_column_of_the_figures_is_cut_and_each_cell_names_its_own(open_site: OpenSite) -> None:
    region = "section.stacks"
    with open_site.window() as page:
        page.goto("/figures")
        wide = page.locator(region).evaluate("one => one.scrollWidth - one.clientWidth")
        assert wide <= 0
        row = page.locator(f"{region} tbody tr").first
        for cell in row.locator("td").all():
            box = cell.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= PHONE["width"]
        heads = page.locator(f"{region} thead th").all_text_contents()
        assert row.locator("td").evaluate_all("all => all.map(one => one.dataset.label)") == [
            *heads[1:]
        ]
        assert heads[1] == "合计"
        # Whoever hears the page still hears a table.
        heard = page.locator(region).aria_snapshot()
        assert "- table" in heard
        assert '- columnheader "合计"' in heard


def test_the_plan_is_folded_with_links_and_whole_on_paper(open_site: OpenSite) -> None:
    with open_site.window() as page:
        page.goto("/notices/work-plan")
        part = page.locator("h3[id='part-6']")
        assert part.text_content() in {"六、工作要求", "六、有关要求"}
        assert not part.is_visible()
        page.locator("details.whole > summary").click()
        page.locator("a[href='#part-6']").click()
        box = part.bounding_box()
        assert box is not None
        assert 0 <= box["y"] < PHONE["height"]
        page.goto("/notices/work-plan")
        page.emulate_media(media="print")
        assert part.evaluate("one => one.getBoundingClientRect().height") > 0


def test_the_hotlines_have_jumps_and_name_each_number_once(site: Site) -> None:
    page = html.document_fromstring(site.text("/hotlines"))
    main = page.find(".//main")
    jumps = main.xpath(".//nav[@aria-label='这一页有']//a/@href")
    assert jumps == ["#units", "#streets", "#doors"]
    assert all(main.xpath(f".//*[@id='{one[1:]}']") for one in jumps)
    assert main.xpath("count(.//a[@href='tel:12388'])") == 1
    townships = any("乡" in one.name for one in site.book.units.values())
    assert main.xpath("string(.//*[@id='streets'])") == ("各街道、乡镇" if townships else "各街道")


@pytest.mark.parametrize(
    ("names", "sorts"),
    [(["东街道"], "街道"), (["东街道", "西乡"], "街道、乡镇"), (["北镇"], "乡镇"), ([], "")],
)
def test_streets_and_townships_are_named_as_they_are(names: list[str], sorts: str) -> None:
    assert sorts_of(names) == sorts


def test_shares_by_month_have_a_chart_of_what_was_released(site: Site) -> None:
    with site.deployment.database.writing() as session:
        publish_months(session)
    page = html.document_fromstring(site.text("/figures"))
    [table] = page.xpath("//table[caption[starts-with(., '每个月按期答复')]]")
    told = {row[0].text_content(): row[1].text_content().split() for row in table.iter("tr")}
    assert told["2022年6月"] == ["89%", "98/110件"]
    assert told["2022年5月"] == ["不公布"]
    assert told["2022年4月"] == ["撤下了"]
    # One month alone is no course of things, and May tells nothing.
    assert not page.xpath("//*[@aria-labelledby='kept-chart']")
    with site.deployment.database.writing() as session:
        units = list(dict.fromkeys(one.unit_code for one in book(session).policies.values()))
        put_out_month(session, date(2022, 7, 1), full_sheet(units), note="")
    page = html.document_fromstring(site.text("/figures"))
    [chart] = page.xpath("//*[@aria-labelledby='kept-chart']")
    bars = [one.get("width") for one in chart.iter("rect")]
    assert chart.findtext("title") == "每个月按期答复的占多少：2022年6月89%，2022年7月89%"
    # The chart's full length, 70 percent of its width, stands for all of them.
    assert bars == ["62.3%", "62.3%"]


def test_a_box_to_search_stands_where_one_is_lost(site: Site) -> None:
    for page in (site.text("/"), site.client.get("/nowhere").text):
        [form] = html.document_fromstring(page).xpath("//main//form[@role='search']")
        assert (form.get("method"), form.get("action")) == ("get", "/search")
        assert form.xpath(".//label[@for='q']")
        assert form.xpath(".//input[@id='q' and @name='q']")
    elsewhere = site.deployment.staff.test_client().get("/nowhere").text
    assert 'role="search"' not in elsewhere


def test_a_sheet_names_the_last_day_until_it_is_past(site: Site) -> None:
    for day, stands in ((clock.today(), True), (date(2022, 9, 3), False)):
        with site.deployment.database.writing() as session:
            session.execute(update(Campaign).values(ends_on=day))
            new_book_revision(session)
        until = f"这次专项治理到{day.year}年{day.month}月{day.day}日为止。"
        assert (until in site.text("/publicity/poster")) is stands
