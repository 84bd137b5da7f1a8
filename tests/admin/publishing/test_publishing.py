"""Publishing through the real site: drafted by one, read and released by another, leaks mended."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select, text

from admin.accounts.access import Access
from admin.publishing.result_draft import ResultDraft
from intake.cases.bar import Bar, BarSource
from intake.cases.case import Case
from intake.cases.event import Event
from intake.vault.compartment import Compartment
from portal.campaign.book import book
from portal.campaign.campaign import Campaign
from portal.foundation import clock
from portal.published.result import Result, ResultRevision
from tests.admin.house import PLANNED, WORDS, House

TEXTS = {
    "summary": "8名高龄老人的津贴晚发。",
    "measures": "区民政局核对账号，补发津贴。",
    "progress": "津贴已全部补发。",
}


def drafted(house: House, problem: str, by: str = "gong", **typed: str) -> int:
    path = f"/staff/publishing/new?problem={problem}"
    answer = house.post(by, path, **{"version": "", **TEXTS, **typed})
    assert answer.status_code == 303, answer.text
    found = re.search(r"/publishing/(\d+)\?done=drafted", answer.location)
    assert found is not None
    return int(found.group(1))


def versions(house: House, draft: int) -> dict[str, str]:
    with house.deployment.database.reading() as session:
        row = session.get_one(ResultDraft, draft)
        problem = session.execute(
            text("SELECT version FROM problem WHERE id = :id"), {"id": row.problem_id}
        ).scalar_one()
        return {"version": str(row.version), "problem_version": str(problem)}


def release(house: House, draft: int, by: str = "shi") -> int:
    path = f"/staff/publishing/{draft}/release"
    return house.post(by, path, **versions(house, draft)).status_code


def revision(house: House) -> int:
    with house.deployment.database.reading() as session:
        return session.get_one(Campaign, 1).revision


def test_a_result_is_drafted_by_one_and_released_by_another(house: House) -> None:
    case = house.answered_case()
    number = house.problem(case)
    assert number in house.get("gong", "/staff/publishing")
    house.get("gong", f"/staff/publishing/new?problem={number}")
    draft = drafted(house, number)
    assert "要由另一位同事审读、发布" in house.get("gong", f"/staff/publishing/{draft}")
    assert release(house, draft, by="gong") == 409
    before = revision(house)
    assert "我读过了，发布" in house.get("shi", f"/staff/publishing/{draft}")
    with house.deployment.database.reading() as session:
        plan = book(session)
    assert release(house, draft) == 303
    assert revision(house) == before + 1
    with house.deployment.database.reading() as session:
        # Nobody reads the plan anew for it.
        assert book(session) is plan
        result = session.get_one(Result, number)
        assert result.summary == TEXTS["summary"]
        columns = {**vars(result), **vars(result.revisions[0])}
        assert case not in repr(columns)
        assert "case" not in " ".join(columns)
        [event] = session.scalars(select(Event).where(Event.name == "result_of_case")).all()
        assert event.facts == {"result": number}
        assert event.staff_id is None
        assert session.get_one(Case, event.case_id).number == case
    assert release(house, draft) == 409
    assert number in house.get("chen", "/staff/publishing")


def test_a_changed_problem_is_released_again_under_its_number(house: House) -> None:
    case = house.answered_case()
    number = house.problem(case)
    assert release(house, drafted(house, number)) == 303
    house.rectify(number)
    house.strike_off(number)
    again = drafted(house, number, progress="已销号。")
    assert release(house, again) == 303
    with house.deployment.database.reading() as session:
        result = session.get_one(Result, number)
        assert (result.state.value, result.struck_off_on) == ("struck_off", clock.today())
        history = session.scalars(select(ResultRevision).order_by(ResultRevision.revision)).all()
        assert [(one.revision, one.progress, one.note) for one in history] == [
            (1, TEXTS["progress"], "发现"),
            (2, "已销号。", "已销号"),
        ]
        told = session.scalars(select(Event).where(Event.name == "result_of_case")).all()
        assert len(told) == 1


@pytest.mark.parametrize(
    ("field", "leak"),
    [
        ("summary", f"群众说{WORDS[3:18]}。"),
        ("measures", "请打13907123456。"),
        ("progress", "已告知万秋月。"),
        ("summary", "住在解放大道12号的老人没有领到。"),
    ],
)
def test_no_leak_is_released_unnoticed(house: House, field: str, leak: str) -> None:
    number = house.problem(house.answered_case())
    draft = drafted(house, number, **{field: leak})
    page = house.get("shi", f"/staff/publishing/{draft}")
    assert "<mark>" in page
    assert "我读过了，发布" not in page
    assert release(house, draft) == 409
    mended = {**versions(house, draft), **TEXTS}
    assert house.post("gong", f"/staff/publishing/{draft}/text", **mended).status_code == 303
    assert "<mark>" not in house.get("shi", f"/staff/publishing/{draft}")
    assert release(house, draft) == 303


def test_names_of_those_who_answer_for_it_and_case_numbers_are_found(house: House) -> None:
    case = house.answered_case()
    number = house.problem(case)
    named = {"version": "1", "leader": "方远山 副局长", "person": "贺小满 科长"}
    assert house.post("min", f"/staff/problems/{number}/responsible", **named).status_code == 303
    draft = drafted(house, number, progress=f"贺小满办好了{case}。")
    page = house.get("gong", f"/staff/publishing/{draft}")
    assert "<mark>贺小满</mark>" in page
    assert f"<mark>{case}</mark>" in page
    assert "反映" not in page.split("公众会看到")[1]


def test_a_finding_may_be_answered_and_whoever_answers_doesn_t_release(house: House) -> None:
    number = house.problem(house.answered_case())
    draft = drafted(house, number, summary="江汉路12号大厅的窗口没有公示。")
    page = house.get("shi", f"/staff/publishing/{draft}")
    key = re.search(r'name="finding" value="([^"]+)"', page)
    assert key is not None
    path = f"/staff/publishing/{draft}/answers"
    empty = {**versions(house, draft), "finding": key.group(1), "answer": " "}
    assert house.post("shi", path, **empty).status_code == 422
    said = {**empty, "answer": "是办事大厅的地址，本来就公开"}
    assert house.post("shi", path, **said).status_code == 303
    assert "本来就公开" in house.get("lu", f"/staff/publishing/{draft}")
    assert release(house, draft, by="shi") == 409
    assert release(house, draft, by="lu") == 303
    # What was answered stays readable at the desk.
    assert "本来就公开" in house.get("gong", f"/staff/publishing/{draft}")


def test_an_answer_holds_for_its_passage_only(house: House) -> None:
    number = house.problem(house.answered_case())
    draft = drafted(house, number, summary="江汉路12号没有公示。")
    key = re.search(
        r'name="finding" value="([^"]+)"', house.get("gong", f"/staff/publishing/{draft}")
    )
    assert key is not None
    said = {**versions(house, draft), "finding": key.group(1), "answer": "办事大厅"}
    assert house.post("gong", f"/staff/publishing/{draft}/answers", **said).status_code == 303
    other = {**versions(house, draft), **TEXTS, "summary": "江汉路15号没有公示。"}
    assert house.post("gong", f"/staff/publishing/{draft}/text", **other).status_code == 303
    assert release(house, draft) == 409


def test_a_draft_is_sent_back_and_mended(house: House) -> None:
    number = house.problem(house.answered_case())
    draft = drafted(house, number)
    house.get("shi", f"/staff/publishing/{draft}/send-back")
    path = f"/staff/publishing/{draft}/send-back"
    assert house.post("shi", path, **versions(house, draft), reason="").status_code == 422
    sent = {**versions(house, draft), "reason": "写清补发的日期"}
    assert house.post("shi", path, **sent).status_code == 303
    assert "写清补发的日期" in house.get("gong", f"/staff/publishing/{draft}/text")
    assert release(house, draft, by="lu") == 409
    mended = {**versions(house, draft), **TEXTS, "progress": "6月1日补发。"}
    assert house.post("gong", f"/staff/publishing/{draft}/text", **mended).status_code == 303
    assert release(house, draft) == 303


def test_two_at_a_time(house: House) -> None:
    number = house.problem(house.answered_case())
    draft = drafted(house, number)
    seen = versions(house, draft)
    path = f"/staff/publishing/{draft}/text"
    assert house.post("gong", path, **seen, **TEXTS).status_code == 303
    late = house.post("lu", path, **seen, **{**TEXTS, "progress": "后写的进展"})
    assert late.status_code == 409
    assert "后写的进展" in late.text
    assert house.post("shi", f"/staff/publishing/{draft}/release", **seen).status_code == 409
    seen = versions(house, draft)
    moved = {"version": "1", "text": "补发", **PLANNED}
    assert house.post("min", f"/staff/problems/{number}/measures", **moved).status_code == 303
    answer = house.post("shi", f"/staff/publishing/{draft}/release", **seen)
    assert answer.status_code == 409
    assert release(house, draft) == 303


def test_there_is_one_draft_of_a_problem_at_a_time(house: House) -> None:
    number = house.problem(house.answered_case())
    draft = drafted(house, number)
    answer = house.browser("shi").get(f"/staff/publishing/new?problem={number}")
    assert answer.location.endswith(f"/staff/publishing/{draft}")
    again = house.post("shi", f"/staff/publishing/new?problem={number}", version="", **TEXTS)
    assert again.status_code == 409
    assert TEXTS["summary"] in again.text


@pytest.mark.parametrize("name", ["min", "zheng", "bie", "ji", "shen"])
def test_the_desk_is_the_office_s(house: House, name: str) -> None:
    number = house.problem(house.answered_case())
    draft = drafted(house, number)
    for path in (
        "",
        f"/{draft}",
        f"/{draft}/text",
        f"/{draft}/send-back",
        f"/new?problem={number}",
    ):
        assert house.browser(name).get(f"/staff/publishing{path}").status_code == 404
    for act in ("release", "answers", "text", "send-back"):
        sent = {**versions(house, draft), **TEXTS, "reason": "x"}
        assert house.post(name, f"/staff/publishing/{draft}/{act}", **sent).status_code == 404
    with house.deployment.database.reading() as session:
        assert session.get(Result, number) is None


def test_a_publisher_learns_of_no_case(house: House) -> None:
    case = house.answered_case()
    number = house.problem(case)
    draft = drafted(house, number, summary=f"群众说{WORDS[3:18]}。")
    for path in ("", f"/{draft}", f"/{draft}/text", f"/new?problem={house.problem(case)}"):
        page = house.get("gong", f"/staff/publishing{path}")
        assert case not in page
        assert "/staff/cases" not in page
        assert "来件" not in page
    assert house.browser("gong").get(f"/staff/cases/{case}").status_code == 404


def test_a_draft_reads_the_same_when_the_office_can_t_open_its_case_any_more(house: House) -> None:
    case = house.answered_case()
    number = house.problem(case)
    draft = drafted(house, number)
    before = house.get("shi", f"/staff/publishing/{draft}")
    with house.deployment.database.writing() as session:
        for box in session.scalars(select(Compartment).where(Compartment.label == f"case:{case}")):
            box.keys = [key for key in box.keys if key.holder != "BGS"]
    house.browsers.clear()
    assert without_tokens(house.get("shi", f"/staff/publishing/{draft}")) == without_tokens(before)
    assert release(house, draft) == 303


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrf_token"[^>]*>', "", page)


def test_a_get_changes_nothing(house: House) -> None:
    number = house.problem(house.answered_case())
    draft = drafted(house, number, progress="请打13907123456。")
    house.rectify(number)
    pages = [
        "office",
        "office/first-look",
        "problems",
        f"problems/{number}",
        "publishing",
        f"problems/{number}/strike-off",
        f"problems/{number}/send-back",
        f"publishing/{draft}",
        f"publishing/{draft}/text",
        f"publishing/{draft}/send-back",
    ]
    for page in pages:
        # Who reads words for the first time on a day leaves an event, and nothing else.
        house.get("lu", f"/staff/{page}")
    before = everything(house)
    for page in pages:
        house.get("lu", f"/staff/{page}")
        for act in ("release", "answers"):
            assert house.browser("lu").get(f"/staff/publishing/{draft}/{act}").status_code == 405
    assert everything(house) == before


def everything(house: House) -> dict[str, list[tuple[object, ...]]]:
    with house.deployment.database.reading() as session:
        tables = session.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        return {
            name: [tuple(row) for row in session.execute(text(f'SELECT * FROM "{name}"'))]
            for (name,) in tables
        }


def test_a_person_of_the_office_who_is_accused_sees_no_link_to_the_case(house: House) -> None:
    case = house.answered_case()
    number = house.problem(case)
    with house.deployment.database.writing() as session:
        row = session.scalars(select(Case).where(Case.number == case)).one()
        who = house.deployment.staff_id(session, "lu")
        bar = {"source": BarSource.STAFF, "named": True, "set_at": clock.now()}
        session.add(Bar(case_id=row.id, staff_id=who, **bar))
    assert case in house.get("chen", f"/staff/problems/{number}")
    assert case not in house.get("lu", f"/staff/problems/{number}")


def test_access_of_a_publisher_is_to_no_case(house: House) -> None:
    with house.deployment.database.reading() as session:
        access: Access = house.access(session, "gong")
    assert (access.desks, access.as_office) == (frozenset(), False)
