"""Referring what accuses somebody: by whom it concerns, to whom, and what is seen of it."""

from __future__ import annotations

import hashlib

import pytest

from intake.cases.case import Identity
from intake.cases.referral import ReferralState
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.admin.desk.people import COMPLAINT, NOISE, TIP_OFF, Desks
from tests.admin.desk.reporter import page_of
from tests.admin.desk.sent_files import REPLY, accepted, drafts
from tests.admin.referrals.steps import (
    REASON,
    carry,
    due_on,
    find,
    opened,
    passphrase_in,
    press,
    read,
    refer,
    send,
    step,
    stored,
    tip_off,
)
from tests.deployments import Deployment
from tests.intake.attachments.samples import letter

SECRET = "他在青萝巷口收的钱"
LOCAL = ("mz-officer", "mz-head", "rs-officer", "clerk", "publisher")


def test_a_body_with_an_account_reads_what_it_is_referred(desks_on_each: Desks) -> None:
    desks = desks_on_each
    noise = desks.case(NOISE)
    number = tip_off(desks, words=SECRET).case.number
    read(desks, "discipline", f"/staff/cases/{number}", 404)

    key = find(desks, number)
    read(desks, "discipline", f"/staff/referrals/{key}", 404)
    read(desks, "discipline", f"/staff/cases/{number}", 404)
    assert step(desks, "office", key, "agree").status_code == 409
    assert step(desks, "office-head", key, "agree").status_code == 303

    assert SECRET in read(desks, "discipline", f"/staff/cases/{number}")
    page = read(desks, "discipline", f"/staff/referrals/{key}")
    assert REASON in page
    assert number in read(desks, "discipline", "/staff/referrals")
    assert noise not in read(desks, "discipline", "/staff/referrals")
    read(desks, "discipline", f"/staff/cases/{noise}", 404)
    # The case goes on where it was.
    after = desks.stored(number)
    assert (after.unit_code, after.referred, after.state.is_open) == ("MZ", True, True)
    assert SECRET in read(desks, "mz-officer", f"/staff/cases/{number}")


def test_a_body_learns_who_wrote_only_where_that_was_decided(desks: Desks) -> None:
    given = {"identity": Identity.PHONE, "contact_phone": "13900001234"}
    for contact, status in ({}, 404), ({"with_contact": "y"}, 200):
        number = desks.case(TIP_OFF, **given)
        refer(desks, number, **contact)
        path = f"/staff/cases/{number}/identity"
        assert desks.get("discipline", path).status_code in {status, 409 if status == 404 else 200}
        answer = send(desks, "discipline", path, reason="ask") if status == 200 else None
        if answer is not None:
            assert "13900001234" in answer.text


def test_here_it_is_seen_only_that_it_was_referred(desks: Desks) -> None:
    number = tip_off(desks).case.number
    before = read(desks, "mz-officer", f"/staff/cases/{number}")
    key = find(desks, number)
    assert read(desks, "mz-officer", f"/staff/cases/{number}") == before

    step(desks, "office-head", key, "agree")
    step(desks, "discipline", key, "progress", stage="opened", words="已立案审查")
    step(
        desks,
        "discipline",
        key,
        "conclude",
        outcome="punished",
        words="给予警告处分",
        on=clock.today().isoformat(),
    )

    page = read(desks, "mz-officer", f"/staff/cases/{number}")
    assert page.count("已移送") == 2  # The mark, and the line of what happened.
    for secret in ("纪委", "立案", "处分", "警告", "了结", REASON, key):
        assert secret not in page
    for name in LOCAL:
        read(desks, name, "/staff/referrals", 404)
        read(desks, name, f"/staff/referrals/{key}", 404)
        read(desks, name, f"/staff/cases/{number}/referrals", 404)
        assert step(desks, name, key, "progress").status_code == 404
    assert "已移送" in desks.get("mz-officer", "/staff/cases?tab=open").text


