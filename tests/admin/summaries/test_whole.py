"""The whole summary: every number is its list, what is frozen stays, two people, one file."""

from __future__ import annotations

import hashlib
import io
import re
from decimal import Decimal

from docx import Document
from sqlalchemy import select

from admin.annexes.rows import Reading, statistics
from admin.annexes.statistics import LineKind
from admin.annexes.wanted import Wanted
from admin.documents.template_check import check_template
from admin.figures.counting import count_milestones
from admin.figures.figures import total
from admin.figures.reading import read_within
from admin.figures.scope import ACCUSES as ACCUSING
from admin.figures.scope import Scope
from admin.summaries.counted import count, on_time
from admin.summaries.planned import find_planned
from admin.summaries.sending import Sending
from admin.summaries.shipped_summary import shipped_summary
from admin.summaries.summary_paper import PAPER
from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.admin.house import House
from tests.admin.summaries.season import (
    ACCUSES,
    STAGE,
    WHOLE,
    day,
    finds,
    freezes,
    hands_in,
    numbers_on,
    step,
    work_of_june,
)
from tests.deployments import Deployment

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n%%EOF\n"


def text_of(docx: bytes) -> str:
    document = Document(io.BytesIO(docx))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_every_number_is_what_its_list_adds_up_to(house_on_each: House) -> None:
    house = house_on_each
    work_of_june(house)
    with day(house, "06-21T10"):
        hands_in(house)
    with day(house, "07-02T10"):
        # What was found after the last day belongs to the next summary.
        late = finds(house, unit="TY", name="tui", policy="TY01", what_is_wrong="漏了一户。")
        page = house.get("chen", WHOLE)
        tables = (house.get("chen", f"{WHOLE}/tables/{by}") for by in ("unit", "type"))
        found = {key: one for at in (page, *tables) for key, one in numbers_on(at).items()}
        assert len([one for one in found if "?" not in one]) > 30
        assert sum("unit=MZ" in one for one in found) > 4
        assert sum("type=1.2" in one for one in found) > 3
        for address, shown in found.items():
            there = house.get("chen", address)
            assert late not in there
            rows = there.partition("<h1>")[2].count("<li>")
            if shown.startswith("少于"):
                assert f"文稿里写“{shown}”" in there
                continue
            if Decimal(re.match(r"[\d.]+", shown)[0]) == 0:  # type: ignore[index]  # it is a number
                assert "没有，所以是0" in there or "万元" in shown
                continue
            assert f"一共<b>{shown}</b>，单子上{rows}条" in there, address
            if not shown.endswith(("万元", "人")):
                assert shown.startswith(str(rows)), address
        assert ACCUSES not in page
        assert "少于5件" in page
        for name in ("min", "jie", "shen", "gong"):
            for at in (WHOLE, f"{WHOLE}/tables/unit"):
                assert house.browser(name).get(at).status_code in {403, 404}
        assert house.browser("chen").get(f"{WHOLE}/numbers/none").status_code == 404


def test_numbers_agree_with_the_annex_and_with_the_figures(house_on_each: House) -> None:
    house = house_on_each
    work_of_june(house)
    with day(house, "07-02T10"), house.deployment.database.reading() as session:
        by = house.hand(session, "chen", 0)
        planned = find_planned(book(session), "summary_stage")
        assert planned is not None
        counted = count(session, by, planned)
        first, last = planned.days.first, planned.days.last
        lines = statistics(session, Reading(by, Wanted(first=first, last=last), str))
        whole = next(one.tally for one in lines if one.kind is LineKind.ALL)
        table = read_within(session, Scope.where(~ACCUSING), first, last)
        figures = total((unit, one) for (unit, _), one in table.items())
    told = {key: one.value for key, one in counted.numbers.items()}
    assert told["found"] == whole.totals.found == 4
    assert told["found"] == sum(
        told[key] for key in ("struck-off", "in-hand", "carried-over", "unfounded")
    )
    assert told["amount"] == whole.amount
    assert told["persons"] == whole.persons
    assert on_time(counted.numbers) == figures.on_time
    by_type = {one.code: one.numbers[0].value for one in counted.types.lines if one.code}
    assert by_type == {"1.2": 3, "1.5": 1}
    by_unit = {one.code: one.numbers[0].value for one in counted.units.lines if one.code}
    assert {code: n for code, n in by_unit.items() if n} == {"MZ": 2, "ST05": 2}


