"""What the accused can find out at the desk: nothing."""

from __future__ import annotations

import re

from intake.rules.lifecycle import State
from tests.admin.desk.people import NOISE, PEOPLE, TIP_OFF, UNCLEAR, Desks

TABS = ("triage", "assigned", "signed-for", "accepted", "drafted", "replied", "closed", "open")


def everything(desks: Desks, name: str) -> dict[str, bytes]:
    """Every page that somebody can reach from his queue, byte for byte; a form once, since from
    each list it's the same but for the way back."""
    found: dict[str, bytes] = {}
    forms: set[str] = set()
    to_visit = ["/staff/", *(f"/staff/cases?tab={tab}&scope=district" for tab in TABS)]
    while to_visit:
        path = to_visit.pop()
        form = re.match(r"/staff/cases/[A-Z0-9]+/[^?]+", path)
        if path in found or "sign-out" in path or (form and form[0] in forms):
            continue
        forms |= {form[0]} if form else set()
        answer = desks.get(name, path)
        found[path] = answer.data
        links = re.findall(r'(?:href)="(/staff/cases[^"]*)"', answer.text)
        to_visit += [one.replace("&amp;", "&") for one in links]
    return found


def test_the_accused_unit_reads_the_same_bytes_as_if_nobody_had_accused_it(desks: Desks) -> None:
    for _ in range(3):
        desks.case()
    before = everything(desks, "mz-officer")

    accusation = desks.case(TIP_OFF, accused="区民政局")

    assert everything(desks, "mz-officer") == before
    assert desks.stored(accusation).unit_code != "MZ"
    assert len(before) > 12


def test_a_barred_case_answers_as_one_that_does_not_exist(desks: Desks) -> None:
    accusation = desks.case(TIP_OFF, accused="区民政局")
    foreign = desks.case(NOISE)
    desks.case()

    for path in ("", "/return", "/identity", "/nonsense"):
        answers = {
            desks.get("mz-officer", f"/staff/cases/{number}{path}").data
            for number in (accusation, foreign, "JH00000000")
        }
        assert len(answers) == 1
        assert desks.get("mz-officer", f"/staff/cases/{accusation}{path}").status_code == 404
    fields = desks.form("mz-officer", desks.case(), "sign-for")
    posts = {
        (answer.status_code, answer.data)
        for answer in (
            desks.at("mz-officer").post(f"/staff/cases/{number}/sign-for", data=fields)
            for number in (accusation, foreign, "JH00000000")
        )
    }
    assert len(posts) == 1
    assert next(iter(posts))[0] == 404


def test_a_person_who_is_named_does_not_see_the_case_his_colleagues_have(desks: Desks) -> None:
    desks.at("mz-officer")
    desks.at("mz-second")
    number = desks.case(accused=PEOPLE["mz-officer"][2])

    assert desks.list("mz-officer") == []
    assert desks.get("mz-officer", f"/staff/cases/{number}").status_code == 404
    assert desks.list("mz-second") == [number]


def test_marking_a_unit_as_accused_takes_the_case_from_it_at_once(desks: Desks) -> None:
    number = desks.case()
    desks.at("mz-officer")

    answer = desks.act("office", number, "recuse", unit="MZ", words="来件里说的是它")

    assert answer.status_code == 303
    assert desks.get("mz-officer", f"/staff/cases/{number}").status_code == 404
    assert desks.list("mz-officer", "tab=open") == []
    stored = desks.stored(number)
    assert (stored.unit_code, stored.state, stored.accusing) == ("BGS", State.RETURNED, True)
    assert desks.list("office") == [number]
    choices = desks.get("office", f"/staff/cases/{number}/sort").text
    assert 'value="RS"' in choices
    assert 'value="MZ"' not in choices
    assert desks.act("office", number, "sort", unit="MZ").status_code == 422


def test_when_the_office_is_accused_discipline_inspection_can_go_on(desks: Desks) -> None:
    number = desks.case(UNCLEAR)

    assert (
        desks.act("office", number, "recuse", unit="BGS", words="说的是办公室").status_code == 303
    )

    assert desks.get("office", f"/staff/cases/{number}").status_code == 404
    assert desks.list("discipline") == [number]
    assert "/return" not in desks.get("discipline", f"/staff/cases/{number}").text
    desks.through(number, ("discipline", "sign-for", ""), ("discipline", "accept", ""))
    assert desks.stored(number).unit_code == "JW"


def test_a_closed_case_whose_unit_turns_out_to_be_accused_stays_closed(desks: Desks) -> None:
    number = desks.case()
    desks.change(number, state=State.CLOSED)

    assert (
        desks.act("office", number, "recuse", unit="MZ", words="来件里说的是它").status_code == 303
    )

    assert (desks.stored(number).state, desks.stored(number).unit_code) == (State.CLOSED, "BGS")


def test_the_office_frees_a_unit_that_the_words_only_seemed_to_accuse(desks: Desks) -> None:
    number = desks.case(TIP_OFF, words="区民政局有人收了红包", policy="", problem="")
    assert "MZ" in desks.get("office", f"/staff/cases/{number}/lift-recusal").text
    refused = desks.act("office", number, "sort", unit="MZ")
    assert refused.status_code == 422
    assert "才能交给它" in refused.text

    answer = desks.act("office", number, "lift-recusal", unit="MZ", words="说的是别的单位")

    assert answer.status_code == 303
    assert desks.act("office", number, "sort", unit="MZ").status_code == 303
    assert desks.list("mz-officer") == [number]
    page = desks.get("mz-officer", f"/staff/cases/{number}").text
    assert "区民政局有人收了红包" in page
    assert "看不到这件" not in page
    assert "解除了回避" not in page
    assert "解除了回避" in desks.get("office", f"/staff/cases/{number}").text
    assert "lift-recusal" not in desks.get("office", f"/staff/cases/{number}").text


def test_whom_the_reporter_named_himself_stays_barred(desks: Desks) -> None:
    number = desks.case(TIP_OFF, accused="区民政局")
    assert "lift-recusal" not in desks.get("office", f"/staff/cases/{number}").text
    answer = desks.act("office", number, "lift-recusal", unit="MZ", words="我看不是")
    assert answer.status_code in {404, 409, 422}
    assert desks.list("mz-officer") == []
