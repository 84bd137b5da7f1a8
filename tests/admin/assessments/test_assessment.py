"""An assessment through the real site: opened, drawn, asked, closed, read; and what nobody learns
on the way."""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from admin.accounts.posts import stamped_post
from admin.assessments.forgetting_remarks import keep_remarks
from admin.assessments.lots import repeats
from admin.assessments.opening import streets_to_assess
from admin.assessments.results import AssessmentResults, NotOverYet, assessment_results
from intake.assessing.assessment import Assessment
from intake.assessing.slip import Slip
from intake.assessing.slip_answer import SlipAnswer
from intake.cases.event import Event
from intake.vault.compartment import Compartment
from intake.vault.intake_key import IntakeKey
from intake.vault.query_codes import code_digest
from intake.vault.vault import Vault, vault_of
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.admin.assessments.walk import (
    PLAN,
    SHA,
    drawn,
    given,
    opened,
    reported,
    rows,
    says,
    slips,
    step,
    version,
)
from tests.admin.house import House
from tests.deployments import Deployment
from tests.intake.pages.journey import opened as page_of

LISTS = "街道编号,名单行数,名单指纹,封存编号,街道\n"


def answered(house: House) -> str:
    """An assessment in which all main rows were asked: in the first street one complained before,
    so that a reserve was asked, in the second all four said no."""
    at = given(house)
    first = [row for row in rows(house, at) if row.unit_code == "ST05"]
    second = [row for row in rows(house, at) if row.unit_code == "ST06" and not row.is_reserve]
    main = [row for row in first if not row.is_reserve]
    reserve = next(row for row in first if row.is_reserve)
    assert says(house, at, reserve, q0="0") == 404
    assert says(house, at, main[0], "complained", q0="1", remark="") == 303
    assert says(house, at, reserve, q0="0", q1="0", remark="说去年晚了两个月") == 303
    for row in main[1:]:
        assert says(house, at, row, q0="0", q1="1") == 303
    for row in second[:4]:
        assert says(house, at, row, q0="1") == 303
    assert says(house, at, second[4], "not_reached", tries="3") == 303
    return at


def test_an_assessment_from_its_opening_to_its_figures(house_on_each: House) -> None:
    house = house_on_each
    at = answered(house)
    # Figures that grow answer by answer would tell each answer.
    house.get("chen", f"{at}/results", 404)
    house.get("shen", f"{at}/results", 404)
    key = at.rsplit("/", 1)[1]
    with house.deployment.database.reading() as session:
        one = session.scalars(select(Assessment).where(Assessment.key == key)).one()
        with pytest.raises(NotOverYet):
            assessment_results(session, one, book(session))
    step(house, at, "close")
    assert says(house, at, rows(house, at)[1], q0="1") == 404
    page = house.get("chen", f"{at}/results")
    # 7 of 60 rows in the first street say yes, 4 of 40 in the second say no: one of 8 asked there
    # complained before. p = 60·7/8 / (60·7/8 + 40·4/4).
    assert "57%" in page
    assert "43%" in page
    assert "说去年晚了两个月" in page
    with house.deployment.database.reading() as session:
        one = session.scalars(select(Assessment).where(Assessment.key == key)).one()
        found = assessment_results(session, one, book(session))
    assert (found.work.drawn, found.work.answered, found.work.by_slip) == (12, 11, 0)
    # One complained and one wasn't reached: neither is told, nor by a sum.
    assert (found.work.complained, found.work.not_reached) == (None, None)
    assert (found.work.visited, found.work.reached) == (None, None)
    told = dict(
        re.findall(r">(反映过，另算|去访了（算备用）|搬走了)</\w+>\s*<td[^>]*>([^<]*)<", page)
    )
    assert told == {"反映过，另算": "不显示", "去访了（算备用）": "不显示", "搬走了": "0"}
    # Four in the second street would be told by subtraction, so that neither street stands alone.
    assert {street.answered for street in found.streets} == {None}
    assert all(street.shares is None for street in found.questions[0].by_street)
    # The second question was answered in the first street alone, which the total shows anyhow.
    assert found.questions[1].answered == 7
    assert found.questions[1].by_street[0].answered == 7


