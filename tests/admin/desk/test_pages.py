"""Pages of the desk as such: sound markup, small, changing nothing, the right one first."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import MetaData, event, inspect

from portal.foundation.database import Base
from tests.admin.desk.people import NOISE, TIP_OFF, UNCLEAR, Desks
from tests.admin.desk.test_accused import everything
from tests.deployments import Deployment
from tests.pages.markup import findings
from tests.pages.weight import MOST_BYTES, weight

FIRST_PAGES = {
    "mz-officer": "/staff/cases",
    "mz-head": "/staff/cases",
    "office": "/staff/office",
    "office-head": "/staff/office",
    "clerk": "/staff/recorded",
    "publisher": "/staff/publishing",
    "discipline": "/staff/cases",
    "auditor": "/staff/events",
    "admin": "/staff/system",
}


@pytest.mark.parametrize("name", FIRST_PAGES)
def test_everybody_begins_where_his_work_is(desks: Desks, name: str) -> None:
    answer = desks.get(name, "/staff/")

    assert (answer.status_code, answer.headers["Location"]) == (303, FIRST_PAGES[name])


def stored(deployment: Deployment) -> dict[str, list[Any]]:
    """Every row of every table."""
    tables: MetaData = Base.metadata
    there = set(inspect(deployment.database.engine).get_table_names())
    with deployment.database.reading() as session:
        return {
            table.name: sorted(map(repr, session.execute(table.select())))
            for table in tables.sorted_tables
            if table.name in there
        }


def test_many_rooms_fold_on_a_phone_and_the_summary_says_where_one_is(desks: Desks) -> None:
    page = desks.get("office", "/staff/referrals").text
    assert page.count('<summary aria-current="true">移送</summary>') == 1
    assert "<summary>更多</summary>" in desks.get("office", "/staff/cases").text
    assert "更多" not in desks.get("clerk", "/staff/recorded").text


def test_reading_changes_nothing_but_who_read_what_and_every_page_is_sound(desks: Desks) -> None:
    for draft in (UNCLEAR, NOISE):
        desks.case(draft)
    accepted, drafted = desks.case(), desks.case(TIP_OFF, accused="民意街道")
    desks.through(accepted, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
    desks.through(
        drafted,
        ("mz-officer", "sign-for", ""),
        ("mz-officer", "accept", ""),
        ("mz-officer", "draft", "查过了"),
    )
    names = ("mz-officer", "mz-head", "rs-officer", "office", "discipline")
    for name in names:
        desks.at(name)
    before = stored(desks.deployment)

    for name in names:
        for path, body in everything(desks, name).items():
            if path == "/staff/":
                continue
            assert findings(body.decode()) == [], (name, path)
            assert weight(body.decode()) <= MOST_BYTES, path

    after = stored(desks.deployment)
    read = set(after["event"]) - set(before["event"])
    assert read
    assert all("'words_read'" in one for one in read)
    for chain in ("event", "event_head"):
        del before[chain], after[chain]
    assert after == before


def test_a_case_page_asks_the_database_little(desks: Desks) -> None:
    desks.case(NOISE)
    number = desks.case()
    desks.get("office", f"/staff/cases/{number}")
    statements: list[str] = []
    engine = desks.deployment.staff.extensions["database"].engine
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(str(given[2])))
    desks.get("office", f"/staff/cases/{number}")

    assert len(statements) <= 46, "\n".join(statements)
