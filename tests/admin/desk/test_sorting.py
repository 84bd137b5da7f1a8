"""The office puts a case right: what it is, whom it accuses, who gets it; each time an example."""

from __future__ import annotations

import json
import re

from sqlalchemy import select

from admin.desk.correction import Correction
from intake import correspondence
from intake.cases.case import Case, Identity
from intake.cases.event import Event
from intake.cases.message import MessageKind
from intake.rules.lifecycle import State
from portal.campaign.kinds import Kind
from tests.admin.desk.people import NOISE, TIP_OFF, UNCLEAR, Desks
from tests.admin.desk.reporter import page_of

ACCUSING = "区民政局有人收了红包才给办"
WHY = "您要的是有人来处理，所以按正式请求办"


def examples(desks: Desks, number: str, unit: str) -> list[dict[str, object]]:
    """The labelled examples of a case that a unit can open."""
    with desks.deployment.database.reading() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        kinds = [MessageKind.EXAMPLE]
        letters = correspondence.read_as_unit(session, case, frozenset({unit}), kinds)
        return [json.loads(letter.text) for letter in letters]


def clocks_on(desks: Desks, number: str) -> set[str]:
    """Which clocks run, as the unit's page names them."""
    page = desks.get("mz-officer", f"/staff/cases/{number}").text
    return set(re.findall(r"<h2>(\S+)期限</h2>", page))


def corrections(desks: Desks, number: str) -> list[Correction]:
    with desks.deployment.database.reading() as session:
        wanted = select(Correction).join(Case, Case.id == Correction.case_id)
        return list(session.scalars(wanted.where(Case.number == number).order_by(Correction.id)))


def test_one_form_gives_a_case_its_unit_its_policy_and_its_problem(desks_on_each: Desks) -> None:
    desks = desks_on_each
    other = desks.case(UNCLEAR)
    number = desks.case(UNCLEAR)

    answer = desks.act("office", number, "sort", unit="RS", policy="RS01", problem="1.2")

    assert answer.status_code == 303
    stored = desks.stored(number)
    assert (stored.unit_code, stored.policy_code, stored.problem_code) == ("RS", "RS01", "1.2")
    assert stored.state is State.ASSIGNED
    assert desks.list("rs-officer") == [number]
    assert desks.list("office", "tab=triage") == [other]
    assert examples(desks, number, "BGS") == [
        {"kind": "complaint", "policy": "RS01", "problem": "1.2", "unit": "RS", "accused": []}
    ]
    assert examples(desks, number, "RS") == []
    (found,) = corrections(desks, number)
    assert (found.unit_right, found.kind_right, found.accused_right) == (False, True, True)
    assert (found.policy_right, found.problem_right) == (False, False)


def test_what_the_rules_had_right_is_counted_as_right(desks: Desks) -> None:
    number = desks.case()

    assert desks.act("office", number, "sort").status_code == 303

    (found,) = corrections(desks, number)
    assert all(
        (
            found.unit_right,
            found.kind_right,
            found.policy_right,
            found.problem_right,
            found.accused_right,
        )
    )
    assert desks.list("mz-officer") == [number]


def test_a_changed_kind_brings_its_clocks_and_the_reporter_reads_why(desks: Desks) -> None:
    registered = desks.register(
        kind=Kind.CONSULTATION,
        identity=Identity.REAL_NAME,
        contact_name="赵某",
        contact_phone="1",
    )
    number = registered.case.number
    before, clocks = desks.stored(number), clocks_on(desks, number)

    refused = desks.act("office", number, "sort", kind=Kind.PETITION)
    assert refused.status_code == 422
    assert "要告诉来件人为什么" in refused.text
    assert '<option selected value="petition">' in refused.text
    assert desks.stored(number).version == before.version
    desks.act("office", number, "sort", kind=Kind.PETITION, told=WHY)

    assert desks.stored(number).kind is Kind.PETITION
    assert clocks_on(desks, number) > clocks
    # What he was promised before still holds.
    assert desks.stored(number).answer_by == before.answer_by
    page = page_of(desks, registered.query_code).text
    assert WHY in page
    assert "改按" in page
    assert "改了类" in page
    (found,) = corrections(desks, number)
    assert (found.kind_right, found.unit_right) == (False, True)