def test_remarks_go_by_their_age_and_every_figure_stays(house_on_each: House) -> None:
    house, database = house_on_each, house_on_each.deployment.database
    at = answered(house)
    key = at.rsplit("/", 1)[1]
    step(house, at, "close")

    def figures() -> AssessmentResults:
        with database.reading() as session:
            one = session.scalars(select(Assessment).where(Assessment.key == key)).one()
            return assessment_results(session, one, book(session))

    before, sealed = figures(), [row.sealed for row in rows(house, at)]
    keys = wraps(house, key)
    assert before.remarks != ()
    for day, gone in (("2023-06-05", 0), ("2023-06-06", 1), ("2023-06-07", 0)):
        with clock.stopped_at(datetime.fromisoformat(f"{day}T02:00+08:00")):
            assert keep_remarks(database) == gone
    with clock.stopped_at(datetime.fromisoformat("2024-06-06T12:00+08:00")):
        assert keep_remarks(database) == 0, "not by day"

    assert figures() == replace(before, remarks=())
    left = [row.sealed for row in rows(house, at)]
    assert [one is None for one in left] == [one is None for one in sealed]
    assert not set(filter(None, left)) & set(filter(None, sealed))
    # The keys of the old box are gone, so that an old page of the file opens with none.
    assert len(wraps(house, key)) == len(keys) > 0
    assert not wraps(house, key) & keys
    assert "2023年6月6日已经销毁" in house.get("chen", f"{at}/results")
    assert "说去年晚了两个月" not in house.get("chen", f"{at}/results")


def wraps(house: House, key: str) -> set[bytes]:
    """What opens the boxes of an assessment's interviewers."""
    wanted = select(Compartment).where(Compartment.label.startswith(f"assessment:{key}:"))
    with house.deployment.database.reading() as session:
        return {key.wrap for box in session.scalars(wanted) for key in box.keys}


def test_auditors_read_figures_and_draw_again(house: House) -> None:
    at = answered(house)
    for name in ("shen", "ji"):
        assert "抽户的记录" in house.get(name, "/staff/assessments")
        record = house.browser(name).get(f"{at}/record.json").text
        assert repeats(record)
    with house.deployment.database.reading() as session:
        wanted = select(Event.facts).where(Event.name == "assessment_drawn")
        assert (
            session.scalars(wanted).one()["sha256"] == hashlib.sha256(record.encode()).hexdigest()
        )
    said = json.loads(record)
    assert len(said["streets"]["ST05"]["drawn"]) == 7
    assert len(said["streets"]["ST06"]["drawn"]) == 5
    step(house, at, "close")
    page = house.get("shen", f"{at}/results")
    assert "57%" in page
    # Figures, no text.
    assert "说去年晚了两个月" not in page
    book_file = house.browser("shen").get(f"{at}/results.xlsx")
    sheet = load_workbook(io.BytesIO(book_file.data)).worksheets[0]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert ["全部街道", "按时足额收到了吗？", "收到了", 11, "57%"] in [one[:5] for one in lines]
    assert all(
        one[3] == "不显示" for one in lines if one[0] == "民意街道办事处" and "按时" in str(one[1])
    )
    house.get("shen", at, 404)