def test_the_accused_find_nothing_of_it(desks: Desks) -> None:
    # One of the two people of the body that would have it is accused himself.
    desks.deployment.add_staff("reader", ("JW", Role.DISCIPLINE), display="沈某样例")
    desks.browsers["reader"] = desks.deployment.officer("reader")
    by_unit = desks.case(TIP_OFF, accused="区民政局", words=SECRET)
    by_name = desks.case(TIP_OFF, accused="沈某样例", words=SECRET)
    pages = ("/staff/cases?tab=open", "/staff/referrals", "/staff/filing", "/staff/cases/search")
    names = ("mz-officer", "mz-head", "reader")
    for name in names:
        desks.at(name)
    before = {(name, path): desks.get(name, path).data for name in names for path in pages}

    keys = {"MZ": refer(desks, by_unit, "above"), "reader": refer(desks, by_name)}

    for name in names:
        for path in pages:
            assert desks.get(name, path).data == before[name, path], (name, path)
        key = keys["reader" if name == "reader" else "MZ"]
        read(desks, name, f"/staff/referrals/{key}", 404)
        for slug in ("agree", "file", "passphrase", "progress", "delivery"):
            assert press(desks, name, key, slug).status_code == 404
        read(desks, name, f"/staff/cases/{by_name if name == 'reader' else by_unit}", 404)
    # His colleague reads it.
    assert SECRET in read(desks, "discipline", f"/staff/cases/{by_name}")


def test_a_body_that_is_accused_gets_nothing(desks: Desks) -> None:
    number = desks.case(TIP_OFF)
    desks.act("office", number, "recuse", unit="JW", words="说的是它")
    # Now the body above decides, which has no account: the office can't refer it any more.
    read(desks, "office", f"/staff/cases/{number}/referrals/new", 404)

    other = desks.case(TIP_OFF)
    key = find(desks, other)
    assert desks.act("office", other, "recuse", unit="JW", words="说的是它").status_code == 303
    assert step(desks, "office-head", key, "agree").status_code == 404
    read(desks, "discipline", f"/staff/cases/{other}", 404)


@pytest.mark.parametrize(
    ("level", "body", "by_hand"),
    [
        ("grassroots", "JW", False),
        ("district", "JW", False),
        ("above", "SJW", True),
        ("private_crime", "GA", True),
        ("private_dispute", "FY", True),
    ],
)
def test_the_level_suggests_the_body(desks: Desks, level: str, body: str, by_hand: bool) -> None:
    desks.at("discipline")
    key = refer(desks, desks.case(TIP_OFF), level)

    found = stored(desks, key)
    assert (found.unit_code, found.by_hand) == (body, by_hand)
    expected = ReferralState.DECIDED if by_hand else ReferralState.REFERRED
    assert found.state is expected


def test_both_campaigns_say_to_whom(each_campaign: Deployment) -> None:
    with each_campaign.database.reading() as session:
        found = book(session).campaign.referral
        bodies = {one["body"] for one in found["levels"]}
        assert found["remind_every"] == 20
        assert bodies == {"JW", "SJW", "GA", "FY"}


def test_two_people_carry_it_to_a_body_without_an_account(desks_on_each: Desks) -> None:
    desks = desks_on_each
    registered = tip_off(desks, words=SECRET, identity=Identity.PHONE, contact_phone="13900001234")
    number = registered.case.number
    key = refer(desks, number, "private_crime")
    assert "已转有权机关" not in page_of(desks, registered.query_code).text
    assert press(desks, "office", key, "delivery").status_code in {409, 422}

    content = press(desks, "office", key, "file")
    assert content.status_code == 200
    assert SECRET.encode() not in content.data
    refused = press(desks, "office", key, "passphrase")
    assert refused.status_code == 409
    assert "口令要由另一个人取" in refused.text
    page = press(desks, "office-head", key, "passphrase")
    files = opened(content.data, passphrase_in(page.text))

    assert sorted(files) == sorted(["说明.txt", "内容.txt", "移送的理由.txt"])
    assert SECRET in files["内容.txt"]
    assert REASON in files["移送的理由.txt"]
    assert "13900001234" not in "".join(files.values())
    assert "移交公安机关" in files["说明.txt"]
    for name in ("内容.txt", "移送的理由.txt"):
        as_stored = files[name].encode("utf-8-sig")
        assert f"{name}　{hashlib.sha256(as_stored).hexdigest()}" in files["说明.txt"]
    assert press(desks, "office-head", key, "passphrase").status_code == 409

    day = clock.today().isoformat()
    answer = step(desks, "office", key, "delivery", on=day, receipt="公受字7号")
    assert answer.status_code == 303
    assert "已转有权机关" in page_of(desks, registered.query_code).text
    assert "公受字7号" in read(desks, "office", f"/staff/referrals/{key}")
    assert "公受字7号" not in read(desks, "mz-officer", f"/staff/cases/{number}")