def test_what_becomes_a_tip_off_hides_its_writer_from_the_unit(desks: Desks) -> None:
    number = desks.case(
        identity=Identity.PHONE, contact_phone="13900001234", words="高龄津贴被街道的人扣了"
    )
    with desks.deployment.database.reading() as session:
        kinds = [MessageKind.CONTACT]
        stored = session.scalars(select(Case).where(Case.number == number)).one()
        assert correspondence.read_as_unit(session, stored, frozenset({"MZ"}), kinds)

    answer = desks.act(
        "office", number, "sort", kind=Kind.TIP_OFF, accused="ST05", told="您说的是有人扣钱"
    )

    assert answer.status_code == 303
    stored = desks.stored(number)
    assert (stored.kind, stored.unit_code, stored.accusing) == (Kind.TIP_OFF, "MZ", True)
    with desks.deployment.database.reading() as session:
        assert not correspondence.read_as_unit(session, stored, frozenset({"MZ"}), kinds)
        names = set(session.scalars(select(Event.name).where(Event.case_id == stored.id)))
    assert {"kind_changed", "barred", "corrected", "looked"} <= names


def test_a_freed_unit_gets_the_case_in_the_same_step(desks: Desks) -> None:
    desks.case(NOISE)
    number = desks.case(TIP_OFF, words=ACCUSING)
    assert desks.stored(number).unit_code == "BGS"
    assert desks.list("mz-officer") == []

    answer = desks.act("office", number, "sort", freed="MZ", unit="MZ")

    assert answer.status_code == 303
    assert desks.list("mz-officer") == [number]
    page = desks.get("mz-officer", f"/staff/cases/{number}").text
    assert ACCUSING in page
    for secret in ("回避", "像是在反映", "解除", "更正"):
        assert secret not in page
    (found,) = corrections(desks, number)
    assert not found.accused_right
    assert examples(desks, number, "BGS")[0]["accused"] == []
    assert examples(desks, number, "MZ") == []


def test_whom_the_office_finds_accused_loses_the_case_in_the_same_step(desks: Desks) -> None:
    number = desks.case()
    assert desks.list("mz-officer") == [number]

    answer = desks.act("office", number, "sort", accused="MZ")

    assert answer.status_code == 303
    assert desks.list("mz-officer", "tab=open") == []
    assert desks.get("mz-officer", f"/staff/cases/{number}").status_code == 404
    assert desks.stored(number).unit_code == "BGS"
    assert examples(desks, number, "BGS")[0]["accused"] == ["MZ"]


def test_nobody_is_freed_whom_the_reporter_named(desks: Desks) -> None:
    number = desks.case(TIP_OFF, accused="区民政局")
    page = desks.get("office", f"/staff/cases/{number}/sort").text
    assert "哪些其实没有被反映" not in page

    answer = desks.act("office", number, "sort", freed="MZ", unit="MZ")

    assert answer.status_code == 422
    assert desks.stored(number).unit_code == "BGS"


def test_a_unit_cannot_sort(desks: Desks) -> None:
    number = desks.case()
    fields = desks.form("mz-officer", number, "note") | {"kind": "complaint"}

    answer = desks.at("mz-officer").post(f"/staff/cases/{number}/sort", data=fields)

    assert answer.status_code in {409, 422}
    assert corrections(desks, number) == []


def test_a_second_word_of_the_office_is_the_one_that_counts(desks: Desks) -> None:
    desks.at("rs-officer")
    number = desks.case(UNCLEAR)
    desks.act("office", number, "sort", unit="RS")
    desks.act("office", number, "sort", unit="MZ", policy="MZ11")

    page = desks.get("office", "/staff/office/routing").text

    assert desks.list("mz-officer") == [number]
    assert [one.policy_right for one in corrections(desks, number)] == [True, False]
    assert "办公室看过的" in page


def test_of_several_that_the_words_seemed_to_accuse_all_are_freed(desks: Desks) -> None:
    number = desks.case(
        TIP_OFF, words="举报民意街道办事处和舞台社区居民委员会的人收红包，贪污补贴的钱"
    )
    page = desks.get("office", f"/staff/cases/{number}/sort").text
    freed = re.findall(r'name="freed"[^>]*value="(\w+)"', page)
    assert {"ST05", "CM0501"} <= set(freed)
    fields = desks.form("office", number, "sort") | {"kind": "complaint", "told": WHY}

    answer = desks.at("office").post(f"/staff/cases/{number}/sort", data=fields | {"freed": freed})

    assert answer.status_code == 303
    assert examples(desks, number, "BGS")[0]["accused"] == []
    assert "<dt>要回避</dt>" not in desks.get("office", f"/staff/cases/{number}").text


