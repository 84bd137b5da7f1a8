"""Clues that an audit body hands over: it reads what became of its own, and nothing of any case."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from admin.ledger.problem import Problem
from intake.cases.case import Case
from portal.campaign.revision import new_book_revision
from portal.campaign.unit import Unit, UnitKind
from portal.foundation.staff import Role
from tests.admin.desk.people import Desks
from tests.admin.house import House
from tests.admin.orders.clerk import (
    AUDIT,
    DAY,
    SAID,
    confirm,
    enter,
    entered,
    export,
    listed,
    look,
    looked_at,
    read,
    statements,
    stored,
    upload,
    workbook,
)
from tests.intake.pages.journey import Page

CLUE = {"number": "江审移〔2022〕3号", "answer_by": "", "words": "抽查发现8人重复领取高龄津贴"}
CLUES = "/staff/orders/clues"


def handed_over(desks: Desks, name: str = "auditor", **changed: str) -> str:
    """Hand a clue over; returns its case's number."""
    return entered(desks, name, AUDIT, **(CLUE | changed))


def other_audit(desks: Desks) -> None:
    """Another audit body, with an auditor of its own."""
    with desks.deployment.database.writing() as session:
        first = session.get_one(Unit, "SJ")
        kept = {c.key: getattr(first, c.key) for c in Unit.__table__.columns}
        names = {"code": "SJ2", "name": "区第二审计局", "short_name": "第二审计", "aliases": []}
        session.add(Unit(**(kept | names | {"kind": UnitKind.AUDIT})))
        new_book_revision(session)
    desks.deployment.add_staff("other-auditor", ("SJ2", Role.AUDITOR), display="审计丙")
    desks.browsers["other-auditor"] = desks.deployment.officer("other-auditor")