def test_a_file_taken_anew_makes_the_old_one_worthless(desks: Desks) -> None:
    key = refer(desks, desks.case(TIP_OFF), "private_crime", with_contact="y")
    old = press(desks, "office", key, "file").data
    new = press(desks, "office", key, "file").data
    passphrase = passphrase_in(press(desks, "office-head", key, "passphrase").text)

    assert "内容.txt" in opened(new, passphrase)
    with pytest.raises(RuntimeError):
        opened(old, passphrase)


def test_the_package_holds_the_files_of_the_reply_that_it_holds(desks: Desks) -> None:
    number, _ = accepted(desks)
    drafts(desks, number, ("处理结果-张科.docx", letter()))
    desks.through(number, ("mz-head", "reply", ""))
    said = carry(desks, refer(desks, number, "private_crime"))["内容.txt"]

    assert REPLY in said
    assert "附件01.docx　答复附件1.docx" in said
    assert "张科" not in said


def test_it_can_go_to_another_body_as_well_and_neither_reads_of_the_other(desks: Desks) -> None:
    number = desks.case(TIP_OFF)
    first = refer(desks, number)
    again = send(
        desks, "office", f"/staff/cases/{number}/referrals/new", level="district", words=REASON
    )
    assert again.status_code == 409
    second = refer(desks, number, "private_crime")
    carry(desks, second)
    day = clock.today().isoformat()
    assert step(desks, "office", second, "delivery", on=day).status_code == 303

    read(desks, "discipline", f"/staff/referrals/{first}")
    read(desks, "discipline", f"/staff/referrals/{second}", 404)
    page = read(desks, "office", f"/staff/cases/{number}/referrals")
    assert "区纪委监委" in page
    assert "公安机关" in page


def test_what_comes_back_is_seen_no_more_and_the_mark_goes(desks: Desks) -> None:
    registered = tip_off(desks)
    number = registered.case.number
    key = refer(desks, number)
    assert "已转有权机关" in page_of(desks, registered.query_code).text

    answer = step(desks, "discipline", key, "return", words="不归我们管")

    assert answer.status_code == 303
    read(desks, "discipline", f"/staff/cases/{number}", 404)
    assert "已移送" not in desks.get("mz-officer", "/staff/cases?tab=open").text
    assert "已转有权机关" not in page_of(desks, registered.query_code).text
    assert "不归我们管" in read(desks, "office", f"/staff/referrals/{key}")
    assert refer(desks, number) != key


def test_what_is_refused_reaches_nobody(desks: Desks) -> None:
    number = desks.case(TIP_OFF)
    key = find(desks, number)

    assert step(desks, "office-head", key, "refuse", words="只是算错了").status_code == 303

    assert stored(desks, key).state is ReferralState.REFUSED
    assert not desks.stored(number).referred
    assert due_on(desks, number, "refer") is None
    assert step(desks, "office-head", key, "agree").status_code == 409


def test_other_kinds_go_on_and_say_that_a_part_was_referred(desks: Desks) -> None:
    registered = desks.register(COMPLAINT)
    refer(desks, registered.case.number, "private_crime")
    assert "已转有权机关" not in page_of(desks, registered.query_code).text
    other = desks.register(COMPLAINT)
    refer(desks, other.case.number)

    page = page_of(desks, other.query_code).text
    assert "已交给区民政局" in page
    assert "其中要由有权机关查的，已转有权机关。" in page