def test_who_was_freed_reads_of_no_tip_off(desks: Desks) -> None:
    number = desks.case(TIP_OFF, words=ACCUSING)
    desks.act("office", number, "look")

    desks.act("office", number, "sort", kind="complaint", told=WHY, freed="MZ", unit="MZ")

    page = desks.get("mz-officer", f"/staff/cases/{number}").text
    assert ACCUSING in page
    for secret in ("举报", "违规", "办公室看过", "回避"):
        assert secret not in page.replace(WHY, "")


def test_an_unchanged_review_accuses_nobody(desks: Desks) -> None:
    number = desks.case(
        UNCLEAR, kind=Kind.PETITION, policy="MZ11", words="民政局的答复我不服，申请复查高龄津贴"
    )
    assert desks.stored(number).unit_code == "BGS"

    desks.act("office", number, "sort")

    assert examples(desks, number, "BGS")[0]["accused"] == []
    (found,) = corrections(desks, number)
    assert found.accused_right


def test_the_office_marks_a_person_and_his_colleague_goes_on(desks: Desks) -> None:
    desks.at("mz-second")
    number = desks.case(words="办高龄津贴的要了五百块好处费")
    assert desks.list("mz-officer") == [number]
    with desks.deployment.database.reading() as session:
        person = desks.deployment.staff_id(session, "mz-officer")

    answer = desks.act("office", number, "sort", accused=f"staff:{person}")

    assert answer.status_code == 303
    assert desks.list("mz-officer", "tab=open") == []
    assert desks.get("mz-officer", f"/staff/cases/{number}").status_code == 404
    assert desks.list("mz-second") == [number]
    assert "民政甲经办" in desks.get("office", f"/staff/cases/{number}").text
    assert "民政甲经办" not in desks.get("mz-second", f"/staff/cases/{number}").text


def test_who_is_only_mentioned_in_the_words_can_be_freed(desks: Desks) -> None:
    desks.at("mz-officer")
    desks.at("mz-second")
    number = desks.case(
        TIP_OFF, accused="民意街道办事处", words="民意街道扣了钱，是民政甲经办帮我查到的"
    )
    assert desks.list("mz-officer") == []
    with desks.deployment.database.reading() as session:
        person = desks.deployment.staff_id(session, "mz-officer")

    answer = desks.act("office", number, "lift-recusal", unit=f"staff:{person}", words="是帮忙的")

    assert answer.status_code == 303
    assert desks.list("mz-officer") == [number]


def test_discipline_inspection_gives_back_what_doesnt_accuse_the_office(desks: Desks) -> None:
    desks.at("mz-officer")
    number = desks.case(
        TIP_OFF, words="领导小组办公室有人收红包，贪污高龄津贴的钱", policy="MZ11", problem="1.2"
    )
    at_first = desks.stored(number).unit_code
    if at_first == "BGS":
        desks.act("office", number, "recuse", unit="ST05", words="换一处")
    assert desks.list("discipline") == [number]

    answer = desks.act("discipline", number, "sort", freed="BGS", unit="MZ")

    assert answer.status_code == 303
    assert desks.list("mz-officer") == [number]


def test_what_goes_back_to_the_office_waits_there(desks: Desks) -> None:
    number = desks.case(UNCLEAR, kind=Kind.TIP_OFF, words="领导小组办公室有人收红包，贪污钱")
    assert desks.list("discipline") == [number]

    answer = desks.act("discipline", number, "sort", freed="BGS")

    assert answer.status_code == 303
    assert desks.stored(number).unit_code == "BGS"
    assert desks.list("office", "tab=triage") == [number]
    assert desks.list("discipline", "tab=open") == []


def test_a_new_unit_answers_anew_what_an_accused_one_had_answered(desks: Desks) -> None:
    registered = desks.register()
    number = registered.case.number
    for name, act, words in (
        ("mz-officer", "sign-for", ""),
        ("mz-officer", "accept", ""),
        ("mz-officer", "draft", "一切正常，没有问题"),
        ("mz-head", "reply", ""),
    ):
        desks.through(number, (name, act, words))

    desks.act("office", number, "recuse", unit="MZ", words="来件里说的是它")
    desks.act("office", number, "sort", unit="RS")
    desks.through(number, ("rs-officer", "sign-for", ""), ("rs-officer", "accept", ""))

    page = desks.get("rs-officer", f"/staff/cases/{number}").text
    assert "答复期限" in page
    assert "一切正常，没有问题</textarea>" not in page
    assert "最晚" in page_of(desks, registered.query_code).text