def test_who_is_assessed_learns_how_long_a_list_is_asked_for_and_no_more(house: House) -> None:
    pages = ("/staff/assessments", "/staff/cases", "/staff/problems")
    before = {name: [house.get(name, page) for page in pages] for name in ("jie", "min", "tui")}
    at = opened(house)
    assert house.get("min", "/staff/assessments") == before["min"][0]
    assert PLAN["title"] in house.get("jie", "/staff/assessments")
    house.get("jie", at, 404)
    house.get("jie", f"{at}/streets/ST06", 404)
    house.get("min", f"{at}/streets/ST05", 404)
    assert "不交名单" in house.get("jie", f"{at}/streets/ST05")
    wrong = reported(house, at, "ST05", "jie", recipients="60", fingerprint="3f", paper="")
    assert wrong.status_code == 422
    assert "64位" in wrong.text
    assert 'value="60"' in wrong.text
    said = {"recipients": "60", "paper": "封-2022-3"}
    assert reported(house, at, "ST05", "jie", **said).status_code == 303
    assert "报了60行" in house.get("jie", "/staff/assessments")
    said = {"recipients": "40", "fingerprint": SHA}
    assert reported(house, at, "ST06", **said).status_code == 303
    step(house, at, "draw")
    # From the draw on it is for them as if there were none.
    assert [house.get("jie", page) for page in pages] == before["jie"]
    late = house.post("jie", f"{at}/streets/ST05", recipients="50", fingerprint=SHA)
    assert late.status_code == 404
    for page in ("/rows", "/paper", "/results", "/record.json", "/streets/ST05"):
        assert house.browser("jie").get(f"{at}{page}").status_code == 404, page


def test_nobody_asks_about_his_own_unit(house: House) -> None:
    at = drawn(house)
    for name, told in (("jie", "民意街道"), ("min", "民政")):
        with house.deployment.database.reading() as session:
            person = str(house.deployment.staff_id(session, name))
        typed = {"street": "ST05", "person": person, "rows": "3"}
        seen = version(house, f"{at}/interviewers")
        answer = house.post("chen", f"{at}/interviewers", version=seen, **typed)
        assert answer.status_code == 422
        assert "不能访" in answer.text
        assert told in answer.text
    # Who comes to serve the street later finds his rows no longer.
    house.deployment.add_staff("hou", ("TY", Role.OFFICER))
    with house.deployment.database.reading() as session:
        person = str(house.deployment.staff_id(session, "hou"))
    step(house, at, "interviewers", street="ST05", person=person, rows="3")
    assert "名单第" in house.get("hou", f"{at}/rows")
    with house.deployment.database.writing() as session:
        session.add(stamped_post(session, int(person), "ST05", Role.OFFICER))
    assert house.browser("hou").get(f"{at}/rows").status_code == 404
    assert PLAN["title"] not in house.get("hou", "/staff/assessments")


def test_whoever_serves_a_street_too_is_that_street(house: House) -> None:
    house.deployment.add_staff("shuang", ("BGS", Role.OFFICE), ("ST05", Role.OFFICER))
    own = house.post("shuang", "/staff/assessments/new", **PLAN)
    assert own.status_code == 422
    assert "请别的同事来定" in own.text
    at = drawn(house)
    assert PLAN["title"] not in house.get("shuang", "/staff/assessments")
    for page in ("", "/draw", "/interviewers", "/slips", "/lists", "/record.json"):
        assert house.browser("shuang").get(f"{at}{page}").status_code == 404, page
    elsewhere = opened(house, streets=["ST06"], asked="5")
    house.get("shuang", elsewhere)
    house.deployment.add_staff("shuang-shen", ("SJ", Role.AUDITOR), ("ST05", Role.OFFICER))
    assert house.browser("shen").get(f"{at}/record.json").status_code == 200
    assert house.browser("shuang-shen").get(f"{at}/record.json").status_code == 404
    assert PLAN["title"] not in house.get("shuang-shen", "/staff/assessments")


def test_an_interviewer_has_his_own_rows_and_nothing_besides(house: House) -> None:
    at = given(house)
    own = rows(house, at)
    page = house.get("tui", f"{at}/rows")
    assert "还有12户" in page
    # The paper for the street has reserves among the others, in the order of the list.
    paper = house.get("tui", f"{at}/paper")
    numbers = sorted(row.row_number for row in own if row.unit_code == "ST05")
    assert "".join(f"<span>{number}</span>" for number in numbers) in "".join(
        line.strip() for line in paper.splitlines()
    )
    assert "高龄津贴" not in paper.split("行号单和问卷</h1>")[1]
    assert says(house, at, own[0], "complained") == 303
    written = f"{at}/rows/{own[0].unit_code}/{own[0].row_number}"
    assert "反映过" in house.get("tui", written)
    for name in ("min", "jie", "chen", "lu"):
        assert house.browser(name).get(written).status_code == 404
    # The office sees that something was written down, not what.
    office = house.get("chen", at)
    assert "反映过" not in office
    # What is sealed tells by its length neither that nor an answer.
    assert says(house, at, own[1], q0="0") == 303
    sealed = [row.sealed for row in rows(house, at) if row.sealed]
    assert len({len(one) for one in sealed}) == 1
    # Corrected, the reserve isn't asked any more.
    assert says(house, at, own[0], "declined") == 303
    reserve = next(row for row in own if row.unit_code == own[0].unit_code and row.is_reserve)
    assert says(house, at, reserve, q0="0") == 404


