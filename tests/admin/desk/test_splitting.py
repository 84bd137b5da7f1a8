"""Several matters in one message: cases of their own that share a receipt."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from intake import correspondence
from intake.cases.case import Case, Identity
from intake.cases.message import MessageKind
from intake.register import Registered
from portal.campaign.kinds import Kind
from portal.foundation import clock
from tests.admin.desk.people import NOISE, TIP_OFF, Desks
from tests.admin.desk.reporter import adds, choices, page_of

BOTH = "我妈的高龄津贴三个月没发了。还有我自己的灵活就业社保补贴也没有到账。"
CUT = "我自己的灵活就业社保补贴也没有到账"
SECRET = "门口有棵梧桐树"


def of_two_matters(desks: Desks, **changed: Any) -> tuple[Registered, str]:
    """A case about two matters, and the number of the part that the office cut out."""
    registered = desks.register(words=BOTH + SECRET, **changed)
    number = registered.case.number
    answer = desks.act(
        "office", number, "split", words=CUT, kind="complaint", policy="RS01", problem="1.2"
    )
    assert answer.status_code == 303, answer.text
    return registered, part_of(desks, number).number


def part_of(desks: Desks, number: str) -> Case:
    with desks.deployment.database.reading() as session:
        whole = session.scalars(select(Case).where(Case.number == number)).one()
        return session.scalars(select(Case).where(Case.part_of_id == whole.id)).one()


def words_for(desks: Desks, case: Case, unit: str, kind: MessageKind) -> list[str]:
    with desks.deployment.database.reading() as session:
        letters = correspondence.read_as_unit(session, case, frozenset({unit}), [kind])
        return [letter.text for letter in letters]


def test_a_part_goes_where_the_rules_send_it_and_holds_only_its_words(
    desks_on_each: Desks,
) -> None:
    desks = desks_on_each
    desks.case(NOISE)
    registered, part = of_two_matters(desks)

    stored = part_of(desks, registered.case.number)
    assert (stored.unit_code, stored.policy_code) == ("RS", "RS01")
    page = desks.get("rs-officer", f"/staff/cases/{part}").text
    assert CUT in page
    assert SECRET not in page
    assert registered.case.number not in page
    assert desks.get("rs-officer", f"/staff/cases/{registered.case.number}").status_code == 404
    assert part in desks.get("office", f"/staff/cases/{registered.case.number}").text
    assert part not in desks.get("mz-officer", f"/staff/cases/{registered.case.number}").text


def test_the_form_starts_from_the_whole_text(desks: Desks) -> None:
    number = desks.case(words=BOTH)
    assert BOTH in desks.get("office", f"/staff/cases/{number}/split").text.replace("\r\n", "")


@pytest.mark.parametrize("words", ["", " \n　"])
def test_nothing_is_no_part(desks: Desks, words: str) -> None:
    number = desks.case(words=BOTH)
    answer = desks.act("office", number, "split", words=words, policy="RS01")
    assert answer.status_code == 422
    assert "请留下要分出来的那一部分" in answer.text
    assert '<option selected value="RS01">' in answer.text


def test_one_code_shows_both_and_words_go_to_the_one_that_is_meant(desks: Desks) -> None:
    registered, part = of_two_matters(desks)

    page = page_of(desks, registered.query_code)

    assert page.heading == "您写的分成2件办"
    assert sorted(choices(page)) == sorted([registered.case.number, part])
    assert CUT in page.text
    after = adds(desks, registered.query_code, "银行流水我有", number=part)
    assert "您补充的话收到了" in after.text
    stored = part_of(desks, registered.case.number)
    assert words_for(desks, stored, "RS", MessageKind.SUPPLEMENT) == ["银行流水我有"]
    assert words_for(desks, registered.case, "MZ", MessageKind.SUPPLEMENT) == []


def test_the_answer_to_a_part_is_read_under_the_same_code(desks: Desks) -> None:
    registered, part = of_two_matters(desks)
    desks.through(
        part,
        ("rs-officer", "sign-for", ""),
        ("rs-officer", "accept", ""),
        ("rs-officer", "draft", "社保补贴下周到账"),
        ("office", "reply", ""),
    )
    assert "社保补贴下周到账" in page_of(desks, registered.query_code).text


def test_who_accuses_somebody_in_the_whole_is_kept_from_him_in_the_part(desks: Desks) -> None:
    registered, part = of_two_matters(
        desks,
        draft=TIP_OFF,
        accused="区人力资源局",
        identity=Identity.PHONE,
        contact_phone="13900001234",
    )
    stored = part_of(desks, registered.case.number)

    assert stored.unit_code == "BGS"
    assert stored.identity is Identity.ANONYMOUS
    assert words_for(desks, stored, "BGS", MessageKind.CONTACT) == []
    assert desks.list("rs-officer", "tab=open") == []
    assert desks.get("rs-officer", f"/staff/cases/{part}").status_code == 404
    refused = desks.act(
        "office", registered.case.number, "split", words=CUT, kind="complaint", unit="RS"
    )
    assert refused.status_code == 422


def test_whom_a_part_turns_out_to_accuse_loses_the_whole_and_the_other_way_round(
    desks: Desks,
) -> None:
    registered, part = of_two_matters(desks)
    assert desks.list("mz-officer") == [registered.case.number]
    assert desks.list("rs-officer") == [part]

    assert desks.act("office", part, "recuse", unit="MZ", words="这一段说的是它").status_code == 303
    assert desks.list("mz-officer", "tab=open") == []
    assert desks.get("mz-officer", f"/staff/cases/{registered.case.number}").status_code == 404
    desks.act("office", registered.case.number, "recuse", unit="RS", words="来件里说的是它")
    assert desks.list("rs-officer", "tab=open") == []
    assert words_for(desks, part_of(desks, registered.case.number), "RS", MessageKind.WORDS) == []


def test_a_person_accused_in_later_words_loses_every_part(desks: Desks) -> None:
    registered, part = of_two_matters(desks)
    assert desks.list("rs-officer") == [part]

    adds(
        desks,
        registered.query_code,
        "举报区人力资源局的科长收红包，贪污补贴的钱",
        number=registered.case.number,
    )

    assert desks.list("rs-officer", "tab=open") == []
    assert desks.get("rs-officer", f"/staff/cases/{part}").status_code == 404


def test_a_part_of_a_part_hangs_on_the_same_receipt(desks: Desks) -> None:
    registered, part = of_two_matters(desks)

    answer = desks.act("office", part, "split", words="补贴没有到账", kind="complaint", unit="MZ")

    assert answer.status_code == 303
    assert page_of(desks, registered.query_code).heading == "您写的分成3件办"


def test_a_kind_of_its_own_brings_its_own_clock(desks: Desks) -> None:
    registered = desks.register(words=BOTH)
    number = registered.case.number
    desks.act("office", number, "split", words=CUT, kind=Kind.CONSULTATION, policy="RS01")

    stored = part_of(desks, number)

    assert stored.kind is Kind.CONSULTATION
    assert stored.answer_by < desks.stored(number).answer_by


def test_who_gets_a_part_reads_nothing_of_whom_the_whole_accuses(desks: Desks) -> None:
    _, part = of_two_matters(desks, draft=TIP_OFF, accused="民意街道办事处")

    page = desks.get("rs-officer", f"/staff/cases/{part}").text

    assert CUT in page
    for secret in ("民意街道", "回避", "违规", "举报"):
        assert secret not in page
    assert "民意街道" in desks.get("office", f"/staff/cases/{part}").text


def test_a_part_that_accuses_is_kept_from_whom_it_means(desks: Desks) -> None:
    desks.at("mz-officer")
    registered = desks.register(draft=NOISE, words="社保补贴没到账。管低保的那位收了红包才给办低保")
    number = registered.case.number
    assert registered.case.unit_code == "RS"

    answer = desks.act(
        "office",
        number,
        "split",
        words="管低保的那位收了红包才给办低保",
        kind="tip_off",
        policy="MZ01",
        problem="3.1",
    )

    assert answer.status_code == 303
    assert part_of(desks, number).unit_code == "BGS"
    assert desks.list("mz-officer", "tab=open") == []
    assert words_for(desks, part_of(desks, number), "MZ", MessageKind.WORDS) == []


def test_the_office_may_give_a_part_to_whoever_has_the_whole(desks: Desks) -> None:
    number = desks.case(words=BOTH)

    assert desks.act("office", number, "split", words=CUT, unit="MZ").status_code == 303

    assert part_of(desks, number).unit_code == "MZ"


def test_a_part_is_due_as_the_whole_is(desks: Desks) -> None:
    with clock.stopped_at(datetime(2022, 6, 6, 4, 0, tzinfo=UTC)):
        number = desks.case(words=BOTH)
    with clock.stopped_at(datetime(2022, 6, 20, 4, 0, tzinfo=UTC)):
        desks.act("office", number, "split", words=CUT, policy="RS01", problem="1.2")

    stored = part_of(desks, number)

    assert stored.answer_by == desks.stored(number).answer_by
    assert stored.registered_on == desks.stored(number).registered_on


def test_whom_the_rules_wrongly_barred_is_free_in_every_part(desks: Desks) -> None:
    registered, part = of_two_matters(desks)
    adds(desks, registered.query_code, "举报区人力资源局的科长收红包，贪污补贴的钱")
    assert desks.list("rs-officer", "tab=open") == []

    words = "说的是别的单位"
    answer = desks.act("office", registered.case.number, "lift-recusal", unit="RS", words=words)

    assert answer.status_code == 303
    desks.act("office", part, "sort", unit="RS")
    assert desks.list("rs-officer") == [part]


def test_no_list_of_choices_tells_by_what_is_missing(desks: Desks) -> None:
    ordinary = desks.case(NOISE)
    _, part = of_two_matters(desks, draft=TIP_OFF, accused="民意街道办事处")

    for act in ("return", "recuse", "sort", "assist", "split", "lift-recusal"):
        pages = [
            desks.get("rs-officer", f"/staff/cases/{number}/{act}") for number in (ordinary, part)
        ]
        offered = [re.findall(r'<option[^>]*value="([^"]*)"', page.text) for page in pages]
        assert set(offered[0]) == set(offered[1]), act
        assert pages[0].status_code == pages[1].status_code
        assert "staff:" not in pages[1].text
    assert desks.act("rs-officer", part, "return", words="不归我们", unit="ST05").status_code == 303


def test_the_unit_that_gets_a_part_can_owe_a_report(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-06"):
        number = desks.register(words=BOTH).case.number
        cut = {"words": CUT, "kind": "complaint", "policy": "RS01", "problem": "1.2"}
        for typed, missing in (
            ({"report_by": "2022-06-20"}, "就要选交给哪个单位"),
            ({"report_by": "2022-06-01", "unit": "RS"}, "这一天已经过了"),
        ):
            refused = desks.act("office", number, "split", **cut, **typed)
            assert refused.status_code == 422
            assert missing in refused.text
            assert CUT in refused.text
        answer = desks.act("office", number, "split", **cut, unit="RS", report_by="2022-06-20")
        assert answer.status_code == 303
        part = part_of(desks, number)
        page = desks.get("rs-officer", f"/staff/cases/{part.number}").text
        assert "向办公室报结果期限" in page
        assert "交办，6月20日前报结果" in page
        assert "/report-back?" in page
        # Without a day nothing is owed but the answer, and the whole owes nothing either way.
        assert "交办，6月20日前报结果" not in desks.get("mz-officer", f"/staff/cases/{number}").text
    with desks.on("2022-06-21"):
        for act in ("sign-for", "accept"):
            desks.through(part.number, ("rs-officer", act, ""))
        assert desks.stored(part.number).due_clock == "report_back"
        desks.through(part.number, ("rs-officer", "report-back", "查过了"))
        assert "查过了" in desks.get("office", f"/staff/cases/{part.number}").text