def test_what_is_frozen_stays_and_another_person_approves(house: House) -> None:
    house.deployment.add_staff("fu", ("BGS", Role.OFFICE_HEAD))
    work_of_june(house)
    with day(house, "06-30T10"):
        hands_in(house)
        taken = step(
            house, "chen", work="逐户摸底。", next="再看一遍。", take="1", pick="MZ:difficulties"
        )
        assert taken.status_code == 303
        assert "区民政局：换卡的老人多" in house.get("chen", WHOLE)
        assert step(house, "lu", "freeze").status_code == 303
        assert step(house, "lu", "approve").status_code == 409, "he froze it himself"
        assert "approve" not in house.get("chen", WHOLE)
        finds(house, what_is_wrong="又查到一户。")
        page = house.get("fu", WHOLE)
        assert "定稿以后，有" in page
        draft = text_of(house.browser("chen").get(f"{WHOLE}/document.docx").data)
        assert "共发现问题4个" in draft, "later changes don't change it"
        assert "没有审签" in draft
        assert step(house, "fu", "approve").status_code == 303
        content = house.browser("chen").get(f"{WHOLE}/document.docx").data
        said = text_of(content)
        assert "{{" not in said
        assert "没有审签" not in said
        assert "反映有人违规的来件少于5件" in said
        assert "换卡的老人多" in said
        assert "共发现问题4个" in said
        # The frozen list can be looked at when the ledger says something else.
        frozen = house.get("chen", f"{WHOLE}/numbers/found?frozen=1")
        assert "一共<b>4个</b>" in frozen
        assert "一共<b>5个</b>" in house.get("chen", f"{WHOLE}/numbers/found")
        assert step(house, "chen", work="改", next="改").status_code == 303, "the next revision"
        assert "第2稿" in house.get("chen", WHOLE)


def test_a_frozen_list_tells_nobody_which_case_came_to_accuse_him(house_on_each: House) -> None:
    house = house_on_each
    work_of_june(house)
    number = house.answered_case(words="低保停发了三个月，去问了几次都没有人答复，这是为什么")
    count_milestones(house.deployment.database)
    with day(house, "06-30T10"):
        freezes(house)
        frozen = f"{WHOLE}/numbers/answered?frozen=1"
        assert number in house.get("lu", frozen)
        with house.deployment.database.writing() as session:
            case = session.scalars(select(Case).where(Case.number == number)).one()
            accused = house.deployment.staff_id(session, "lu")
            bar = {"source": BarSource.STAFF, "named": True, "set_at": clock.now()}
            session.add(Bar(case_id=case.id, staff_id=accused, **bar))
            case.barred = True
        finds(house, what_is_wrong="又查到一户。")
        shown = house.get("lu", frozen)
        assert number not in shown
        assert "单子上1条" in shown
        assert number in house.get("chen", frozen)
        differing = re.search(r"变了的数.*?</table>", house.get("lu", WHOLE), re.DOTALL)
        assert differing is not None
        assert "发现问题" in differing[0]
        assert "来件" not in differing[0]
        assert "件</td>" not in differing[0]


def test_a_sealed_case_stands_in_no_list_and_no_count(house_on_each: House) -> None:
    house, listed = house_on_each, f"{WHOLE}/numbers/accusing"
    work_of_june(house)
    with house.deployment.database.reading() as session:
        numbers = session.scalars(select(Case.number).where(ACCUSING)).all()
    with day(house, "06-30T10"):
        freezes(house)
        shown = house.get("chen", listed)
        number = next(one for one in numbers if one in shown)
        with house.deployment.database.writing() as session:
            session.scalars(select(Case).where(Case.number == number)).one().sealed = True
        for page in (listed, f"{listed}?frozen=1"):
            for name in ("chen", "lu"):
                assert number not in house.get(name, page), (page, name)
        assert "没有，所以是0。" in house.get("chen", listed)