@pytest.mark.parametrize("how", ["closed", "taken back", "reserve not needed"])
def test_what_was_typed_comes_back_when_the_row_is_gone(house: House, how: str) -> None:
    at = given(house)
    main = [row for row in rows(house, at) if row.unit_code == "ST05" and not row.is_reserve]
    row = main[1]
    if how == "reserve not needed":
        assert says(house, at, main[0], "complained") == 303
        row = next(one for one in rows(house, at) if one.unit_code == "ST05" and one.is_reserve)
    page = f"{at}/rows/ST05/{row.row_number}"
    his = {one.row_number for one in rows(house, at) if one.unit_code == "ST06"}
    elsewhere = next(number for number in range(1, 60) if number not in his)
    shown = re.search(r'name="shown"[^>]*value="(\w+)"', house.get("tui", page))
    assert shown is not None
    if how == "closed":
        step(house, at, "close")
    elif how == "taken back":
        with house.deployment.database.reading() as session:
            person = str(house.deployment.staff_id(session, "tui"))
        taken = {"version": version(house, at), "street": "ST05", "person": person}
        assert house.post("chen", f"{at}/take-back", **taken).status_code == 303
    else:
        assert says(house, at, main[0], "declined") == 303
    typed = {"result": "answered", "how": "visit", "tries": "2", "q0": "1", "remark": "他说晚了"}
    back = house.post("tui", page, shown=shown[1], **typed)
    assert back.status_code == 409
    assert "没有记下" in back.text
    assert "他说晚了" in back.text
    assert re.search(r'<input[^>]* checked[^>]*id="q0-1"', back.text)
    # Who wasn't shown it learns nothing, be it by another's proof or by one of another row.
    for name, proof, where in (
        ("tui", "", page),
        ("tui", shown[1], f"{at}/rows/ST06/{elsewhere}"),
        ("min", shown[1], page),
    ):
        house.get(name, "/staff/assessments")
        assert house.post(name, where, shown=proof, **typed).status_code == 404, (name, where)


def test_what_wasnt_begun_can_be_taken_back(house: House) -> None:
    at = given(house)
    own = rows(house, at)
    assert says(house, at, own[0], q0="0") == 303
    with house.deployment.database.reading() as session:
        person = str(house.deployment.staff_id(session, "tui"))
    taken = {"version": version(house, at), "street": "ST05", "person": person}
    assert house.post("chen", f"{at}/take-back", **taken).status_code == 303
    kept = [row for row in rows(house, at) if row.unit_code == "ST05" and row.staff_id]
    main = [row.row_number for row in kept if not row.is_reserve]
    # Which reserves he asked, nobody may know, so that he keeps them all.
    assert main == [own[0].row_number]
    assert len(kept) == 1 + 4
    assert "还有6户没分" in house.get("chen", f"{at}/interviewers")
    # In the other street he hasn't begun.
    taken = {"version": version(house, at), "street": "ST06", "person": person}
    assert house.post("chen", f"{at}/take-back", **taken).status_code == 303
    assert not any(row.staff_id for row in rows(house, at) if row.unit_code == "ST06")


