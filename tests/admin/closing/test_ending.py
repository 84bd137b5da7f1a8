"""The end of the campaign: by two people, said on every public page, undone with a reason; and no
message is lost after it."""

from __future__ import annotations

import re

from intake.rules.lifecycle import State
from portal.foundation.staff import Role
from tests.admin.closing.closing_time import (
    HOME,
    LIST,
    close_campaign,
    events,
    kept,
    read,
    takes,
)
from tests.admin.desk.people import TIP_OFF, Desks
from tests.admin.desk.reporter import page_of
from tests.deployments import CAMPAIGNS, Deployment
from tests.pages.checks import check_html

PUBLIC = ("/", "/report", "/report/complaint", "/progress", "/policies", "/results", "/help")


def test_two_people_close_it_once_everything_was_decided(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-11-30"):
        desks.case()
        assert "治理收尾：没有定去向</a><b>1件" in read(desks, "office", "/staff/office")
        for name in ("office", "office-head"):
            answer = takes(desks, name, "prepare")
            assert answer.status_code == 409
            assert "还有没办结的件没有定去向" in answer.text
        kept(desks)
        assert takes(desks, "office", "prepare").status_code == 303
        assert "报的人自己不能结束" in read(desks, "office")
        assert takes(desks, "office", "close").status_code == 409
        # What came meanwhile is decided about first.
        late = desks.case()
        assert takes(desks, "office-head", "close").status_code == 409
        kept(desks, late)
        answer = takes(desks, "office-head", "close")
        assert answer.status_code == 303
        assert events(desks, "campaign_closed") == [{"on": "2022-11-30", "kept": 2, "handed_on": 0}]
        page = read(desks, "office")
        assert "专项治理2022年11月30日结束了" in page
        assert "办公甲报请，办公乙结束" in page
        assert "专项治理2022年11月30日结束了" in read(desks, "office", "/staff/office")
        assert "专项治理2022年11月30日结束了" in read(desks, "auditor")


def test_the_head_cant_close_what_he_asked_for_himself(desks: Desks) -> None:
    assert takes(desks, "office-head", "prepare").status_code == 303
    answer = takes(desks, "office-head", "close")
    assert answer.status_code == 409
    assert "报请的人不能自己结束" in answer.text
    assert takes(desks, "office", "take-back").status_code == 303
    assert events(desks, "closing_taken_back") == [{}]
    assert takes(desks, "office", "prepare").status_code == 303
    assert takes(desks, "office-head", "close").status_code == 303


def test_every_public_page_says_so_and_forgets_it_when_it_is_undone(desks: Desks) -> None:
    with desks.on("2022-11-30"):
        citizen = desks.deployment.citizen()
        assert all("结束了" not in citizen.get(path).text for path in PUBLIC)
        close_campaign(desks)
        for path in PUBLIC:
            page = citizen.get(path).text
            assert "专项治理2022年11月30日结束了。新的事找区财政局" in page, path
            assert check_html(page, thorough=False) == []
        for path in ("/report", "/report/complaint"):
            assert "照样登记，先由办公室看" in citizen.get(path).text
        assert takes(desks, "office", "reopen", words="再查").status_code == 409
        assert takes(desks, "office-head", "reopen", words=" ").status_code == 422
        answer = takes(desks, "office-head", "reopen", words="省里要求延长一个月")
        assert answer.status_code == 303
        assert all("结束了" not in citizen.get(path).text for path in PUBLIC)
        page = read(desks, "office")
        assert "省里要求延长一个月" in page
        assert "办公乙重新打开" in page
        assert events(desks, "campaign_reopened") == [{}]
        # It can be closed again.
        close_campaign(desks)
        assert "结束了" in citizen.get("/").text


def test_loading_the_campaign_again_doesnt_reopen_it(desks: Desks) -> None:
    with desks.on("2022-11-30"):
        close_campaign(desks)
        done = desks.deployment.run("campaign", "load", str(CAMPAIGNS / "jianghan-2022"))
        assert done.exit_code == 0, done.output
        assert "结束了" in desks.deployment.citizen().get("/").text


def test_what_comes_afterwards_is_registered_and_goes_to_the_office(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-11-30"):
        close_campaign(desks)
    with desks.on("2022-12-05"):
        late = desks.register()
        case = desks.stored(late.case.number)
        assert (case.unit_code, case.state) == ("BGS", State.REGISTERED)
        assert desks.list("office", "tab=triage") == [case.number]
        assert desks.list("mz-officer", "tab=open") == []
        assert "先由领导小组办公室收下，看过再转给管的单位" in page_of(desks, late.query_code).text
        # The office sends it to whom the rules would have: they are still shown.
        form = desks.form("office", case.number, "sort")
        assert form["unit"] == "MZ"
        assert desks.act("office", case.number, "sort", unit="MZ").status_code == 303
        assert desks.list("mz-officer", "tab=assigned") == [case.number]
        # Whoever is accused gets it after the end as little as before.
        against_us = desks.register(TIP_OFF, accused="领导小组办公室", words="办公室的人扣了钱")
        assert desks.stored(against_us.case.number).unit_code == "JW"
        assert desks.get("office", f"/staff/cases/{against_us.case.number}").status_code == 404


def test_before_sending_a_citizen_reads_where_it_will_go(desks: Desks) -> None:
    with desks.on("2022-11-30"):
        close_campaign(desks)
        citizen = desks.deployment.citizen()
        page = citizen.get("/report/complaint").text
        fields = dict(re.findall(r'name="(csrf_token|submission_id)"[^>]*value="([^"]+)"', page))
        typed = {"words": "高龄津贴没有发", "policy": "MZ11", "check": "yes"}
        shown = citizen.post("/report/complaint", data=fields | typed)
        assert shown.status_code == 200
        assert "先由领导小组办公室收下" in shown.text


def test_nobody_else_closes_or_opens_it(desks: Desks) -> None:
    for name in ("mz-head", "discipline", "auditor", "admin", "clerk"):
        for step in ("prepare", "close", "take-back", "reopen"):
            assert desks.get(name, f"{HOME}/{step}").status_code == 404
    desks.deployment.add_staff("mz-office", ("MZ", Role.OFFICE_HEAD))
    stranger = desks.deployment.officer("mz-office")
    assert stranger.get(f"{HOME}/prepare").status_code == 404
    assert stranger.get(LIST).status_code == 404


def test_who_was_slower_learns_of_it(desks: Desks) -> None:
    stale = desks.get("office-head", f"{HOME}/prepare").text
    assert takes(desks, "office", "prepare").status_code == 303
    fields = dict(re.findall(r'name="(csrf_token|seen)"[^>]*value="([^"]+)"', stale))
    answer = desks.at("office-head").post(f"{HOME}/prepare", data=fields)
    assert answer.status_code == 409
    assert "收尾有了变化" in answer.text


def test_either_campaign_says_whom_people_turn_to(each_campaign: Deployment) -> None:
    for name, role in (("office", Role.OFFICE), ("head", Role.OFFICE_HEAD)):
        each_campaign.add_staff(name, ("BGS", role))
    desks = Desks(each_campaign)
    desks.browsers.update(
        {"office": each_campaign.officer("office"), "office-head": each_campaign.officer("head")}
    )
    close_campaign(desks)
    page = each_campaign.citizen().get("/").text
    assert re.search(r"新的事找(区财政局|区残疾人联合会)，电话", page)
