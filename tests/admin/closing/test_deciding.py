"""With whom open cases go on: kept or handed on, many at once, and no date moves."""

from __future__ import annotations

import re
from typing import Any

import pytest

from intake.cases.case import Case
from intake.rules.lifecycle import State
from portal.foundation.staff import Role
from tests.admin.closing.closing_time import (
    HOME,
    LIST,
    boxes,
    close_campaign,
    decide,
    events,
    kept,
    listed,
    read,
    tabs,
)
from tests.admin.desk.people import NOISE, TIP_OFF, UNCLEAR, Desks
from tests.admin.desk.reporter import page_of
from tests.admin.supervision.supervised import statements
from tests.deployments import Deployment

WHY = "治理结束以后归日常工作办"


def dates(case: Case) -> tuple[Any, ...]:
    return case.due_on, case.due_clock, case.answer_by, case.state


def test_every_figure_counts_the_rows_that_its_list_shows(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-11-28"):
        mine = [desks.case() for _ in range(3)]
        theirs, unclear = desks.case(NOISE), desks.case(UNCLEAR)
        tip_off = desks.case(TIP_OFF, accused="民意街道办事处", words="民意街道的人扣了钱")
        gone = desks.case()
        desks.change(gone, state=State.CLOSED)
        kept(desks, mine[0], theirs)
        answer = decide(
            desks, "office", mine[1], way="handed_on", target="body:hotline-12345", words=WHY
        )
        assert answer.status_code == 303
        page = read(desks, "office")
        assert "一共6件" in page
        for address, number in re.findall(
            r'<a href="(/staff/closing/cases\?[^"]+)">(\d+)<span class="hidden">件', page
        ):
            assert len(listed(desks, "office", address.split("?")[1].replace("&amp;", "&"))) == int(
                number
            ), address
        assert tabs(desks, "office") == {"全部未结": 6, "还没有定": 3, "留办": 2, "移交": 1}
        assert set(listed(desks, "office", "part=undecided")) == {mine[2], unclear, tip_off}
        assert set(listed(desks, "office", "part=all&unit=MZ")) == {*mine, tip_off} - (
            {tip_off} if desks.stored(tip_off).unit_code != "MZ" else set()
        )
        assert listed(desks, "office", "part=all&kind=tip-off") == [tip_off]
        for part, number in re.findall(
            r'"(/staff/(?:problems|orders)\?[^"]+)">[^<]+</a><b>(\d+)', page
        ):
            assert number == "0", part


def test_what_was_decided_moves_no_date_and_its_reporter_reads_who_goes_on(desks: Desks) -> None:
    with desks.on("2022-11-28"):
        accepted = desks.register()
        number = accepted.case.number
        desks.through(number, ("mz-officer", "sign-for", ""), ("mz-officer", "accept", ""))
        tip_off = desks.register(TIP_OFF)
        before = [dates(desks.stored(one.case.number)) for one in (accepted, tip_off)]
        answer = decide(desks, "office", way="handed_on", target="body:hotline-12345", words=WHY)
        assert answer.status_code == 303
        assert [dates(desks.stored(one.case.number)) for one in (accepted, tip_off)] == before
        page = page_of(desks, accepted.query_code).text
        assert "专项治理结束以后，这件由市长热线接着办，期限不变。" in page
        assert "12345" in page
        assert WHY not in page
        # Of a tip-off nobody is named, before the end or after it.
        hush = page_of(desks, tip_off.query_code).html.split("<main")[1].split("<footer")[0]
        assert "接着办" not in hush
        assert "市长热线" not in hush
        own = desks.get("mz-officer", f"/staff/cases/{number}").text
        assert "移交市长热线接着办" in own
        assert WHY in own
        close_campaign(desks)
        assert "专项治理结束了，这件由市长热线接着办" in page_of(desks, accepted.query_code).text
        told = page_of(desks, tip_off.query_code).html.split("<main")[1].split("<footer")[0]
        assert "您这件不受影响，期限不变" in told
        assert "12388" in told
        assert "民政局" not in told
        assert [dates(desks.stored(one.case.number)) for one in (accepted, tip_off)] == before


def test_a_unit_with_a_desk_gets_the_case_unless_it_is_too_far_on(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-11-28"):
        fresh, accepted = desks.register(), desks.register()
        for act in ("sign-for", "accept"):
            desks.through(accepted.case.number, ("mz-officer", act, ""))
        answer = decide(desks, "office", way="handed_on", target="RS", words=WHY)
        assert answer.status_code == 409
        assert WHY in answer.text
        assert f"{accepted.case.number}：已经受理或者结束，不能换单位" in answer.text
        assert [one.partition(".")[0] for one in boxes(answer.text, ticked=True)] == [
            accepted.case.number
        ]
        number = fresh.case.number
        assert desks.list("rs-officer", "tab=assigned") == [number]
        assert desks.list("mz-officer", "tab=open") == [accepted.case.number]
        assert "区人力资源局接着办" in page_of(desks, fresh.query_code).text
        assert WHY in desks.get("rs-officer", f"/staff/cases/{number}").text
        assert events(desks, "handed_on") == [{"unit": "RS", "body": None}]
        assert events(desks, "transferred")[-1] == {"unit": "RS"}
        # Later it changes hands again: the reporter reads who has it then.
        desks.act("office", number, "sort", unit="CL", report_by="2022-12-20")
        assert "区残疾人联合会接着办" in page_of(desks, fresh.query_code).text


def test_an_accused_unit_never_goes_on_with_a_case(desks: Desks) -> None:
    with desks.on("2022-11-28"):
        accusation = desks.case(TIP_OFF, accused="民意街道办事处", words="民意街道的人扣了钱")
        complaint = desks.register()
        answer = decide(desks, "office", accusation, way="handed_on", target="ST05", words=WHY)
        assert answer.status_code == 409
        assert "要回避这个单位" in answer.text
        assert (
            decide(
                desks, "office", complaint.case.number, way="handed_on", target="GA", words=WHY
            ).status_code
            == 303
        )
        assert listed(desks, "office", "part=handed-on") == [complaint.case.number]
        # Accused afterwards, it goes on no more: somebody has to decide again.
        desks.act("office", complaint.case.number, "recuse", unit="GA", words="说的是它")
        assert listed(desks, "office", "part=handed-on") == []
        assert complaint.case.number in listed(desks, "office", "part=undecided")
        assert "公安机关" not in page_of(desks, complaint.query_code).html.split("<main")[1]


def test_what_was_typed_stays_and_says_what_is_missing(desks: Desks) -> None:
    number = desks.case()
    refusals: tuple[tuple[dict[str, Any], str], ...] = (
        ({}, "请选留办还是移交"),
        ({"way": "handed_on", "words": WHY}, "请选移交给谁"),
        ({"way": "handed_on", "target": "RS"}, "移交要写明为什么"),
        ({"way": "kept", "case": [], "words": WHY}, "还没有勾"),
    )
    for typed, missing in refusals:
        answer = decide(desks, "office", **typed)
        assert answer.status_code == 422
        assert missing in answer.text
        assert typed.get("words", "") in answer.text
    page = read(desks, "office", LIST)
    desks.act("office", number, "note", words="先记一笔")
    fields = {"case": boxes(page), "way": "kept", "target": "", "words": "留着"}
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    answer = desks.at("office").post(LIST, data={**fields, "csrf_token": token[1]})
    assert answer.status_code == 409
    assert "有了变化" in answer.text
    assert "留着" in answer.text
    assert listed(desks, "office", "part=kept") == []


def test_a_decision_can_be_taken_anew(desks: Desks) -> None:
    number = desks.case()
    kept(desks, number)
    assert "照旧在这里办" in desks.get("office", f"/staff/cases/{number}").text
    answer = decide(
        desks, "office", query=f"number={number}", way="handed_on", target="FY", words=WHY
    )
    assert answer.status_code == 303
    assert tabs(desks, "office") == {"全部未结": 1, "还没有定": 0, "留办": 0, "移交": 1}


def test_who_decides_about_a_sealed_case_says_how_it_goes_on(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-11-28"):
        other = desks.case()
        before = {
            (name, path): desks.get(name, path).data
            for name in ("office", "office-head")
            for path in (HOME, LIST, "/staff/office")
        }
        sealed = desks.register(TIP_OFF, accused="领导小组办公室", words="办公室的人扣了钱")
        number = sealed.case.number
        for (name, path), data in before.items():
            assert desks.get(name, path).data == data, (name, path)
        assert listed(desks, "discipline") == [number]
        kept(desks, name="discipline")
        assert listed(desks, "office", "part=all") == [other]
        # It keeps nobody from closing the campaign.
        close_campaign(desks)
        assert "您这件不受影响" in page_of(desks, sealed.query_code).text


def test_figures_only_for_the_auditor_and_nothing_for_the_rest(desks: Desks) -> None:
    number = desks.case()
    page = read(desks, "auditor")
    assert "区民政局" in page
    assert number not in page
    assert LIST not in page
    for name in ("mz-officer", "mz-head", "clerk", "publisher", "admin"):
        assert desks.get(name, HOME).status_code == 404
    for name in ("auditor", "mz-head", "admin"):
        assert desks.get(name, LIST).status_code == 404
        assert desks.at(name).post(LIST, data={}).status_code in {400, 404}
    # What accuses the auditor himself isn't in his figures.
    desks.case(TIP_OFF, accused="区审计局", words="审计局的人收了红包")
    assert read(desks, "auditor") == page


def test_a_list_costs_the_same_however_many_there_are(desks: Desks) -> None:
    with desks.on("2022-11-28"):
        desks.case()
        desks.case(NOISE)
        few = _costs(desks)
        for _ in range(8):
            desks.case()
        assert _costs(desks) == few
        assert max(few) <= 26


def _costs(desks: Desks) -> list[int]:
    costs = []
    for path in (HOME, f"{LIST}?part=all"):
        desks.get("office", path)
        with statements(desks) as sent:
            desks.get("office", path)
        costs.append(len(sent))
    return costs


def test_pages_of_a_list_hold_each_case_once(desks: Desks) -> None:
    with desks.on("2022-11-28"):
        made = [desks.case() for _ in range(53)]
        first = read(desks, "office", f"{LIST}?part=undecided")
        following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
        second = boxes(read(desks, "office", following.replace("&amp;", "&")))
        numbers = [one.partition(".")[0] for one in [*boxes(first), *second]]
        assert (len(second), sorted(numbers)) == (3, sorted(made))


@pytest.mark.parametrize("body", ["body:nobody", "CM0101", "XX"])
def test_nobody_else_can_be_chosen(desks: Desks, body: str) -> None:
    desks.case()
    answer = decide(desks, "office", way="handed_on", target=body, words=WHY)
    assert answer.status_code == 422


def test_either_campaign_names_its_own_bodies(each_campaign: Deployment) -> None:
    each_campaign.add_staff("office", ("BGS", Role.OFFICE))
    page = each_campaign.officer("office").get(f"{LIST}?part=all")
    assert page.status_code == 200
    after = each_campaign.officer("office").get(HOME).text
    assert "治理收尾" in after