def test_an_auditor_reads_numbers_and_no_sentence(house: House) -> None:
    work_of_june(house)
    with day(house, "06-30T10"):
        freezes(house, difficulties="换卡的老人多。")
        at = f"{STAGE}/revisions/1"
        assert at in house.get("shen", "/staff/summaries")
        record = house.get("shen", at)
        assert "4个" in record
        assert "换卡的老人多" not in record
        assert "/numbers/" not in record
        assert house.browser("min").get(at).status_code in {403, 404}


def test_what_points_to_people_is_answered_or_written_anew(house: House) -> None:
    work_of_june(house)
    with day(house, "06-30T10"):
        freezes(house, difficulties="老人住在302室，一直没有打到卡上，问了三次社区都说再等等。")
        page = house.get("lu", WHOLE)
        assert "和内部材料的原话一样" in page
        assert step(house, "lu", "approve").status_code == 409
        keys = re.findall(r'name="(answer:[^"]+)"', page)
        assert keys
        assert step(house, "chen", "answer").status_code == 409, "nothing was written"
        told = dict.fromkeys(keys, "是举例，和来件无关")
        assert step(house, "chen", "answer", **told).status_code == 303
        assert step(house, "lu", "approve").status_code == 303
    with day(house, "07-01T10"):
        freezes(house, experience="有人打 13907123456 问。")
        page = house.get("lu", WHOLE)
        assert "这一处不能留" in page
        assert step(house, "lu", "approve").status_code == 409
        assert step(house, "lu", "send-back").status_code == 409
        assert step(house, "lu", "send-back", reason="去掉号码").status_code == 303
        assert "去掉号码" in house.get("chen", WHOLE)


def test_what_went_is_kept_as_it_went(house: House) -> None:
    typed = {
        "title": "阶段性工作总结",
        "receiver": "区领导小组",
        "sent_on": "2022-06-30",
        "how": "exchange",
        "number": "江财〔2022〕20号",
    }
    with day(house, "06-30T10"):
        freezes(house)
        assert house.post("chen", f"{WHOLE}/sent", **typed).status_code == 409, "not approved"
        assert step(house, "lu", "approve").status_code == 303
        wrong = {**typed, "file": (io.BytesIO(b"MZ program"), "a.pdf")}
        assert house.post("chen", f"{WHOLE}/sent", **wrong).status_code == 409
        approved = house.browser("chen").get(f"{WHOLE}/document.docx").data
        assert house.post("chen", f"{WHOLE}/sent", **typed).status_code == 303
        assert "报送了" in house.get("chen", "/staff/office/plan")
        with_file = {**typed, "title": "信息一期", "file": (io.BytesIO(PDF), "a.pdf")}
        at = house.post("chen", "/staff/reports", **with_file).location.split("?")[0]
        assert house.post("chen", "/staff/reports", **typed).status_code == 422, "no file"
        page = house.get("lu", at)
        assert "信息一期" in page
        assert hashlib.sha256(PDF).hexdigest()[:8] in page
        assert house.browser("lu").get(f"{at}/file").data == PDF
        heard = {"heard": "returned", "heard_on": "2022-06-30", "text": ""}
        assert house.post("chen", f"{at}/heard", **heard).status_code == 422
        assert house.post("chen", f"{at}/heard", **{**heard, "text": "补附件"}).status_code == 303
        assert "补附件" in house.get("chen", at)
        for name in ("min", "shen"):
            assert house.browser(name).get(at).status_code in {403, 404}
    with house.deployment.database.reading() as session:
        of_summary, report = session.scalars(select(Sending).order_by(Sending.id)).all()
    assert of_summary.digest == hashlib.sha256(approved).hexdigest()
    assert PDF not in report.file
    assert "信息一期".encode() not in report.words


