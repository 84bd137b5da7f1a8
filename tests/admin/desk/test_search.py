"""Search over sealed words: what it finds, and whose words it never opens."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from admin.accounts.access import Access
from admin.desk.folded import Words
from admin.desk.search import Place, Wanted, Where, search
from intake.cases.case import Case, Identity
from intake.cases.message import Message
from intake.vault.compartment import Compartment, CompartmentKey
from intake.vault.sealing import is_to_public_key
from portal.campaign.book import book
from portal.foundation.staff import Staff
from tests.admin.desk.people import NOISE, TIP_OFF, Desks
from tests.pages.checks import check_html

PATH = "/staff/cases/search"


def ask(desks: Desks, name: str, words: str, **typed: Any) -> TestResponse:
    fields = {"where": [one.value for one in Where], "states": "open", **typed}
    return desks.at(name).post(PATH, data={**desks.token(name), "words": words, **fields})


def found(page: TestResponse) -> list[str]:
    assert page.status_code == 200, page.text
    assert check_html(page.text, thorough=False) == []
    return re.findall(r'<th scope="row">\s*<a href="/staff/cases/([A-Z0-9]+)\?', page.text)


def marked(page: TestResponse) -> list[str]:
    return [unescape(text) for text in re.findall(r"<mark>(.*?)</mark>", page.text)]


def test_words_are_found_in_ones_own_cases_newest_first(desks_on_each: Desks) -> None:
    desks = desks_on_each
    first = desks.case(words="奶奶的低保金停了")
    desks.case(words="高龄津贴没有发")
    second = desks.case(words="低保金又少了五十")
    desks.case(NOISE, words="低保金和就业补贴都没有")

    page = ask(desks, "mz-officer", "低保金")

    assert found(page) == [second, first]
    assert marked(page) == ["低保金", "低保金"]
    assert "一共找过3件" in page.text
    assert "找完了" in page.text
    assert found(ask(desks, "mz-officer", "就业")) == []
    assert len(found(ask(desks, "office", "低保"))) == 3


def test_two_characters_and_every_spelling_are_found_and_all_words_must_occur(
    desks: Desks,
) -> None:
    number = desks.case(words="在ＡＴＭ机上查，Bank卡里没有钱")
    desks.case(words="在银行的ATM上取过钱")

    assert found(ask(desks, "mz-officer", "没有")) == [number]
    assert found(ask(desks, "mz-officer", "ａtm　ＢＡＮＫ")) == [number]
    assert marked(ask(desks, "mz-officer", "atm bank")) == ["ＡＴＭ", "Bank"]
    assert found(ask(desks, "mz-officer", "atm 社区")) == []


def test_what_was_typed_is_text_and_no_markup(desks: Desks) -> None:
    desks.case(words="<b>低保金</b> & <script>x</script>")

    page = ask(desks, "mz-officer", "<b>低保金")

    assert "<script>x" not in page.text
    assert marked(page) == ["<b>低保金"]


def test_conversation_and_notes_are_searched_where_it_is_asked(desks: Desks) -> None:
    number = desks.case()
    desks.through(number, ("mz-officer", "note", "已经和社区核对名册"))

    assert found(ask(desks, "mz-officer", "名册")) == [number]
    assert "内部记事：" in ask(desks, "mz-officer", "名册").text
    assert found(ask(desks, "mz-officer", "名册", where=["words", "conversation"])) == []
    # Words of different texts of one case count together.
    assert found(ask(desks, "mz-officer", "名册 高龄津贴")) == [number]


def test_the_identity_is_never_searched(desks: Desks) -> None:
    desks.case(identity=Identity.REAL_NAME, contact_name="赵某某", contact_phone="13800001111")

    for name in ("mz-officer", "office"):
        assert found(ask(desks, name, "赵某某")) == []
        assert found(ask(desks, name, "13800001111")) == []


def test_a_barred_unit_and_a_barred_person_find_nothing(desks_on_each: Desks) -> None:
    desks = desks_on_each
    number = desks.case(TIP_OFF, words="民政局扣了老人的补助")
    mine = desks.case(words="补助没有发")
    desks.at("mz-officer")
    desks.act("office", number, "recuse", unit="MZ", words="反映的是它")
    desks.act("mz-second", mine, "step-aside", why="interest", words="是我的亲戚")

    assert found(ask(desks, "mz-officer", "补助")) == [mine]
    assert found(ask(desks, "mz-second", "补助")) == []
    assert set(found(ask(desks, "office", "补助"))) == {mine, number}


def test_an_assisting_unit_finds_what_it_reads_and_an_extract_hides_the_rest(
    desks: Desks,
) -> None:
    number = desks.case(words="三楼的王会计拿走了低保金")
    desks.act("office", number, "assist", unit="RS", words="查缴费记录")
    desks.act("office", number, "withhold", words="反映有人拿走补贴")

    for name in ("mz-officer", "rs-officer"):
        assert found(ask(desks, name, "王会计")) == []
        assert found(ask(desks, name, "有人拿走")) == [number]
    assert found(ask(desks, "office", "王会计")) == [number]
    assert found(ask(desks, "st-officer", "补贴")) == []


def test_a_number_leads_to_its_case_and_one_not_to_be_seen_isnt_there(desks: Desks) -> None:
    mine, noise = desks.case(), desks.case(NOISE)

    there = ask(desks, "mz-officer", f" {mine.lower()} ")
    hidden_one = ask(desks, "mz-officer", noise)
    none = ask(desks, "mz-officer", "JH00000000")

    assert there.status_code == 303
    assert there.headers["Location"].startswith(f"/staff/cases/{mine}?")
    assert hidden_one.status_code == none.status_code == 200
    clean = [
        re.sub(r"JH\d{8}", "N", one.text).replace(number, "N")
        for one, number in ((hidden_one, noise), (none, "JH00000000"))
    ]
    assert clean[0] == clean[1]


def test_closed_cases_are_searched_on_demand(desks: Desks) -> None:
    number = desks.case()
    desks.through(
        number,
        ("mz-officer", "sign-for", ""),
        ("mz-officer", "accept", ""),
        ("mz-officer", "draft", "补发了"),
        ("mz-head", "reply", ""),
        ("mz-officer", "close", ""),
    )

    assert found(ask(desks, "mz-officer", "补发")) == []
    assert found(ask(desks, "mz-officer", "补发", states="all")) == [number]


def test_nothing_looked_for_is_an_error_that_keeps_what_was_chosen(desks: Desks) -> None:
    answer = ask(desks, "mz-officer", "  ", states="all")

    assert answer.status_code == 422
    assert "请写要找的词" in answer.text
    assert '<option selected value="all">' in answer.text
    assert ask(desks, "mz-officer", "钱", where=[]).status_code == 422


def test_words_stand_in_no_address_and_the_answer_isnt_kept(desks: Desks) -> None:
    desks.case()

    answer = ask(desks, "mz-officer", "高龄")

    assert answer.headers["Cache-Control"] == "no-store"
    assert 'method="post" action="/staff/cases/search"' in answer.text
    assert f"{PATH}?" not in answer.text
    assert "高龄" not in desks.get("mz-officer", f"{PATH}?words=高龄").text
    assert desks.get("auditor", PATH).status_code == 404


def test_it_goes_on_where_it_stopped(desks_on_each: Desks) -> None:
    desks = desks_on_each
    numbers = [desks.case(words=f"第{one}件低保金") for one in range(5)][::-1]
    desks.case(NOISE)
    desks.at("mz-officer")
    wanted = Wanted(Words.of("低保金"), frozenset(Where))

    with desks.deployment.database.reading() as session:
        person = session.get_one(Staff, desks.deployment.staff_id(session, "mz-officer"))
        access = Access.of(person, book(session))
        seen, counted, place = [], [], None
        while True:
            some = search(session, access, wanted, place, most_scanned=2)
            seen += [hit.row.number for hit in some.hits]
            counted.append(some.scanned)
            if some.place is None:
                break
            carried = some.place.sealed(session, access)
            place = Place.opened(session, access, carried)
            assert place == some.place
        other = replace(access, staff_id=access.staff_id + 1)
        assert Place.opened(session, other, carried) is None
        assert Place.opened(session, access, carried[:-2]) is None

    assert seen == numbers
    assert counted == [2, 4, 5]


def wraps(desks: Desks, number: str) -> dict[tuple[str, str], bool]:
    """Whether each holder's wrap of each compartment is dear to open."""
    with desks.deployment.database.reading() as session:
        rows = session.execute(
            select(Compartment.name, CompartmentKey.holder, CompartmentKey.wrap)
            .join(CompartmentKey)
            .where(Compartment.label == f"case:{number}")
        )
        return {(name, holder): is_to_public_key(wrap) for name, holder, wrap in rows}


