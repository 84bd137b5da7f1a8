"""Filters of the queue that somebody saved."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from werkzeug.test import TestResponse

from admin.desk.saved_filter import MOST, SavedFilter
from tests.admin.desk.people import Desks

LIST = "tab=open&kind=complaint&policy=MZ11&due=overdue"


def chips(desks: Desks, name: str) -> list[str]:
    page = desks.get(name, "/staff/cases?tab=open").text
    found = page.partition('aria-label="我保存的筛选"')[2].partition("</nav>")[0]
    return re.findall(r'<a class="chip" href="[^"]*"[^>]*>([^<]*)<', found)


def save(desks: Desks, name: str, query: str, do: str = "keep") -> TestResponse:
    data = {**desks.token(name), "list": query, "do": do}
    return desks.at(name).post("/staff/cases/filters", data=data)


def stored(desks: Desks) -> list[str]:
    with desks.deployment.database.reading() as session:
        return [one.query for one in session.query(SavedFilter)]


def test_a_saved_filter_is_named_by_its_own_words_and_is_nobody_elses(
    desks_on_each: Desks,
) -> None:
    desks = desks_on_each
    page = desks.get("mz-officer", f"/staff/cases?{LIST}").text
    assert "保存这个筛选" in page

    assert save(desks, "mz-officer", LIST).status_code == 303

    assert chips(desks, "mz-officer") == ["全部未结 · 已超期 · 投诉 · 高龄津贴"]
    assert chips(desks, "mz-second") == []
    again = desks.deployment.officer("mz-officer").get(f"/staff/cases?{LIST}").text
    assert "不再保存这个筛选" in again
    assert "保存这个筛选" not in again.replace("不再保存这个筛选", "")


def test_it_is_saved_once_and_removed(desks: Desks) -> None:
    save(desks, "mz-officer", LIST)
    save(desks, "mz-officer", LIST + "&after=c_2099-01-01_JH99999999")
    save(desks, "mz-second", LIST)
    assert len(chips(desks, "mz-officer")) == 1

    save(desks, "mz-officer", LIST, do="drop")

    assert chips(desks, "mz-officer") == []
    assert len(chips(desks, "mz-second")) == 1


def test_nothing_typed_is_stored(desks: Desks) -> None:
    save(desks, "mz-officer", LIST + "&" + urlencode({"note": "赵某", "place": "赵某"}))

    assert stored(desks) == ["tab=open&kind=complaint&policy=MZ11&due=overdue"]


def test_there_is_an_end_to_saving(desks: Desks) -> None:
    problems = [f"{group}.{one}" for group in (1, 2, 3) for one in range(1, 8)]
    with desks.deployment.database.reading() as session:
        from portal.campaign.book import book

        known = [code for code in problems if code in book(session).problem_types]
    lists = [f"tab={tab}&problem={code}" for tab in ("open", "closed") for code in known]
    for query in lists[:MOST]:
        assert save(desks, "mz-officer", query).status_code == 303

    refused = save(desks, "mz-officer", lists[MOST])

    assert refused.status_code == 409
    assert f"最多保存{MOST}个筛选" in refused.text
    assert len(chips(desks, "mz-officer")) == MOST


def test_a_filter_that_the_campaign_forgot_shows_what_is_left_of_it(desks: Desks) -> None:
    save(desks, "mz-officer", LIST)
    with desks.deployment.database.writing() as session:
        one = session.query(SavedFilter).one()
        one.query = one.query.replace("MZ11", "GONE")

    assert chips(desks, "mz-officer") == ["全部未结 · 已超期 · 投诉"]
    left = "tab=open&kind=complaint&due=overdue"
    assert "不再保存这个筛选" in desks.get("mz-officer", f"/staff/cases?{left}").text
    save(desks, "mz-officer", left, do="drop")
    assert chips(desks, "mz-officer") == []