def test_whether_a_reserve_was_asked_is_told_by_nothing(house: House) -> None:
    """In the first street one complained before and a reserve was asked, in the second none."""
    at = given(house)
    before = {row.id for row in rows(house, at) if row.sealed}
    assert not before
    for street, complains in (("ST05", True), ("ST06", False)):
        those = [row for row in rows(house, at) if row.unit_code == street]
        main = [row for row in those if not row.is_reserve]
        reserve = next(row for row in those if row.is_reserve)
        assert says(house, at, main[0], "complained" if complains else "declined") == 303
        for row in main[1:]:
            assert says(house, at, row, q0="0") == 303
        first = {row.id: row.sealed for row in rows(house, at)}
        again, typed = (reserve, {"q0": "1"}) if complains else (main[1], {"q0": "1"})
        assert says(house, at, again, remark="长" * 500, **typed) == 303
        for row in rows(house, at):
            # One entry more seals the whole street anew, so that two backups differ in all of it.
            assert (row.sealed != first[row.id]) == (row.unit_code == street), row.unit_code
    found = rows(house, at)
    assert len({len(row.sealed or b"") for row in found}) == 1
    assert [bool(row.entered_on) for row in found] == [not row.is_reserve for row in found]
    with house.deployment.database.reading() as session:
        wanted = select(Event.name).where(Event.name == "assessment_entered")
        assert len(session.scalars(wanted).all()) == 7 + 5
        person = str(house.deployment.staff_id(session, "tui"))
    for street in ("ST05", "ST06"):
        taken = {"version": version(house, f"{at}/close"), "street": street, "person": person}
        answer = house.post("chen", f"{at}/take-back", **taken)
        assert answer.location.split("?")[0] == answer.location, street
    step(house, at, "close")
    with house.deployment.database.reading() as session:
        work = assessment_results(session, session.scalars(select(Assessment)).one(), book(session))
    assert work.questions[0].answered == 7 + 4


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("街道编号,名单行数,名单指纹,封存编号,姓名\nST05,60,,封1,王小明\n", "不认识“姓名”这一列"),
        (f"{LISTS}ST07,60,,封1,\n", "不在这次评估里"),
        (f"{LISTS}ST05,60,,,\n", "两样只写一样"),
        (f"{LISTS}ST05,六十,,封1,\n", "整数"),
        (f"{LISTS}ST05,,,,\n", "一个街道的数也没有填"),
    ],
)
def test_a_sheet_of_numbers_takes_no_list_of_people(house: House, table: str, told: str) -> None:
    at = opened(house)
    answer = upload(house, at, table)
    assert answer.status_code == 422
    assert told in answer.text
    good = upload(house, at, f"{LISTS}ST05,60,,封1,\nST06,40,{SHA},,\n")
    assert good.status_code == 303
    assert "抽户" in house.get("chen", at)
    assert "王小明" not in house.get("chen", at)


def test_the_plan_s_own_streets_and_policies_in_each_campaign(each_campaign: Deployment) -> None:
    with each_campaign.database.reading() as session:
        known = book(session)
    house, office = House(each_campaign), known.campaign.office_code
    each_campaign.add_staff("chen", (office, Role.OFFICE))
    streets = streets_to_assess(known)[:2]
    # Discreet ones, too: nothing but sums is asked for, and no questionnaire names them.
    policies = sorted(known.policies)
    at = opened(house, streets=streets, policies=policies)
    table = LISTS + "".join(f"{code},50,,封-{code},\n" for code in streets)
    assert upload(house, at, table).status_code == 303
    step(house, at, "draw")
    assert {row.unit_code for row in rows(house, at)} == set(streets)
    sheet = load_workbook(io.BytesIO(house.browser("chen").get(f"{at}/lists.xlsx").data))
    assert [line[0].value for line in sheet.worksheets[0].iter_rows(min_row=2)] == streets


def upload(house: House, at: str, table: str) -> Any:
    seen = version(house, f"{at}/lists")
    file = (io.BytesIO(table.encode()), "lists.csv")
    return house.post("chen", f"{at}/lists", file=file, version=seen)


