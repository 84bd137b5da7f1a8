"""The reporter changes the code that a clerk saw, in the public process alone."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from intake.cases.event import Event
from intake.cases.message import MessageKind
from intake.cases.receipt import Receipt
from intake.correspondence import read_as_reporter
from intake.vault.compartment import CompartmentKey
from intake.vault.holders import REPORTER
from intake.vault.query_codes import is_well_formed, reporter_keys
from intake.vault.sealing import DoesNotOpen
from tests.admin.desk.people import Desks, filled
from tests.admin.desk.reporter import adds
from tests.admin.recorded_intake.clerk import (
    SAID,
    ask_for_new,
    changed,
    check,
    confirm,
    new_code,
    post,
    record,
    show,
)
from tests.deployments import Deployment
from tests.intake.pages.journey import opened
from tests.intake.pages.journey import report as report_by_web

OTHER = "还有一件别的事：食堂收钱不给票"
BOTH = f"{SAID}\n{OTHER}"


def happened(deployment: Deployment) -> list[str]:
    with deployment.database.reading() as session:
        return list(session.scalars(select(Event.name).order_by(Event.seq)))


def reads(desks: Desks, code: str, *numbers: str) -> list[str]:
    """The words of these cases that the holder of a code can open."""
    found = []
    with desks.deployment.database.reading() as session:
        for number in numbers:
            try:
                letters = read_as_reporter(
                    session, desks.stored(number), reporter_keys(code), [MessageKind.WORDS]
                )
            except DoesNotOpen:
                continue
            found += [one.text for one in letters]
    return found


def split_off(desks: Desks, number: str) -> str:
    """The number of the part that the office splits from a case."""
    page = f"/staff/cases/{number}/split"
    fields = filled(desks.get("office", page).text) | {"words": OTHER, "kind": "complaint"}
    assert desks.at("office").post(page, data=fields).status_code == 303
    with desks.deployment.database.reading() as session:
        return str(session.scalars(select(Event.facts).where(Event.name == "split")).one()["part"])


def reporters_wraps(desks: Desks) -> set[bytes]:
    """Every key that lies there sealed to the reporter."""
    held = select(CompartmentKey.wrap).where(CompartmentKey.holder == REPORTER)
    with desks.deployment.database.reading() as session:
        return set(session.scalars(held))


def test_the_new_code_reads_everything_and_the_old_one_nothing(desks_on_each: Desks) -> None:
    desks = desks_on_each
    number, old = record(desks, words=BOTH, policy="MZ11").receipt
    part, client = split_off(desks, number), desks.deployment.citizen()
    before, asked = reporters_wraps(desks), ask_for_new(client, show(client, old))
    new, done = new_code(asked), confirm(client, asked)

    assert is_well_formed(new)
    assert f"{new[:4]} {new[4:8]}" in done.text
    assert done.main.count(OTHER) == 2
    assert show(client, old).status == 404
    assert reads(desks, new, number, part) == [BOTH, OTHER]
    assert reads(desks, old, number, part) == []
    assert not before & reporters_wraps(desks)
    with desks.deployment.database.reading() as session:
        receipt = session.scalars(select(Receipt)).one()
        facts = session.scalars(select(Event.facts).where(Event.name == "code_changed")).all()
    assert (receipt.public_key, receipt.phone_mark) == (reporter_keys(new).public, None)
    assert facts == [{}]


def test_with_the_new_code_words_go_both_ways(desks_on_each: Desks) -> None:
    desks = desks_on_each
    number, old = record(desks, words=BOTH, policy="MZ11").receipt
    part, new = split_off(desks, number), changed(desks.deployment.citizen(), old)

    assert "后来又问了一次" in adds(desks, new, "后来又问了一次", number).main
    assert "食堂的事再补一句" in adds(desks, new, "食堂的事再补一句", part).main
    assert "后来又问了一次" in desks.get("mz-officer", f"/staff/cases/{number}").text


def test_a_part_that_is_split_off_afterwards_is_his_too(desks: Desks) -> None:
    number, old = record(desks, words=BOTH, policy="MZ11").receipt
    new = changed(desks.deployment.citizen(), old)
    split_off(desks, number)
    assert show(desks.deployment.citizen(), new).main.count(OTHER) == 2


def test_nothing_changes_before_he_says_that_he_has_it(desks: Desks) -> None:
    _, old = record(desks).receipt
    client = desks.deployment.citizen()
    first = ask_for_new(client, show(client, old))
    # He went away before he wrote it down: the old one is still good, and gives another one.
    second = ask_for_new(client, show(client, old))

    assert "code_changed" not in happened(desks.deployment)
    assert new_code(first) != new_code(second)
    assert new_code(ask_for_new(client, first)) == new_code(first)
    assert show(client, new_code(first)).status == 404


def test_pressing_twice_and_a_lost_answer_lock_nobody_out(desks_on_each: Desks) -> None:
    desks = desks_on_each
    _, old = record(desks).receipt
    client = desks.deployment.citizen()
    asked = ask_for_new(client, show(client, old))
    answers = [confirm(client, asked) for _ in range(3)]

    assert {answer.status for answer in answers} == {200}
    assert all(SAID in answer.main for answer in answers)
    # The page with the button, sent again after the change, leads to the case as well.
    assert SAID in ask_for_new(client, asked).main
    assert SAID in show(client, new_code(asked)).main
    assert happened(desks.deployment).count("code_changed") == 1


def test_another_form_doesnt_change_it_again(desks: Desks) -> None:
    _, old = record(desks).receipt
    clerk, citizen = desks.deployment.citizen(), desks.deployment.citizen()
    kept = ask_for_new(clerk, show(clerk, old))
    new = changed(citizen, old)

    assert confirm(clerk, kept).status == 404
    assert show(clerk, new_code(kept)).status == 404
    assert SAID in show(citizen, new).main


def test_a_one_time_code_neither_adds_words_nor_withdraws(desks: Desks) -> None:
    _, old = record(desks).receipt
    client = desks.deployment.citizen()
    # The fields that a page of one's own case has.
    page = show(client, report_by_web(client).receipt[1])
    for path, typed in (("words", {"words": "再说一句"}), ("withdraw", {"confirmed": "yes"})):
        answer = opened(
            client.post(f"/progress/{path}", data={**page.fields, **typed, "query_code": old})
        )
        assert answer.heading == "换一个只有您知道的查询码"
        assert SAID not in answer.html
    assert not {"supplemented", "withdrawn"} & set(happened(desks.deployment))


def test_a_code_of_the_web_has_nothing_to_change(desks: Desks) -> None:
    client = desks.deployment.citizen()
    code = report_by_web(client).receipt[1]
    page = show(client, code)
    answer = confirm(client, page)
    assert answer.heading == page.heading
    assert show(client, code).status == 200
    assert "code_changed" not in happened(desks.deployment)


def test_wrong_codes_look_alike_here_too_and_are_counted(desks: Desks) -> None:
    _, old = record(desks).receipt
    client = desks.deployment.citizen()
    page = show(client, old)
    answers = [
        client.post("/progress/code", data={**page.fields, "query_code": typed})
        for typed in ("0" * 17, old[:-1], "", "x" * 500)
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1
    for _ in range(10):
        answer = client.post("/progress/code", data={**page.fields, "query_code": "0" * 17})
    assert answer.status_code == 429


@pytest.mark.parametrize("confirmed", [{}, {"confirmed": "yes"}])
def test_a_form_of_another_site_changes_nothing(desks: Desks, confirmed: dict[str, str]) -> None:
    _, old = record(desks).receipt
    client = desks.deployment.citizen()
    page = ask_for_new(client, show(client, old))
    refused = client.post(
        "/progress/code",
        data={**page.fields, **confirmed, "csrf_token": "x"},
        headers={"Origin": "https://elsewhere.example"},
    )
    assert refused.status_code == 400
    assert new_code(page)[:4] not in refused.text
    assert show(client, old).heading == "换一个只有您知道的查询码"


def test_no_address_title_or_cookie_holds_a_code(desks: Desks) -> None:
    _, old = record(desks).receipt
    client = desks.deployment.citizen()
    page = show(client, old)
    answer = client.post("/progress/code", data=page.fields)
    shown = opened(answer)
    for code in (old, new_code(shown)):
        assert not any(code in value for value in answer.headers.values())
        assert code not in re.findall(r"<title>(.*?)</title>", shown.html)[0]
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_clerks_form_sent_again_afterwards_shows_no_code(desks: Desks) -> None:
    read_back = check(desks)
    number, old = post(desks, "clerk", "telephone", read_back.fields, step="register").receipt
    new = changed(desks.deployment.citizen(), old)
    again = post(desks, "clerk", "telephone", read_back.fields, step="register")

    assert f'data-case-number="{number}"' in again.html
    assert "来件人已经换了查询码" in again.text
    for code in (old, new):
        assert code[:9] not in again.html.replace(" ", "")
    assert happened(desks.deployment).count("registered") == 1