def test_an_auditor_hands_a_clue_over_and_reads_how_far_it_is(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on(DAY):
        number = handed_over(desks)
        page = read(desks, "auditor", CLUES)
        assert CLUE["number"] in page.text
        assert number in page.text
        assert "办理中" in page.text
        one = read(desks, "auditor", f"{CLUES}/{number}")
        for text in (page.html, one.html):
            assert CLUE["words"] not in text
            assert "民政局" not in text
        assert desks.get("auditor", f"/staff/cases/{number}").status_code == 404
        assert desks.get("auditor", f"/staff/cases/{number}/order").status_code == 404
        assert stored(desks, number).from_unit == "SJ"
        assert "审计移送" in read(desks, "mz-officer", f"/staff/cases/{number}").text


def test_audit_enters_nothing_but_clues(desks: Desks) -> None:
    with desks.on(DAY):
        page = read(desks, "auditor", "/staff/orders/new?source=hotline_12345")
        assert "登记一条审计线索" in page.text
        assert "contact_phone" not in page.html
        assert "来件人的电话" not in page.text
        assert desks.get("auditor", "/staff/orders").status_code == 404
        assert export(desks, "auditor").status_code == 404


def test_one_audit_body_finds_nothing_of_another(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on(DAY):
        other_audit(desks)
        before = read(desks, "other-auditor", CLUES).text
        number = handed_over(desks)
        other = handed_over(desks, "other-auditor", number="第二〔2022〕1号")
        assert stored(desks, other).from_unit == "SJ2"
        assert "还没有移送过" in before
        seen = read(desks, "other-auditor", CLUES).text
        assert other in seen
        assert number not in seen
        assert CLUE["number"] not in seen
        assert desks.get("other-auditor", f"{CLUES}/{number}").status_code == 404
        assert desks.get("auditor", f"{CLUES}/{other}").status_code == 404


def test_the_same_clue_of_another_isn_t_shown_to_whoever_may_not_see_it(desks: Desks) -> None:
    with desks.on(DAY):
        other_audit(desks)
        number = handed_over(desks)
        answer = enter(desks, "other-auditor", AUDIT, **CLUE)
        page = read(desks, "other-auditor", answer.location)
        assert "以前登记过" in page.text
        assert number not in page.html


def test_an_auditor_of_no_audit_body_has_no_clues(desks: Desks) -> None:
    with desks.on(DAY):
        desks.deployment.add_staff("mz-auditor", ("MZ", Role.AUDITOR))
        desks.browsers["mz-auditor"] = desks.deployment.officer("mz-auditor")
        for path in (CLUES, "/staff/orders/new", "/staff/orders/sheets"):
            assert desks.get("mz-auditor", path).status_code == 404
        assert "移送线索" not in desks.get("mz-auditor", "/staff/account").text
        assert "移送线索" in desks.get("auditor", "/staff/account").text


def test_a_clue_that_accuses_the_audit_body_is_gone_from_its_list(desks: Desks) -> None:
    with desks.on(DAY):
        number = handed_over(
            desks, case_kind="tip_off", words="区审计局的人收了好处", accused="区审计局"
        )
        assert number not in read(desks, "auditor", CLUES).html
        assert desks.get("auditor", f"{CLUES}/{number}").status_code == 404


def test_clues_come_by_the_spreadsheet_too(desks: Desks) -> None:
    heads = ["编号", "交办日期", "内容", "类别"]
    rows = [[f"审{n}", "2022-06-20", SAID, "举报" if n == 2 else ""] for n in (1, 2)]
    with desks.on(DAY):
        address, page = looked_at(desks, workbook(*rows, head=heads), "auditor", AUDIT)
        assert "先有人看" in page.text
        confirm(desks, address, "auditor")
        clues = read(desks, "auditor", CLUES).text
        assert "审1" in clues
        assert "审2" in clues
        assert len(listed(desks, "source=audit")) == 2
        _, page = looked_at(desks, workbook([*rows[0][:3], "咨询"], head=heads), "auditor", AUDIT)
        assert "认不出“咨询”，请写投诉、举报" in page.text


def test_audit_reads_what_the_ledger_says_and_no_number_of_it(desks: Desks) -> None:
    house = House(desks.deployment).move_in()
    with desks.on(DAY):
        number = handed_over(desks)
        desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
        desks.through(number, ("mz-officer", "draft", "已经核实，正在追回。"))
        desks.through(number, ("mz-head", "reply", ""))
        assert "没有列入" in read(desks, "auditor", CLUES).text
        problem = house.problem(number)
        assert "列入台账1个问题，已销号0个" in read(desks, "auditor", CLUES).text
        house.rectify(problem)
        with desks.deployment.database.writing() as session:
            session.scalars(select(Problem)).one().recovered = Decimal(8000)
        house.strike_off(problem)
        page = read(desks, "auditor", f"{CLUES}/{number}")
        assert "都已销号" in page.text
        assert "8,000.00元" in page.text
        assert problem not in page.html


def test_a_page_of_clues_costs_the_same_however_many_there_are(desks: Desks) -> None:
    with desks.on(DAY):
        handed_over(desks)
        read(desks, "auditor", CLUES)
        one = statements(desks, "auditor", CLUES)
        rows = [[f"审{n}", "2022-06-20", SAID] for n in range(12)]
        sheet = workbook(*rows, head=["编号", "交办日期", "内容"])
        address, _ = looked_at(desks, sheet, "auditor", AUDIT)
        confirm(desks, address, "auditor")
        assert statements(desks, "auditor", CLUES) == one
        assert one <= 16
    with desks.deployment.database.reading() as session:
        assert len(session.scalars(select(Case.id)).all()) == 13


def test_of_several_audit_bodies_the_office_says_whose_a_paper_clue_is(desks: Desks) -> None:
    with desks.on(DAY):
        typed = CLUE | {"number": "江审移〔2022〕9号"}
        assert "哪个审计机关" not in read(desks, "office", f"/staff/orders/new?source={AUDIT}").html
        other_audit(desks)
        refused = enter_step(desks, **typed, audit_body="")
        assert refused.status == 422
        assert "请选哪个审计机关移送的" in refused.text
        assert typed["words"] in refused.html
        number = entered(desks, "office", AUDIT, **typed, audit_body="SJ2")
        assert stored(desks, number).from_unit == "SJ2"
        assert number in read(desks, "other-auditor", CLUES).text
        assert number not in read(desks, "auditor", CLUES).text
        # Whoever serves one of them is asked nothing.
        own = handed_over(desks, "other-auditor", number="二审移1号")
        assert stored(desks, own).from_unit == "SJ2"


def test_so_does_a_spreadsheet(desks: Desks) -> None:
    with desks.on(DAY):
        other_audit(desks)
        head = ["编号", "交办日期", "类别", "内容"]
        content = workbook(["江审移〔2022〕10号", DAY, "投诉", CLUE["words"]], head=head)
        answer = upload(desks, content, source=AUDIT)
        assert answer.status_code == 422
        assert "请选哪个审计机关移送的" in answer.text
        answer = upload(desks, content, source=AUDIT, audit_body="SJ2")
        assert answer.status_code == 303
        confirm(desks, answer.location)
        assert "江审移〔2022〕10号" in read(desks, "other-auditor", CLUES).text
        assert "江审移〔2022〕10号" not in read(desks, "auditor", CLUES).text


def enter_step(desks: Desks, **typed: str) -> Page:
    """The form as it comes back."""
    return look(desks, "office", AUDIT, **typed)