def test_the_later_of_two_reports_is_refused(house: House) -> None:
    at = opened(house)
    page = f"{at}/streets/ST05"
    seen, sheet = version(house, page), version(house, f"{at}/lists")
    assert reported(house, at, "ST05", "jie", recipients="60", paper="封1").status_code == 303
    later = house.post("chen", page, version=seen, recipients="59", paper="封2")
    assert later.status_code == 409
    # What stands there and what was typed, so that he can decide.
    assert "60行，封存 封1" in later.text
    assert 'value="59"' in later.text
    assert "有同事先办了一步" in later.text
    file = (io.BytesIO(f"{LISTS}ST05,58,,封3,\n".encode()), "lists.csv")
    by_sheet = house.post("chen", f"{at}/lists", file=file, version=sheet)
    assert by_sheet.status_code == 409
    assert "60行，封存 封1" in house.get("chen", page)
    # Another street's report is in nobody's way.
    assert reported(house, at, "ST06", recipients="40", paper="封4").status_code == 303
    now = re.search(r'name="version"[^>]*value="(\d+)"', later.text)
    assert now is not None
    again = house.post("chen", page, version=now[1], recipients="59", paper="封2")
    assert again.status_code == 303


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"last_on": "2020-01-01"}, "不能早于"),
        ({"asked": "9"}, "每个街道至少5户"),
        ({"questions": "只有问题\n"}, "要有2到5个答案"),
        ({"questions": "打13907123456问谁？\n- 是\n- 不是"}, "像是有电话"),
        ({"streets": []}, "请选街道"),
    ],
)
def test_a_wrong_plan_comes_back_with_what_was_typed(
    house: House, wrong: dict[str, Any], told: str
) -> None:
    house.get("chen", "/staff/assessments/new")
    answer = house.post("chen", "/staff/assessments/new", **{**PLAN, **wrong})
    assert answer.status_code == 422
    assert told in answer.text
    assert PLAN["title"] in answer.text


def test_a_draw_happens_once(house: House) -> None:
    at = opened(house)
    early = house.post("chen", f"{at}/draw", version=version(house, f"{at}/draw"))
    assert early.status_code == 422
    assert "报齐了才能抽" in early.text
    at = drawn(house)
    numbers = [(row.unit_code, row.row_number) for row in rows(house, at)]
    for seen in ("3", "4", "5"):
        assert house.post("chen", f"{at}/draw", version=seen).status_code == 409
    assert [(row.unit_code, row.row_number) for row in rows(house, at)] == numbers


def test_answers_by_slip_count_with_the_others(house: House) -> None:
    at = given(house)
    codes = slips(house, at, "ST05", 6)
    for code in codes[:5]:
        send(house, code, complained="no", q0="0")
    send(house, codes[5], complained="yes", q0="1")
    assert says(house, at, rows(house, at)[0], "slip") == 303
    with house.deployment.database.reading() as session:
        assert len({len(one) for one in session.scalars(select(SlipAnswer.sealed))}) == 1
    step(house, at, "close")
    page = house.get("chen", f"{at}/results")
    assert "5户答了" in page
    assert "100%" in page
    assert (
        house.deployment.citizen().post("/questionnaire", data={"slip_code": codes[0]}).status_code
        == 404
    )


def test_a_backup_doesn_t_tell_the_codes_of_slips(house: House) -> None:
    """A code is short: whoever can reckon what is kept of it tries them all."""
    codes = [code.replace(" ", "") for code in slips(house, given(house), "ST05", 3)]
    with house.deployment.database.reading() as session:
        kept = set(session.scalars(select(Slip.code_mark)))
        vault = vault_of(session)
        assert kept == {vault.mark("slip-code", code) for code in codes}
        # With another key, as with none, it comes to something else.
        stranger = Vault(intake_keys=(IntakeKey(bytes(32)),), pins=vault.pins, master=None)
    assert kept.isdisjoint(stranger.mark("slip-code", code) for code in codes)
    assert kept.isdisjoint(code_digest(code) for code in codes)


def send(house: House, code: str, **chosen: str) -> None:
    client = house.deployment.citizen()
    page = page_of(client.post("/questionnaire", data={"slip_code": code}))
    assert page.status == 200
    answer = client.post("/questionnaire/answers", data={**page.fields, **chosen})
    assert answer.status_code == 200, answer.text
