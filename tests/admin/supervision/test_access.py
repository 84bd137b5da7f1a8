"""Who finds nothing of a supervision: the accused, other units, and whoever only serves a desk that
has no part in it; and what the lists cost."""

from __future__ import annotations

import re

from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case
from portal.foundation import clock
from tests.admin.desk.people import NOISE, TIP_OFF, Desks, counts
from tests.admin.supervision.supervised import (
    LIST,
    SUGGESTED,
    at,
    listed,
    looked,
    read,
    statements,
    supervise,
    take,
)

IN_HAND = r"<dt>正在督办</dt>\s*<dd>\s*<a [^>]*>{}<"
PAGES = (
    LIST,
    SUGGESTED,
    "/staff/",
    "/staff/cases?tab=open",
    "/staff/cases?tab=open&mark=supervised",
    "/staff/cases?tab=open&mark=supervised&scope=district",
)


def test_the_accused_unit_reads_what_it_read_before(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        mine, foreign = desks.case(), desks.case(NOISE)
        supervise(desks, mine)
        before = {path: desks.get("mz-officer", path).data for path in PAGES}
        accusation = desks.case(TIP_OFF, accused="区民政局")
        supervise(desks, accusation)
        supervise(desks, foreign)
        assert {path: desks.get("mz-officer", path).data for path in PAGES} == before
        assert set(listed(desks, "office")) == {mine, foreign, accusation}
        answers = {
            desks.get("mz-officer", at(number, step)).data
            for number in (accusation, foreign, "JH00000000")
            for step in ("", "open", "close", "progress")
        }
        assert len(answers) == 1
        form = {"csrf_token": _token(desks, "mz-officer"), "version": "2", "words": "进展"}
        posted = {
            (answer.status_code, answer.data)
            for number in (accusation, foreign, "JH00000000")
            for answer in [desks.at("mz-officer").post(at(number, "progress"), data=form)]
        }
        assert len(posted) == 1
        assert next(iter(posted))[0] == 404


def _token(desks: Desks, name: str) -> str:
    page = desks.get(name, "/staff/account").text
    return page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


def test_who_is_accused_later_loses_its_supervision_at_once(desks: Desks) -> None:
    number = desks.case()
    supervise(desks, number)
    assert listed(desks, "mz-officer") == [number]
    desks.act("office", number, "recuse", unit="MZ", words="说的是它")
    assert listed(desks, "mz-officer") == []
    assert desks.get("mz-officer", at(number)).status_code == 404
    assert desks.list("mz-officer", "tab=open&mark=supervised") == []
    assert listed(desks, "office") == [number]


def test_a_barred_person_of_the_office_counts_and_lists_nothing(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number = desks.case()
        supervise(desks, number, due_on="2022-06-08")
        suggested = desks.case()
        with desks.deployment.database.writing() as session:
            who = desks.deployment.staff_id(session, "office")
            for case in session.query(Case).where(Case.number.in_([number, suggested])):
                bar = {"source": BarSource.STAFF, "named": True, "set_at": clock.now()}
                session.add(Bar(case_id=case.id, staff_id=who, **bar))
        desks.at("office-head")
    with desks.on("2022-06-20"):
        looked(desks)
        assert (listed(desks, "office"), listed(desks, "office", SUGGESTED)) == ([], [])
        page = read(desks, "office", "/staff/office")
        assert "督办超期" not in page
        assert re.search(IN_HAND.format(0), page)
        assert listed(desks, "office-head") == [number]
        assert suggested in listed(desks, "office-head", SUGGESTED)
        page = read(desks, "office-head", "/staff/office")
        assert "督办超期</a><b>1件" in page
        assert re.search(IN_HAND.format(1), page)
        assert "系统建议督办</a><b>" in page


def test_where_the_office_is_accused_discipline_supervises(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number = desks.case(TIP_OFF, accused="领导小组办公室", words="办公室的人扣了钱")
        assert desks.get("office", at(number)).status_code == 404
        supervise(desks, number, name="discipline")
        assert listed(desks, "discipline") == [number]
        assert listed(desks, "office-head") == []
        assert (
            take(desks, "discipline", number, "close", outcome="done", words="查完了").status_code
            == 303
        )


def test_an_assisting_unit_reads_and_reports_nothing(desks: Desks) -> None:
    number = desks.case()
    supervise(desks, number)
    desks.act("office", number, "assist", unit="RS", words="查社保")
    assert listed(desks, "rs-officer") == [number]
    assert read(desks, "rs-officer", at(number))
    assert take(desks, "rs-officer", number, "progress", words="我们说").status_code == 409


def test_tabs_count_what_they_list_page_by_page(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        made = [desks.case() for _ in range(23)]
        for place, number in enumerate(made):
            supervise(desks, number, due_on=f"2022-06-{7 + place % 3:02d}")
        supervise(desks, desks.case(NOISE))
        first = read(desks, "mz-officer", LIST)
        assert re.search(r'督办中\s*<span class="count">23</span>', first)
        following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
        second = listed(desks, "mz-officer", following)
        assert len(second) == 3
        assert sorted([*listed(desks, "mz-officer"), *second]) == sorted(made)
        tabs = counts(desks.get("mz-officer", "/staff/cases?tab=open&mark=supervised"))
        assert tabs["open"][1] == "23"


def test_a_list_costs_the_same_however_many_there_are(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        numbers = [desks.case() for _ in range(6)]
        desks.case(NOISE)
        for number in numbers[:1]:
            supervise(desks, number)
    with desks.on("2022-06-20"):
        looked(desks)
        few = _costs(desks, numbers[0])
        for number in numbers[1:3]:
            supervise(desks, number)
        assert _costs(desks, numbers[0]) == few
        assert max(few[:2]) <= 18


def _costs(desks: Desks, number: str) -> list[int]:
    """How many statements each page sends."""
    costs = []
    for path in (LIST, SUGGESTED, f"/staff/cases/{number}"):
        desks.get("office", path)
        with statements(desks) as sent:
            desks.get("office", path)
        costs.append(len(sent))
    return costs
