"""Following what was referred: its dates, what is asked and told, how it ended, and the sums."""

from __future__ import annotations

from datetime import date

from sqlalchemy import event, select

from admin.referrals.reminding import remind_of_progress
from intake.cases.case import Identity
from intake.cases.event import Event
from portal.foundation import clock
from tests.admin.desk.people import TIP_OFF, Desks
from tests.admin.desk.reporter import page_of
from tests.admin.referrals.steps import (
    due_on,
    fields,
    find,
    read,
    refer,
    step,
    stored,
    tip_off,
)


def test_dates_of_a_referral_by_hand(desks: Desks) -> None:
    """In 2022, 3 to 5 June are holidays; the weeks after them and July are usual ones."""
    with desks.on("2022-06-01"):
        number = tip_off(
            desks,
            identity=Identity.REAL_NAME,
            contact_name="万秋月",
            contact_phone="13907123456",
        ).case.number
        key = find(desks, number)
        # 2 June, then 6, 7, 8, 9.
        assert due_on(desks, number, "refer") == date(2022, 6, 9)
        assert "最晚6月9日移送" in read(desks, "office", "/staff/referrals?part=to-do")
        page = read(desks, "mz-officer", f"/staff/cases/{number}")
        assert "移送" not in page
    with desks.on("2022-06-08"):
        assert step(desks, "office-head", key, "agree").status_code == 303
        assert due_on(desks, number, "refer") is None
        assert due_on(desks, number, "tell_result") is None
    with desks.on("2022-07-01"):
        answer = step(
            desks,
            "discipline",
            key,
            "conclude",
            outcome="admonished",
            words="诫勉",
            on="2022-06-30",
            recovered="1,200.50元",
            refunded="800",
            punished="1人",
        )
        assert answer.status_code == 303
        # 1, 4-8, 11-15 and 18-21 July.
        assert due_on(desks, number, "tell_result") == date(2022, 7, 21)
        page = read(desks, "office", "/staff/referrals?part=ended")
        assert "追回1,200.50元" in page
        assert "退给群众800.00元" in page
        assert "告知结果" not in read(desks, "mz-officer", f"/staff/cases/{number}")
        assert "告知结果" in read(desks, "office", f"/staff/cases/{number}")


def test_the_result_is_told_by_a_second_person(desks: Desks) -> None:
    registered = desks.register(
        TIP_OFF, identity=Identity.REAL_NAME, contact_name="万秋月", contact_phone="13907123456"
    )
    number = registered.case.number
    key = refer(desks, number)
    day = clock.today().isoformat()
    step(desks, "office", key, "conclude", outcome="unfounded", words="查无实据", on=day)
    said = "您反映的事查过了，没有查实。"
    assert step(desks, "office", key, "tell", words=said).status_code == 409

    assert step(desks, "office-head", key, "tell", words=said).status_code == 303

    assert said in page_of(desks, registered.query_code).text
    assert due_on(desks, number, "tell_result") is None
    assert step(desks, "office-head", key, "tell", words=said).status_code == 409


def test_a_day_that_cannot_be_is_asked_for_again(desks: Desks) -> None:
    key = refer(desks, desks.case(TIP_OFF))
    answer = step(
        desks, "discipline", key, "conclude", outcome="settled", words="了结", on="2035-01-01"
    )
    assert answer.status_code == 422
    assert "这一天不对" in answer.text
    assert "了结" in answer.text


def test_the_later_of_two_keeps_what_he_typed(desks: Desks) -> None:
    key = refer(desks, desks.case(TIP_OFF))
    path = f"/staff/referrals/{key}/progress"
    typed = {"stage": "opened", "words": "已经立案"}
    late = fields(desks, "office", path)
    assert step(desks, "discipline", key, "progress", **typed).status_code == 303

    answer = desks.at("office").post(path, data=late | {"stage": "held", "words": "电话里问的"})

    assert answer.status_code == 409
    assert "有同事先办了一步" in answer.text
    assert "电话里问的" in answer.text


def test_progress_is_asked_for_on_the_working_day(desks: Desks) -> None:
    database = desks.deployment.database
    with desks.on("2022-06-01"):
        key = refer(desks, desks.case(TIP_OFF))
        # 2 June, 6-10, 13-17, 20-24 and 27-30: the twentieth working day.
        assert stored(desks, key).remind_on == date(2022, 6, 30)
    for day, hour, count in (
        ("2022-06-29", 10, 0),
        ("2022-06-30", 8, 0),
        ("2022-06-30", 10, 1),
        ("2022-06-30", 11, 0),
    ):
        with desks.on(day, hour):
            assert remind_of_progress(database) == count, (day, hour)
    with desks.on("2022-06-30"):
        assert "该催问了" in read(desks, "office", "/staff/referrals")
        step(desks, "office", key, "ask", words="打电话问了王科长，说月底立案")
        assert "该催问了" not in read(desks, "office", "/staff/referrals")
        assert "打电话问了王科长" in read(desks, "discipline", f"/staff/referrals/{key}")
        # 1 July to 28 July are twenty working days.
        assert stored(desks, key).remind_on == date(2022, 7, 28)
    with database.reading() as session:
        names = session.scalars(select(Event.name).where(Event.name == "progress_due")).all()
        assert list(names) == ["progress_due"]


def test_totals_reconcile(desks: Desks) -> None:
    keys = [refer(desks, desks.case(TIP_OFF)) for _ in range(3)]
    find(desks, desks.case(TIP_OFF))
    day = clock.today().isoformat()
    step(
        desks,
        "discipline",
        keys[0],
        "conclude",
        outcome="punished",
        words="处分",
        on=day,
        recovered="500",
        punished="2",
    )
    step(desks, "discipline", keys[1], "return", words="不归我们")

    page = read(desks, "office", "/staff/referrals")

    assert "共提出4个 ＝ 待移送1个 ＋ 没有移送0个 ＋ 移送出去3个" in page
    assert "移送出去3个 ＝ 在办1个 ＋ 已了结1个 ＋ 被退回1个" in page
    assert "追回500.00元，退给群众0.00元，处理处分2人" in page
    # The body counts what it has.
    assert "共提出2个" in read(desks, "discipline", "/staff/referrals")


def test_the_list_costs_the_same_however_long_it_is(desks: Desks) -> None:
    def cost() -> int:
        statements: list[str] = []
        engine = desks.deployment.staff.extensions["database"].engine

        def note(*given: object) -> None:
            statements.append(str(given[2]))

        event.listen(engine, "before_cursor_execute", note)
        read(desks, "office", "/staff/referrals")
        event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    refer(desks, desks.case(TIP_OFF))
    read(desks, "office", "/staff/referrals")
    few = cost()
    for _ in range(3):
        refer(desks, desks.case(TIP_OFF))
    assert cost() == few
