"""Notes to oneself: their writer reads them, and nobody else finds that there are any."""

from __future__ import annotations

from sqlalchemy import select

from admin.desk.own_note import OwnNote
from intake.cases.event import Event
from tests.admin.desk.people import NOISE, Desks
from tests.admin.desk.reporter import page_of

OWN = "周三再打一次银行的电话，问卡是哪天换的"


def noted(desks: Desks, name: str, number: str, words: str = OWN) -> None:
    answer = desks.act(name, number, "note", audience="myself", words=words)
    assert answer.status_code == 303


def test_only_its_writer_reads_it(desks_on_each: Desks) -> None:
    desks = desks_on_each
    registered = desks.register()
    number, other = registered.case.number, desks.case(NOISE)
    readers = ("mz-second", "mz-head", "office", "office-head", "auditor")
    paths = (
        f"/staff/cases/{number}",
        "/staff/cases",
        f"/staff/cases/{number}/approval-sheet",
        "/staff/events",
    )
    for name in ("mz-officer", "rs-officer", *readers):
        desks.at(name)
    # Of who reads the cases in the course of the day, the auditor hears once.
    for name, opened in (("mz-officer", number), ("rs-officer", other)):
        desks.get(name, f"/staff/cases/{opened}")
    before = {(name, path): desks.get(name, path).data for name in readers for path in paths}

    noted(desks, "mz-officer", number)

    assert OWN in desks.get("mz-officer", f"/staff/cases/{number}").text
    assert OWN not in desks.get("rs-officer", f"/staff/cases/{other}").text
    # Not even a moment of the last act has changed.
    assert {key: desks.get(*key).data for key in before} == before
    assert OWN not in page_of(desks, registered.query_code).text
    assert OWN not in desks.get("mz-officer", f"/staff/cases/{number}/approval-sheet").text
    assert desks.stored(number).version == 1
    with desks.deployment.database.reading() as session:
        names = session.scalars(select(Event.name).where(Event.case_id == desks.stored(number).id))
        assert "noted" not in set(names)
        (kept,) = session.scalars(select(OwnNote))
        assert OWN.encode() not in kept.sealed


def test_no_search_finds_it(desks: Desks) -> None:
    number = desks.case()
    noted(desks, "mz-officer", number)
    for name in ("mz-officer", "office"):
        fields = {
            "where": ["words", "conversation", "notes"],
            "states": "all",
            "words": "银行的电话",
        }
        token = desks.form("mz-officer" if name == "mz-officer" else "office", number, "note")
        fields["csrf_token"] = token["csrf_token"]
        found = desks.at(name).post("/staff/cases/search", data=fields).text
        assert number not in found


def test_it_is_gone_with_the_case_and_there_again_with_it(desks: Desks) -> None:
    number = desks.case()
    noted(desks, "mz-officer", number)
    desks.act("office", number, "sort", unit="RS")

    assert desks.get("mz-officer", f"/staff/cases/{number}").status_code == 404
    for name in ("rs-officer", "office"):
        assert OWN not in desks.get(name, f"/staff/cases/{number}").text

    desks.act("office", number, "sort", unit="MZ")
    assert OWN in desks.get("mz-officer", f"/staff/cases/{number}").text


def test_a_note_is_for_the_unit_unless_it_is_said_otherwise(desks: Desks) -> None:
    number = desks.case()
    page = desks.get("mz-officer", f"/staff/cases/{number}/note").text
    assert "仅本人：只有我自己看得到" in page
    desks.act("mz-officer", number, "note", words="社区说下周补报")
    assert "社区说下周补报" in desks.get("office", f"/staff/cases/{number}").text


def test_a_row_moved_to_another_case_or_person_opens_for_nobody(desks: Desks) -> None:
    number, other = desks.case(), desks.case()
    noted(desks, "mz-officer", number)
    with desks.deployment.database.writing() as session:
        (kept,) = session.scalars(select(OwnNote))
        kept.case_id = desks.stored(other).id
    assert desks.get("mz-officer", f"/staff/cases/{other}").status_code == 200
    assert OWN not in desks.get("mz-officer", f"/staff/cases/{other}").text


def test_words_stay_when_a_colleague_was_faster(desks: Desks) -> None:
    number = desks.case()
    fields = desks.form("mz-officer", number, "note") | {"audience": "myself", "words": OWN}
    desks.through(number, ("mz-second", "sign-for", ""))
    late = desks.at("mz-officer").post(f"/staff/cases/{number}/note", data=fields)
    assert late.status_code == 409
    assert OWN in late.text
    assert 'value="myself" checked' in late.text or 'checked id="audience-1"' in late.text
