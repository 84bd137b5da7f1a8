"""The history of results: every figure that was published, what a release changed in words, and how
the totals came about."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

from alembic import command
from alembic.config import Config
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from portal.campaign.book import book
from portal.foundation import clock
from portal.published.releasing import Publication, put_out, withdraw_result
from portal.published.result import Result, ResultRevision, ResultState
from portal.published.result_totals import FATES, DayTotals, Fate, Release, day_totals
from tests.deployments import Deployment
from tests.portal.pages.sites import Site
from tests.running import ROOT

NOON = datetime(2022, 7, 1, 4, 0, tzinfo=UTC)


def puts_out(site: Site, number: str, on: int = 0, **said: Any) -> None:
    """Release a result some days after the first of July."""
    database = site.deployment.database
    with clock.stopped_at(NOON + timedelta(days=on)), database.writing() as session:
        found = book(session)
        usual = {
            "problem_type": "1.2",
            "unit": next(iter(found.policies.values())).unit_code,
            "place": None,
            "policy": None,
            "state": ResultState.RECTIFYING,
            "rectify_by": date(2022, 7, 31),
            "struck_off_on": None,
            "summary": f"{number}的津贴漏发",
            "measures": "补发",
            "progress": "正在核对",
            "note": "",
        }
        put_out(session, Publication(number=number, **{**usual, **said}))


def withdraws(site: Site, number: str, on: int) -> None:
    database = site.deployment.database
    with clock.stopped_at(NOON + timedelta(days=on)), database.writing() as session:
        withdraw_result(session, session.get_one(Result, number), "金额写错了")


def _timeline(page: str) -> str:
    return page.partition('class="timeline"')[2].partition("</ol>")[0]


def steps_on(page: str) -> list[str]:
    return re.findall(r"<li>.*?</li>", _timeline(page), re.DOTALL)


def history_on(page: str) -> list[list[str]]:
    """The rows of the history of the totals."""
    table = re.search(r"<caption[^>]*>合计的变化.*?</table>", page, re.DOTALL)
    assert table
    rows = re.findall(r"<tr>(.*?)</tr>", table[0], re.DOTALL)[1:]
    return [re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row) for row in rows]


def figures_on(page: str) -> list[str]:
    figures = re.search(r'<dl class="figures">.*?</dl>', page, re.DOTALL)
    assert figures
    return re.findall(r">(\d+)</a>", figures[0])


def test_a_deadline_that_was_moved_leaves_a_trace(any_site: Site) -> None:
    units = any_site.book.units
    first, other = list(units)[:2]
    street = next(one for one in any_site.book.places.values() if not one.parent_code)
    policy = any_site.book.policies[any_site.some_policy]
    puts_out(any_site, "WT-1", unit=first)
    puts_out(any_site, "WT-1", 1, unit=first, rectify_by=date(2022, 9, 30))
    puts_out(
        any_site,
        "WT-1",
        2,
        unit=other,
        place=street.code,
        policy=policy.code,
        problem_type="2.3",
        state=ResultState.STRUCK_OFF,
        rectify_by=date(2022, 9, 30),
        struck_off_on=date(2022, 7, 3),
    )
    puts_out(
        any_site,
        "WT-1",
        3,
        unit=other,
        place=street.code,
        policy=policy.code,
        problem_type="2.3",
        rectify_by=None,
    )
    reopened, struck_off, moved, begun = steps_on(any_site.text("/results/WT-1"))
    assert "2022年7月1日" in begun
    assert "期限：2022年7月31日。" in begun
    assert "责任单位" not in begun
    assert "期限：原来2022年7月31日，现在2022年9月30日。" in moved
    assert "责任单位" not in moved
    assert f"责任单位：原来{units[first].name}，现在{units[other].name}。" in struck_off
    assert f"在哪里：原来全区，现在{street.name}。" in struck_off
    assert f"哪项补贴：原来不止一项，现在{policy.name}。" in struck_off
    assert "什么问题：原来" in struck_off
    assert "改好销号：2022年7月3日。" in struck_off
    assert "期限" not in struck_off
    assert "期限：原来2022年9月30日，现在没有。" in reopened
    assert "改好销号：原来2022年7月3日，现在没有。" in reopened
    rows = json.loads(any_site.get("/data/result-releases.json").data)["rows"]
    assert [(row["rectify_by"], row["struck_off_on"], row["unit"]) for row in rows] == [
        ("2022-07-31", None, first),
        ("2022-09-30", None, first),
        ("2022-09-30", "2022-07-03", other),
        (None, None, other),
    ]
    assert all(row["whole"] for row in rows)
    assert "没有留下" not in any_site.text("/results/WT-1")


def test_a_withdrawal_stays_in_the_time_line_and_its_words_do_not(any_site: Site) -> None:
    first, other = list(any_site.book.units)[:2]
    puts_out(any_site, "WT-1", unit=first, rectify_by=date(2022, 8, 8))
    puts_out(any_site, "WT-2")
    withdraws(any_site, "WT-1", 1)
    assert '"WT-1"' not in any_site.text("/data/result-releases.json")
    assert any_site.client.get("/results/WT-1/releases/1").status_code == 404
    puts_out(any_site, "WT-1", 2, unit=other)
    assert any_site.client.get("/results/WT-1/releases/1").status_code == 404
    page = any_site.text("/results/WT-1")
    again, withdrawn, begun = steps_on(page)
    assert "期限：2022年7月31日。" in again
    assert any_site.book.units[first].name not in again
    assert "撤下" in withdrawn
    assert "2022年7月2日" in withdrawn
    assert "金额写错了" in withdrawn
    assert "8月8日" not in begun
    assert "没有留下" not in page
    with any_site.deployment.database.reading() as session:
        wanted = select(ResultRevision).where(ResultRevision.result_number == "WT-1")
        gone, stands = session.scalars(wanted.order_by(ResultRevision.revision)).all()
        assert (gone.unit_code, gone.rectify_by, gone.summary) == (None, None, "")
        assert (gone.is_whole, stands.is_whole) == (False, True)


def test_the_totals_have_a_history_that_ends_with_today(any_site: Site) -> None:
    puts_out(any_site, "WT-1")
    puts_out(any_site, "WT-2", state=ResultState.FOUND)
    puts_out(any_site, "WT-3", 3, state=ResultState.UNFOUNDED)
    puts_out(any_site, "WT-1", 5, state=ResultState.STRUCK_OFF)
    withdraws(any_site, "WT-2", 6)
    puts_out(any_site, "WT-2", 8, state=ResultState.CARRIED_OVER)
    page = any_site.text("/results")
    assert history_on(page) == [
        ["2022年7月9日", "3", "1", "0", "1", "1"],
        ["2022年7月7日", "2", "1", "0", "0", "1"],
        ["2022年7月6日", "3", "1", "1", "0", "1"],
        ["2022年7月4日", "3", "0", "2", "0", "1"],
        ["2022年7月1日", "2", "0", "2", "0", "0"],
    ]
    assert figures_on(page) == history_on(page)[0][1:]
    rows = json.loads(any_site.get("/data/result-totals.json").data)["rows"]
    assert [list(map(str, row.values()))[1:] for row in reversed(rows)] == [
        row[1:] for row in history_on(page)
    ]
    # Beside a part of the list it would be taken for the part's own.
    assert "合计的变化" not in any_site.text("/results?state=struck_off")
    withdraws(any_site, "WT-1", 9)
    assert history_on(any_site.text("/results"))[0] == ["2022年7月10日", "2", "0", "0", "1", "1"]


def test_of_many_days_the_page_shows_the_latest(site: Site) -> None:
    for day in range(26):
        puts_out(site, f"WT-{day}", day)
    page = site.text("/results")
    shown = history_on(page)
    assert len(shown) == 24
    assert shown[0][:2] == ["2022年7月26日", "26"]
    assert "更早的2天在文件里" in page
    assert len(json.loads(site.get("/data/result-totals.json").data)["rows"]) == 26


def test_the_list_can_be_taken_away_where_it_stands(site: Site) -> None:
    assert "/data/results.csv" not in site.text("/results")
    puts_out(site, "WT-1")
    page = site.text("/results")
    for kind in ("xlsx", "csv", "json"):
        assert f'href="/data/results.{kind}"' in page
        site.get(f"/data/results.{kind}")


moves = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.sampled_from([*ResultState, None]),
        # Hours, so that several fall on one day and midnight in Shanghai lies between others.
        st.integers(0, 30),
    ),
    max_size=40,
)


@given(moves)
@settings(max_examples=300, deadline=None)
def test_any_history_of_totals_agrees_with_what_stood(walk: list[Any]) -> None:
    """The totals of every day are those of whoever counted the list when the day ended."""
    now, standing = NOON, dict[str, ResultState]()
    last: dict[str, Release] = {}
    releases: list[Release] = []
    counted: dict[date, Counter[Fate]] = {}
    for which, state, later in walk:
        now += timedelta(hours=later)
        number = f"WT-{which}"
        if state is None and number not in standing:
            continue
        if state is None:
            del standing[number]
            gone = last[number]
            releases[releases.index(gone)] = Release(
                number, gone.released_at, gone.state, clock.day_of(now)
            )
        else:
            # No two releases are alike, so that a withdrawal finds its own.
            now += timedelta(seconds=1)
            standing[number] = state
            last[number] = Release(number, now, state, None)
            releases.append(last[number])
        counted[clock.day_of(now)] = Counter(FATES[one] for one in standing.values())
    in_order = sorted(releases, key=lambda one: (one.number, one.released_at))
    expected = [
        DayTotals(day, {fate: sums[fate] for fate in Fate}) for day, sums in counted.items()
    ]
    assert day_totals(in_order) == expected


def test_an_upgrade_fills_in_what_is_known_and_nothing_else(on_each_database: Deployment) -> None:
    """Of a last release everything stands in its result; of earlier ones nobody knows it."""
    site = Site(on_each_database)
    puts_out(site, "WT-1")
    puts_out(site, "WT-1", 1, rectify_by=date(2022, 9, 30))
    puts_out(site, "WT-2")
    withdraws(site, "WT-2", 2)
    page = site.text("/results/WT-1")
    engine = on_each_database.database.engine
    url = engine.url.render_as_string(hide_password=False)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    on_each_database.close()
    command.downgrade(config, "0028")
    command.upgrade(config, "head")
    with on_each_database.database.reading() as session:
        wanted = select(ResultRevision).order_by(
            ResultRevision.result_number, ResultRevision.revision
        )
        early, late, gone = session.scalars(wanted).all()
        unit = session.get_one(Result, "WT-1").unit_code
        assert (early.is_whole, early.rectify_by, early.withdrawn_on) == (False, None, None)
        assert (late.unit_code, late.problem_code) == (unit, "1.2")
        assert (late.rectify_by, late.withdrawn_on) == (date(2022, 9, 30), None)
        assert (gone.unit_code, gone.withdrawn_on) == (None, date(2022, 7, 3))
        assert gone.withdrawn_because == "金额写错了"
    with on_each_database.database.writing() as session:
        session.execute(text("UPDATE campaign SET revision = revision + 1"))
    assert "期限：原来" in page
    after = site.text("/results/WT-1")
    assert "期限：原来" not in after
    assert "当时的期限、单位没有留下" in after