def dear_texts(desks: Desks, number: str) -> set[str]:
    with desks.deployment.database.reading() as session:
        rows = session.scalars(
            select(Message).join(Case, Case.id == Message.case_id).where(Case.number == number)
        )
        return {one.kind.value for one in rows if is_to_public_key(one.sealed)}


def test_the_first_act_makes_a_case_quick_to_search_for_whoever_holds_it(
    desks_on_each: Desks,
) -> None:
    desks = desks_on_each
    sent = desks.register(identity=Identity.PHONE, contact_phone="13800001111")
    number = sent.case.number
    assert all(wraps(desks, number).values())

    desks.through(number, ("mz-officer", "sign-for", ""))

    after = wraps(desks, number)
    assert after[("original", "MZ")] is after[("original", "BGS")] is False
    assert after[("original", "reporter")] is True
    assert {dear for (name, _), dear in after.items() if name == "identity"} == {True}
    assert "words" not in dear_texts(desks, number)
    assert {"contact", "decision"} <= dear_texts(desks, number)
    assert found(ask(desks, "mz-officer", "高龄津贴")) == [number]
    assert "高龄津贴" in desks.get("mz-officer", f"/staff/cases/{number}").text


def test_a_barred_unit_loses_its_quick_wraps_too(desks: Desks) -> None:
    number = desks.case()
    desks.through(number, ("mz-officer", "note", "看过了"))
    assert wraps(desks, number)[("original", "MZ")] is False

    desks.act("office", number, "recuse", unit="MZ", words="反映的是它")

    assert {holder for _, holder in wraps(desks, number)} == {"BGS", "reporter"}
    assert found(ask(desks, "mz-officer", "高龄")) == []
    assert found(ask(desks, "office", "高龄")) == [number]


def test_a_text_that_doesnt_open_is_counted_and_stops_nothing(desks: Desks) -> None:
    damaged, sound = desks.case(words="低保金没有发"), desks.case(words="低保金少了")
    with desks.deployment.database.writing() as session:
        case_id = desks.stored(damaged).id
        one = session.query(Message).where(Message.case_id == case_id, Message.kind == "words")
        one.one().sealed = one.one().sealed[:-1] + b"\0"

    page = ask(desks, "mz-officer", "低保金")

    assert found(page) == [sound]
    assert "有1段打不开" in page.text
