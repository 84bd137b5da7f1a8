"""Assigning with a report back by a date, and transferring without one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from intake.cases.assignment import Assignment, Manner
from intake.cases.event import IS_READING, Event
from intake.rules.lifecycle import State
from portal.campaign.book import book
from tests.admin.desk.people import NOISE, TIP_OFF, UNCLEAR, Desks
from tests.admin.desk.reporter import page_of
from tests.deployments import Deployment

RESULT = "查了台账，确实漏发三个月，已经报财政补发"


def turns(desks: Desks, number: str) -> list[tuple[str, Manner, date | None]]:
    """Each unit's turn: how it got the case, and by when it reports back."""
    wanted = select(Assignment.unit_code, Assignment.manner, Assignment.report_by)
    with desks.deployment.database.reading() as session:
        own = wanted.where(Assignment.case_id == desks.stored(number).id)
        return [(unit, manner, by) for unit, manner, by in session.execute(own)]


def events(desks: Desks, number: str) -> list[str]:
    with desks.deployment.database.reading() as session:
        wanted = select(Event.name).where(Event.case_id == desks.stored(number).id, ~IS_READING)
        return list(session.scalars(wanted.order_by(Event.seq)))


def test_an_assigned_case_is_reported_on_by_the_offices_day(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-09-28"):
        registered = desks.register(UNCLEAR)
        number = registered.case.number
        other = desks.case(NOISE)
        answer = desks.act("office", number, "sort", unit="RS", report_by="2022-10-10")
        assert answer.status_code == 303
        assert turns(desks, number) == [("RS", Manner.ASSIGN, date(2022, 10, 10))]
        assert turns(desks, other)[0][2] is None
        page = desks.get("rs-officer", f"/staff/cases/{number}").text
        assert "向办公室报结果期限" in page
        assert "交办，10月10日前报结果" in page
        assert "报结果" not in page_of(desks, registered.query_code).text
    with desks.on("2022-10-11"):
        for act in ("sign-for", "accept"):
            desks.through(number, ("rs-officer", act, ""))
        stored = desks.stored(number)
        assert (stored.due_clock, stored.due_on) == ("report_back", date(2022, 10, 10))
        assert "超期1天" in desks.get("rs-officer", "/staff/cases?tab=open").text

        desks.through(number, ("rs-officer", "report-back", RESULT))

        assert desks.stored(number).due_clock == "reply"
        assert RESULT in desks.get("office", f"/staff/cases/{number}").text
        assert RESULT not in page_of(desks, registered.query_code).text
        assert "/report-back?" not in desks.get("rs-officer", f"/staff/cases/{number}").text


def test_a_transferred_case_owes_no_report_and_keeps_every_other_clock(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        assigned, transferred = desks.register(UNCLEAR), desks.register(UNCLEAR)
        desks.act("office", assigned.case.number, "sort", unit="RS")
        number = transferred.case.number
        assert desks.act("office", number, "sort", unit="RS", manner="transfer").status_code == 303

        assert turns(desks, number) == [("RS", Manner.TRANSFER, None)]
        page = desks.get("rs-officer", f"/staff/cases/{number}").text
        assert "转办，不用向办公室报结果" in page
        assert "报结果期限" not in page
        assert "/report-back?" not in page
        assert events(desks, number)[-2:] == ["transferred", "corrected"]
        # Its reporter is told the same sentence, and loses no day.
        ours, theirs = (desks.stored(one.case.number) for one in (transferred, assigned))
        assert (ours.state, ours.answer_by) == (State.ASSIGNED, theirs.answer_by)
        for one in (transferred, assigned):
            assert "区人力资源局要在6月7日，星期二前接收" in page_of(desks, one.query_code).text
        assert "签收期限" in page
        desks.through(number, ("rs-officer", "return", "不归我们"))
        assert desks.stored(number).returns == 1


def test_a_tip_off_is_never_transferred(desks: Desks) -> None:
    number = desks.case(TIP_OFF, policy="", problem="")
    answer = desks.act("office", number, "sort", unit="RS", manner="transfer", words="我写的还在")
    assert answer.status_code == 422
    assert "举报件不能转办" in answer.text
    assert "我写的还在" in answer.text
    assert desks.stored(number).unit_code == "BGS"
    assert desks.act("office", number, "sort", unit="RS").status_code == 303


def test_a_day_that_is_over_is_refused_and_one_is_needed(desks: Desks) -> None:
    number = desks.case(UNCLEAR)
    past = desks.act("office", number, "sort", unit="RS", report_by="2001-01-01")
    none = desks.act("office", number, "sort", unit="RS", report_by="")
    assert (past.status_code, "这一天已经过了" in past.text) == (422, True)
    assert (none.status_code, "请写哪天以前报结果" in none.text) == (422, True)
    transferred = {"unit": "RS", "manner": "transfer", "report_by": ""}
    assert desks.act("office", number, "sort", **transferred).status_code == 303


def test_the_office_asks_for_a_report_later_and_moves_the_day(desks: Desks) -> None:
    with desks.on("2022-06-06"):
        number = desks.case()
        assert "/ask-report?" not in desks.get("mz-officer", f"/staff/cases/{number}").text
        desks.act("office", number, "ask-report", report_by="2022-06-10")
        desks.act("office", number, "ask-report", report_by="2022-06-13")
        assert turns(desks, number) == [("MZ", Manner.ASSIGN, date(2022, 6, 13))]
        page = desks.get("mz-officer", f"/staff/cases/{number}").text
        assert "6月13日前报结果" in page
        # Whoever has it next owes what he was asked himself, and nothing else.
        desks.act("office", number, "sort", unit="RS", manner="transfer")
        assert "报结果期限" not in desks.get("rs-officer", f"/staff/cases/{number}").text


def test_the_answer_is_report_enough(desks: Desks) -> None:
    number = desks.case()
    desks.act("office", number, "ask-report")
    desks.through(
        number,
        ("mz-officer", "sign-for", ""),
        ("mz-officer", "accept", ""),
        ("mz-officer", "draft", "补发到账了"),
        ("mz-head", "reply", ""),
    )
    page = desks.get("mz-officer", f"/staff/cases/{number}").text
    assert "报结果期限" not in page
    assert "/report-back?" not in page


def test_the_usual_day_counts_the_campaigns_working_days(each_campaign: Deployment) -> None:
    # 29 and 30 September; the holiday ends on the 7th; 8 and 9 October are worked; 10 to 14; 17.
    desks = Desks(each_campaign)
    with desks.on("2022-09-28"):
        number = desks.case(UNCLEAR)
        with each_campaign.database.reading() as session:
            codes = [c for c, unit in book(session).units.items() if unit.desk and c != "BGS"]
        unit = next(c for c in codes if c != desks.stored(number).unit_code)
        assert desks.act("office", number, "sort", unit=unit).status_code == 303
        assert turns(desks, number)[-1] == (unit, Manner.ASSIGN, date(2022, 10, 17))
        shown = desks.get("office", f"/staff/cases/{number}").text
        assert "10个工作日" in shown
        assert "调休上班" in shown


def test_who_is_accused_finds_no_act_of_it(desks: Desks) -> None:
    number = desks.case(TIP_OFF, accused="区民政局")
    for act in ("ask-report", "report-back", "verify", "drop-verification"):
        assert desks.get("mz-officer", f"/staff/cases/{number}/{act}").status_code == 404


def test_another_unit_cant_report_for_it(desks: Desks) -> None:
    number = desks.case()
    desks.act("office", number, "ask-report")
    fields = desks.form("mz-officer", number, "note") | {"words": RESULT}
    assert desks.at("rs-officer").post(
        f"/staff/cases/{number}/report-back", data=fields
    ).status_code in {400, 403, 404, 409, 302, 303}
    assert RESULT not in desks.get("office", f"/staff/cases/{number}").text
