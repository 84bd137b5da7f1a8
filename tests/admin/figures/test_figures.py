"""The figures: each number counted by hand, and nothing of a case to whom it accuses."""

from __future__ import annotations

import csv
import io
from typing import Any

from sqlalchemy import delete

from admin.figures.counting import count_milestones
from admin.figures.milestone import CountedTo, Milestone
from admin.system.watching import watch_dates
from intake.cases.case import Identity
from portal.campaign.kinds import Kind
from tests.admin.desk.people import NOISE, TIP_OFF, Desks
from tests.intake.pages.journey import opened
from tests.pages.checks import check_html

JUNE = "first=2022-06-01&last=2022-06-30"
MINISTRY, LABOUR = "区民政局", "区人力资源局"


def lines(desks: Desks, name: str, time: str = JUNE) -> dict[tuple[str, str], dict[str, int]]:
    """The file's lines, by unit and kind, with what isn't zero."""
    count_milestones(desks.deployment.database)
    answer = desks.get(name, f"/staff/figures.csv?{time}")
    assert answer.status_code == 200, answer.text
    rows = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
    return {
        (row.pop("单位"), row.pop("类别")): {k: int(v) for k, v in row.items() if int(v)}
        for row in rows
    }


def worked(desks: Desks, number: str) -> None:
    """A complaint is signed for, accepted, answered and closed."""
    desks.through(
        number,
        ("mz-officer", "sign-for", ""),
        ("mz-officer", "accept", ""),
        ("mz-officer", "draft", "查过了，已经补发"),
        ("mz-head", "reply", ""),
        ("mz-officer", "close", ""),
    )


def test_what_came_adds_up_and_every_step_is_counted_once(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        done, waiting = desks.case(), desks.case()
        desks.case(NOISE)
        worked(desks, done)
        desks.act("mz-officer", waiting, "return", words="不归我们管")
        desks.act("office", waiting, "sort", unit="MZ")
        desks.act("mz-officer", waiting, "return", words="还是不归我们管")
        desks.act("office", waiting, "sort", unit="RS")
        found = lines(desks, "office")
    assert found[MINISTRY, "投诉"] == {
        "收到": 1,
        "已答复": 1,
        "按时签收": 1,
        "按期答复（没有延期）": 1,
        "交办": 3,
        "退单": 2,
        "退得对": 1,
        "不该退": 1,
        "办结": 1,
    }
    assert found[LABOUR, "投诉"] == {"收到": 2, "在办": 2, "交办": 2}


def test_late_and_extended_are_told_apart(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        late, extended, owed = desks.case(), desks.case(), desks.case()
        desks.through(extended, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
    with desks.on("2022-06-08"):
        watch_dates(desks.deployment.database)
        desks.through(late, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
        unsigned = lines(desks, "office", "first=2022-06-01&last=2022-06-08")[MINISTRY, "投诉"]
    with desks.on("2022-06-20"):
        desks.act("mz-officer", extended, "propose-extension", days="10", words="要等银行")
        desks.act("mz-head", extended, "extend")
    with desks.on("2022-06-28"):
        watch_dates(desks.deployment.database)
        for number in (late, extended):
            desks.through(number, ("mz-officer", "draft", "补发了"), ("mz-head", "reply", ""))
        found = lines(desks, "office")[MINISTRY, "投诉"]
    assert unsigned["到期没有签收"] == 1
    assert (found["按时签收"], found["超时签收"], found["到期没有签收"]) == (1, 1, 1)
    assert (found["按期答复（延过期）"], found["超期答复"], found["到期没有答复"]) == (1, 1, 1)
    assert desks.stored(owed).state.is_open
    # Two of them missed two dates each, of signing and of answering.
    assert found["超期次数"] == 4
    shown = desks.get("office", f"/staff/figures?{JUNE}").text
    assert "33.3%（1/3）" in shown


def test_a_reopened_case_counts_for_whom_closed_it(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        registered = desks.register()
        worked(desks, registered.case.number)
        client = desks.deployment.citizen()
        page = opened(client.post("/progress", data={"query_code": registered.query_code}))
        client.post("/progress/object", data=page.fields | {"objection": "没有补"})
        found = lines(desks, "office")
    assert found[MINISTRY, "投诉"]["重办"] == 1
    assert found["领导小组办公室", "投诉"]["收到"] == 1


def test_whoever_a_case_accuses_finds_no_step_of_it(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        desks.case()
        before = lines(desks, "mz-officer")
        for_all = lines(desks, "auditor")
        desks.case(TIP_OFF, accused=MINISTRY)
        number = desks.case(identity=Identity.ANONYMOUS)
        desks.through(number, ("mz-officer", "sign-for", ""))
        desks.act("office", number, "recuse", unit="MZ", words="说的就是他们")
        assert lines(desks, "mz-officer") == before
        assert lines(desks, "auditor") != for_all
        assert desks.get("mz-officer", f"/staff/figures?{JUNE}").status_code == 200


def test_a_unit_counts_its_own_and_the_auditor_everybodys(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        desks.case()
        desks.case(NOISE)
        assert set(lines(desks, "mz-officer")) == {(MINISTRY, "投诉")}
        assert set(lines(desks, "auditor")) == {(MINISTRY, "投诉"), (LABOUR, "投诉")}
        assert desks.get("clerk", "/staff/figures").status_code == 404
        assert desks.get("admin", "/staff/figures").status_code == 404


def test_the_milestones_come_out_of_the_chain_alone(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        worked(desks, desks.case())
        desks.case(kind=Kind.CONSULTATION)
        before = lines(desks, "office")
        assert count_milestones(desks.deployment.database) == 0
        with desks.deployment.database.writing() as session:
            session.execute(delete(Milestone))
            session.execute(delete(CountedTo))
        assert count_milestones(desks.deployment.database, most=3) > 0
        assert lines(desks, "office") == before


def test_without_a_time_it_is_this_month(desks: Desks) -> None:
    with desks.on("2022-05-31"):
        desks.case()
    with desks.on("2022-06-06"):
        desks.case()
        page = desks.get("office", "/staff/figures")
        assert page.status_code == 200
        assert 'value="2022-06-01"' in page.text
        assert check_html(page.text, thorough=False) == []
        rows = list(csv.DictReader(io.StringIO(desks.get("office", "/staff/figures.csv").text)))
        assert [row["收到"] for row in rows] == ["1"]


def test_what_is_asked_wrongly_is_answered(desks: Desks) -> None:
    page: Any = desks.get("office", "/staff/figures?first=2022-06-30&last=2022-06-01")
    assert (page.status_code, "要在“从哪天”以后" in page.text) == (422, True)
    page = desks.get("office", "/staff/figures?first=x&last=2022-06-01")
    assert (page.status_code, "不是有效的日期" in page.text) == (422, True)
    page = desks.get("office", "/staff/figures?first=2022-06-01")
    assert (page.status_code, "请写到哪天" in page.text) == (422, True)
    assert desks.get("office", "/staff/figures.csv?first=x").status_code == 422