def test_what_went_and_what_came_back_is_noted_once(house: House) -> None:
    typed = {"title": "简报", "receiver": "市局", "sent_on": "2022-06-30", "how": "mail"}

    def pressed(at: str, shown_on: str, **sent: str) -> str:
        """The page to which the second press of a form leads."""
        once = re.findall(r'name="once"[^>]*value="([0-9a-f]{32})"', house.get("chen", shown_on))
        for _ in range(2):
            file = {"file": (io.BytesIO(PDF), "a.pdf")} if "title" in sent else {}
            answer = house.post("chen", at, once=once, **sent, **file)
            assert answer.status_code == 303, answer.text
        return house.get("chen", answer.location)

    with day(house, "06-30T10"):
        freezes(house)
        assert step(house, "lu", "approve").status_code == 303
        assert "刚才已经记下" in pressed(f"{WHOLE}/sent", WHOLE, **typed)
        listed = pressed("/staff/reports", "/staff/reports", **typed)
        assert "刚才已经记下" in listed
        [at] = set(re.findall(r"/staff/reports/[0-9a-f]{8}", listed))
        heard = {"heard": "returned", "heard_on": "2022-06-30", "text": "补附件"}
        assert pressed(f"{at}/heard", at, **heard).count("补附件") == 1
    with house.deployment.database.reading() as session:
        assert len(session.scalars(select(Sending)).all()) == 2


def test_the_office_s_own_template_is_checked_and_used(house: House) -> None:
    check_template(shipped_summary(), PAPER)
    there = "/staff/documents/templates/summary"
    document = Document(io.BytesIO(shipped_summary()))
    document.add_paragraph("本期亮点：{{按期答复率}}")
    good = io.BytesIO()
    document.save(good)
    document.add_paragraph("{{满意的人}}，见{{分单位表}}")
    bad = io.BytesIO()
    document.save(bad)
    with day(house, "06-30T10"):
        refused = house.post("chen", there, file=(io.BytesIO(bad.getvalue()), "a.docx"))
        assert refused.status_code == 422
        assert "不认识变量“{{满意的人}}”" in refused.text
        document.paragraphs[-1].text = "见{{分单位表}}"
        inline = io.BytesIO()
        document.save(inline)
        refused = house.post("chen", there, file=(io.BytesIO(inline.getvalue()), "a.docx"))
        assert "“{{分单位表}}”是一张表，要在正文里单独占一段" in refused.text
        taken = house.post("chen", there, file=(io.BytesIO(good.getvalue()), "a.docx"))
        assert taken.status_code == 303
        freezes(house)
        assert "本期亮点：" in text_of(house.browser("chen").get(f"{WHOLE}/document.docx").data)


def test_the_other_campaign_sends_its_summary_to_two_bodies(caidian: Deployment) -> None:
    house = House(caidian)
    for name, post in (
        ("chen", ("BGS", Role.OFFICE)),
        ("lu", ("BGS", Role.OFFICE_HEAD)),
        ("kang", ("KF", Role.OFFICER)),
        ("fu", ("KF", Role.HEAD)),
    ):
        caidian.add_staff(name, post)
    with day(house, "06-28T10"):
        hands_in(house, ("kang", "fu"), f"{STAGE}/parts/KF")
        assert "7月15日前报给区财政局、市残联领导小组办公室" in house.get("chen", STAGE)
        freezes(house)
        assert step(house, "lu", "approve").status_code == 303
        said = text_of(house.browser("chen").get(f"{WHOLE}/document.docx").data)
        assert "区财政局、市残联领导小组办公室：" in said
        assert "{{" not in said
        other = "市残联领导小组办公室"
        for receiver, left in (("区财政局", f"区财政局、{other}"), (other, other)):
            assert f'value="{receiver}"' in house.get("chen", WHOLE), "who is next stands there"
            assert f"还没报给{left}" in house.get("chen", "/staff/office/plan")
            assert ">报送了<" not in house.get("chen", "/staff/summaries")
            typed = {"title": "总结", "receiver": f"蔡甸{receiver}", "how": "mail"}
            answer = house.post("chen", f"{WHOLE}/sent", sent_on="2022-06-28", **typed)
            assert answer.status_code == 303
        assert "报送了" in house.get("chen", "/staff/office/plan")
        assert "报送了" in house.get("chen", "/staff/summaries")
