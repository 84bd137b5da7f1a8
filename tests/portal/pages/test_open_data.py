"""Open data: the same as the pages show, in three forms, and nothing else."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from portal.campaign.responsibility import Responsibility
from portal.campaign.revision import new_book_revision
from portal.foundation import clock
from portal.published.result import Result, ResultState
from portal.published.result_totals import Fate
from tests.portal.pages.released import release, revise
from tests.portal.pages.sites import Site

TABLES = (
    "policies",
    "policy-versions",
    "units",
    "responsibilities",
    "in-charge",
    "results",
    "result-releases",
    "result-totals",
    "figures",
)
LATER = "以后才归它管"


def table_of(site: Site, name: str) -> dict[str, Any]:
    answer = site.get(f"/data/{name}.json")
    assert answer.mimetype == "application/json"
    found: dict[str, Any] = json.loads(answer.data)
    return found


def rows_of(site: Site, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table_of(site, name)["rows"]
    return rows


def as_word(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, list) else "" if value is None else str(value)


@pytest.mark.parametrize("name", TABLES)
def test_the_three_files_say_the_same(site: Site, name: str) -> None:
    site.with_results()
    said = table_of(site, name)
    wanted = [[as_word(value) for value in row.values()] for row in said["rows"]]
    assert wanted
    names = [column["name"] for column in said["columns"]]
    assert all(list(row) == names for row in said["rows"])

    lines = list(csv.reader(io.StringIO(site.get(f"/data/{name}.csv").data.decode("utf-8-sig"))))
    assert lines == [names, *wanted]
    workbook = load_workbook(io.BytesIO(site.get(f"/data/{name}.xlsx").data))
    headings, *cells = workbook.active.iter_rows(values_only=True)  # type: ignore[union-attr]
    assert list(headings) == [column["heading"] for column in said["columns"]]
    plain = [[as_word(c.date() if isinstance(c, datetime) else c) for c in row] for row in cells]
    assert plain == wanted


def test_the_page_names_every_file_and_what_is_in_it(site: Site) -> None:
    page = site.text("/data")
    for name in TABLES:
        said = table_of(site, name)
        assert said["title"] in page
        assert all(f'href="/data/{name}.{kind}"' in page for kind in ("json", "csv", "xlsx"))
        assert all(f"<code>{column['name']}</code>" in page for column in said["columns"])


def test_policies_and_units_are_those_of_the_campaign(site: Site) -> None:
    found = site.book
    policies = {row["code"]: row for row in rows_of(site, "policies")}
    assert policies.keys() == found.policies.keys()
    for code, row in policies.items():
        assert row["unit_name"] == found.unit_name(found.policies[code].unit_code)
        assert row["standard"] == found.policies[code].standard
    units = {row["code"]: row["telephone"] for row in rows_of(site, "units")}
    assert units == {unit.code: unit.telephone for unit in found.units.values()}


def test_the_first_version_of_each_policy_says_everything(site: Site) -> None:
    rows = rows_of(site, "policy-versions")
    for code, policy in site.book.policies.items():
        said = {row["field"]: row["now"] for row in rows if row["policy"] == code}
        assert said["standard"] == policy.standard
        assert said["unit"] == site.book.unit_name(policy.unit_code)
        # Only how this site treats it isn't told.
        assert not {"discreet", "sample"} & said.keys()
    assert {row["version"] for row in rows} == {1}


def test_who_will_be_in_charge_later_isn_t_published_yet(jianghan: Site) -> None:
    before = rows_of(jianghan, "responsibilities")
    day = clock.today()
    with jianghan.deployment.database.writing() as session:
        for first, last in ((day + timedelta(days=1), None), (day, day - timedelta(days=1))):
            session.add(
                Responsibility(
                    policy_code=jianghan.some_policy,
                    place_code=next(iter(jianghan.book.places)),
                    unit_code="MZ",
                    basis=LATER,
                    valid_from=first,
                    valid_to=last,
                )
            )
        new_book_revision(session)
    assert rows_of(jianghan, "responsibilities") == before
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        after = rows_of(jianghan, "responsibilities")
    assert [row["basis"] for row in after].count(LATER) == 1


def test_results_reconcile_with_the_page_and_keep_their_history(jianghan: Site) -> None:
    jianghan.with_results()
    rows = rows_of(jianghan, "results")
    page = jianghan.text("/results")
    for fate in Fate:
        number = sum(row["state"] in {state.value for state in fate.states} for row in rows)
        assert f">{number}</a>" in page
    releases = rows_of(jianghan, "result-releases")
    assert {row["number"] for row in releases} == {row["number"] for row in rows}


def test_what_is_released_stands_in_the_next_answer(jianghan: Site) -> None:
    with jianghan.deployment.database.writing() as session:
        release(session, "WT-0900", summary="先前的话")
    first = jianghan.get("/data/results.json")
    kept = {"If-None-Match": first.headers["ETag"]}
    assert jianghan.client.get("/data/results.json", headers=kept).status_code == 304
    with jianghan.deployment.database.writing() as session:
        one = session.get_one(Result, "WT-0900")
        revise(session, one, summary="后来的话", state=ResultState.RECTIFIED)
    again = jianghan.client.get("/data/results.json", headers=kept)
    assert again.status_code == 200
    assert "先前的话" not in again.text
    (row,) = rows_of(jianghan, "results")
    assert row["state_text"] == "改好待查"
    said = [one["summary"] for one in rows_of(jianghan, "result-releases")]
    assert said == ["先前的话", "后来的话"]


def test_no_spreadsheet_runs_what_stands_in_it(jianghan: Site) -> None:
    with jianghan.deployment.database.writing() as session:
        release(session, "WT-0901", summary="=1+1", measures="@SUM(A1)")
    lines = jianghan.get("/data/results.csv").data.decode("utf-8-sig")
    assert "'=1+1" in lines
    assert "'@SUM(A1)" in lines
    sheet = load_workbook(io.BytesIO(jianghan.get("/data/results.xlsx").data)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]  # type: ignore[union-attr]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_days_are_days_and_what_is_missing_is_null(jianghan: Site) -> None:
    with jianghan.deployment.database.writing() as session:
        release(session, "WT-0902", rectify_by=date(2022, 7, 31), place_code=None)
    (row,) = rows_of(jianghan, "results")
    assert (row["rectify_by"], row["place"], row["struck_off_on"]) == ("2022-07-31", None, None)


@pytest.mark.parametrize("address", ["/data/cases.json", "/data/policies.xml", "/data/policies"])
def test_there_is_nothing_else(jianghan: Site, address: str) -> None:
    assert jianghan.client.get(address).status_code == 404
