"""Files that staff send: nothing reaches the reporter but what was released, as it was cleaned,
under a plain name; and nobody else sees more than the words they came with."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import unquote

import pytest
from PIL import Image
from sqlalchemy import event, select

from admin.system import worker
from intake.cases.attachment import Attachment
from portal.foundation import clock
from tests.admin.desk.people import COMPLAINT, NOISE, TIP_OFF, Desks, filled
from tests.admin.desk.reporter import page_of
from tests.admin.desk.sent_files import (
    FORM,
    MACROS,
    REPLY,
    SCAN,
    accepted,
    drafts,
    offered,
    on_page,
    sends,
)
from tests.intake.pages.files import RECORDING, files_on, kept, photo, save, saved, send_files
from tests.intake.pages.journey import opened, show
from tests.pages.checks import check_html


def test_a_question_brings_its_files_under_plain_names(desks_on_each: Desks) -> None:
    desks = desks_on_each
    number, code = accepted(desks)
    answer = sends(desks, "mz-officer", number, "ask", FORM, SCAN, words="请填附件1，寄回来")
    assert answer.status == 303, answer.text
    client = desks.deployment.citizen()
    page = show(client, code)
    form, picture = saved(client, code)

    assert check_html(page.html) == []
    assert form == RECORDING
    assert Image.open(io.BytesIO(picture)).size == (64, 48)
    assert "青萝巷口".encode() not in picture
    # What the officer's device called them isn't told, nor is it sealed where the reporter reads.
    assert "李科长" not in page.html
    assert "问您的事附件1.mp3" in page.text
    assert "问您的事附件2.jpg" in page.text
    name = save(client, page, code, files_on(page)[0]).headers["Content-Disposition"]
    assert unquote(name).endswith("''问您的事附件1.mp3")
    assert [desks.get("mz-officer", one).data for one in on_page(desks, "mz-officer", number)] == [
        form,
        picture,
    ]


def test_a_reply_brings_what_its_reviewer_opened(desks_on_each: Desks) -> None:
    desks = desks_on_each
    number, code = accepted(desks)
    drafts(desks, number, FORM, SCAN)
    assert files_on(page_of(desks, code)) == []

    review = desks.get("mz-head", f"/staff/cases/{number}/reply").text
    assert check_html(review) == []
    assert "李科长" in review
    assert "一起发给他的附件" in review
    assert "附件2：扫描.jpg" in review
    seen = [desks.get("mz-head", one) for one in offered(review)]
    assert [one.status_code for one in seen] == [200, 200]
    assert desks.get("mz-head", f"{offered(review)[1]}/pages/1/picture").status_code == 200
    assert on_page(desks, "mz-head", number) == offered(review)
    desks.through(number, ("mz-head", "reply", ""))

    page = page_of(desks, code)
    assert check_html(page.html) == []
    assert REPLY in page.text
    assert "答复附件1.mp3" in page.text
    assert "李科长" not in page.html
    assert saved(desks.deployment.citizen(), code) == [one.data for one in seen]
    case_page = desks.get("mz-officer", f"/staff/cases/{number}").text
    assert check_html(case_page) == []
    assert "答复附件2.jpg" in case_page


def test_what_was_sent_back_or_replaced_never_reaches_him(desks: Desks) -> None:
    number, code = accepted(desks)
    drafts(desks, number, FORM, ("错的.jpg", photo(colour="blue")), words="第一稿")
    desks.through(number, ("mz-head", "send-back", "附件2放错了"))
    begun = desks.get("mz-officer", f"/staff/cases/{number}").text
    assert check_html(begun) == []
    assert re.findall(r"附件(\d)：[^<]*</span>", begun) == ["1", "2"]
    dropped = re.findall(r'name="dropped_file"\s+value="([0-9a-f]{32})"', begun)[1]
    again = sends(
        desks,
        "mz-officer",
        number,
        "draft",
        ("对的.jpg", photo((32, 32))),
        words="第二稿",
        dropped_file=dropped,
    )
    assert again.status == 303
    desks.through(number, ("mz-head", "reply", ""))

    client = desks.deployment.citizen()
    page = show(client, code)
    form, picture = saved(client, code)
    assert form == RECORDING
    assert Image.open(io.BytesIO(picture)).size == (32, 32)
    # Even with its number he doesn't get what was left out.
    assert save(client, page, code, dropped).status_code == 404
    # For the unit it stays with the draft that it came with.
    assert any(dropped in one for one in on_page(desks, "mz-officer", number))


def test_a_draft_without_its_files_takes_them_along_no_more(desks: Desks) -> None:
    number, code = accepted(desks)
    drafts(desks, number, SCAN)
    desks.through(number, ("mz-head", "send-back", "不要附件"))
    page = desks.get("mz-officer", f"/staff/cases/{number}/draft").text
    (dropped,) = re.findall(r'name="dropped_file"\s+value="([0-9a-f]{32})"', page)
    sends(desks, "mz-officer", number, "draft", words=REPLY, dropped_file=dropped)

    assert on_page(desks, "mz-head", number, "reply") == []
    desks.through(number, ("mz-head", "reply", ""))
    assert files_on(page_of(desks, code)) == []


@pytest.mark.parametrize("act", ["draft", "ask"])
def test_a_file_that_is_not_taken_gives_words_and_good_files_back(desks: Desks, act: str) -> None:
    number, code = accepted(desks)
    refused = sends(desks, "mz-officer", number, act, MACROS, SCAN, words=REPLY)

    assert refused.status == 422
    assert check_html(refused.html) == []
    assert "这个文件里有宏，不能收" in refused.text
    assert REPLY in refused.html
    assert "扫描.jpg" in refused.text
    assert len(kept(refused)) == 1
    assert files_on(page_of(desks, code)) == []
    pressed_again = sends(desks, "mz-officer", number, act, page=refused)
    assert pressed_again.status == 303, pressed_again.text
    if act == "draft":
        desks.through(number, ("mz-head", "reply", ""))
    assert len(saved(desks.deployment.citizen(), code)) == 1


def test_more_can_be_added_before_anything_is_sent(desks: Desks) -> None:
    number, code = accepted(desks)
    page = sends(desks, "mz-officer", number, "ask", FORM, words="", more_files="y")
    assert (page.status, len(kept(page))) == (200, 1)
    assert check_html(page.html) == []
    sends(desks, "mz-officer", number, "ask", SCAN, page=page, words="请看附件")

    assert len(files_on(page_of(desks, code))) == 2


def test_no_more_than_ten_go_with_one_message(desks: Desks) -> None:
    number, _ = accepted(desks)
    many = [(f"{at}.mp3", RECORDING + bytes([at])) for at in range(9)]
    page = sends(desks, "mz-officer", number, "draft", *many, words=REPLY, more_files="y")
    refused = sends(desks, "mz-officer", number, "draft", *many[:2], page=page)

    assert refused.status == 422
    assert "一次最多收10个" in refused.text
    assert len(kept(refused)) == 10


def test_whoever_was_slower_keeps_his_files(desks: Desks) -> None:
    number, _ = accepted(desks)
    fresh = sends(desks, "mz-officer", number, "draft", SCAN, words=REPLY, more_files="y")
    desks.through(number, ("mz-second", "note", "我先记一笔"))
    late = sends(desks, "mz-officer", number, "draft", page=fresh)

    assert late.status == 409
    assert "有了变化" in late.text
    assert len(kept(late)) == 1
    assert sends(desks, "mz-officer", number, "draft", page=late).status == 303
    assert len(on_page(desks, "mz-head", number, "reply")) == 1


def test_what_one_form_keeps_is_worth_nothing_to_others(desks: Desks) -> None:
    number, _ = accepted(desks)
    other, _ = accepted(desks)
    mine = sends(desks, "mz-officer", number, "draft", SCAN, words=REPLY, more_files="y")
    for name, case in (("mz-second", number), ("mz-officer", other)):
        fresh = opened(desks.get(name, f"/staff/cases/{case}/draft"))
        fields = {**filled(fresh.html), "words": REPLY}
        path = f"/staff/cases/{case}/draft"
        refused = send_files(desks.at(name), path, fields, kept=kept(mine))
        assert refused.status == 422
        assert "没有留住。请再选一次" in refused.text


def test_for_another_unit_there_is_no_such_file(desks: Desks) -> None:
    number, _ = accepted(desks)
    other = desks.case(NOISE)
    desks.through(other, ("rs-officer", "sign-for", ""), ("rs-officer", "accept", ""))
    drafts(desks, number, SCAN)
    sends(desks, "mz-officer", number, "ask", FORM, words="请填")
    files = on_page(desks, "mz-officer", number)

    assert len(files) == 2
    assert on_page(desks, "rs-officer", other) == []
    for address in files:
        assert desks.get("rs-officer", address).status_code == 404
        assert desks.get("rs-officer", address.replace(number, other)).status_code == 404
        assert desks.get("clerk", address).status_code in {403, 404}
        assert desks.get("auditor", address).status_code in {403, 404}


def test_whom_a_tip_off_accuses_gets_nothing(desks: Desks) -> None:
    registered = desks.register(TIP_OFF, accused="区民政局")
    number, code = registered.case.number, registered.query_code
    desks.through(number, ("office", "sign-for", ""), ("office", "accept", ""))
    sent = sends(desks, "office", number, "draft", SCAN, words="查清了")
    assert sent.status == 303, sent.text
    files = on_page(desks, "office", number)
    assert len(files) == 1
    desks.through(number, ("office-head", "sign", ""))
    assert len(on_page(desks, "office-head", number, "release")) == 1
    desks.through(number, ("office-head", "release", ""))

    for name in ("mz-officer", "mz-head", "st-officer"):
        assert desks.get(name, files[0]).status_code == 404
        assert desks.get(name, f"/staff/cases/{number}").status_code == 404
    assert len(saved(desks.deployment.citizen(), code)) == 1
    assert "民政" not in page_of(desks, code).main.split("答复")[1].split("<h2>")[0]


def test_once_it_is_accused_the_unit_finds_its_own_file_no_more(desks: Desks) -> None:
    number, _ = accepted(desks)
    drafts(desks, number, SCAN)
    (address,) = on_page(desks, "mz-officer", number)
    barred = desks.act("office", number, "recuse", unit="MZ", words="附件里看出来的")
    assert barred.status_code == 303
    worker.run(desks.deployment.database, desks.deployment.settings, once=True)

    assert desks.get("mz-officer", address).status_code == 404
    assert desks.get("office", address).status_code == 200


def test_a_draft_that_waits_for_long_keeps_its_files(desks: Desks) -> None:
    now = clock.now()
    with clock.stopped_at(now):
        number, code = accepted(desks)
        drafts(desks, number, SCAN)
        sends(desks, "mz-second", number, "ask", FORM, words="", more_files="y")
    for hours in (2, 30):
        with clock.stopped_at(now + timedelta(hours=hours)):
            worker.run(desks.deployment.database, desks.deployment.settings, once=True)
    desks.browsers.clear()
    (address,) = on_page(desks, "mz-head", number, "reply")
    assert desks.get("mz-head", address).status_code == 200
    desks.through(number, ("mz-head", "reply", ""))

    assert len(saved(desks.deployment.citizen(), code)) == 1
    # What was uploaded for a question that nobody asked is gone.
    lying = [one for one in desks.deployment.settings.files_dir.rglob("*") if one.is_file()]
    assert [one.name for one in lying] == stored_names(desks)


def stored_names(desks: Desks) -> list[str]:
    with desks.deployment.database.reading() as session:
        return sorted(set(session.scalars(select(Attachment.stored))))


def test_an_act_without_files_keeps_none(desks: Desks) -> None:
    number, _ = accepted(desks)
    noted = sends(desks, "mz-officer", number, "note", SCAN, audience="internal", words="记一笔")

    assert noted.status == 303
    assert not [one for one in desks.deployment.settings.files_dir.rglob("*") if one.is_file()]


def test_files_cost_a_page_no_statement(desks: Desks) -> None:
    number, _ = accepted(desks)
    drafts(desks, number)
    without = statements(desks, number)
    drafts(desks, number, FORM, SCAN)

    assert statements(desks, number) <= without


def statements(desks: Desks, number: str) -> int:
    """How many statements the page takes on which the head releases a reply."""
    seen: list[str] = []
    engine = desks.deployment.staff.extensions["database"].engine
    path = f"/staff/cases/{number}/reply"
    desks.get("mz-head", path)
    event.listen(engine, "before_cursor_execute", lambda *given: seen.append(str(given[2])))
    desks.get("mz-head", path)
    return len(seen)


def test_a_case_is_declined_with_its_files(desks: Desks) -> None:
    registered = desks.register()
    number, code = registered.case.number, registered.query_code
    sent = sends(
        desks,
        "mz-officer",
        number,
        "propose-decline",
        SCAN,
        ground="final",
        door="",
        words="已经复核过，见附件1",
    )
    assert sent.status == 303, sent.text
    assert files_on(page_of(desks, code)) == []
    for act in ("", "decline", "refuse-decline"):
        (address,) = on_page(desks, "mz-head", number, act)
        assert desks.get("mz-head", address).status_code == 200
    desks.through(number, ("mz-head", "decline", ""))

    page = page_of(desks, code)
    assert check_html(page.html) == []
    assert "告知附件1.jpg" in page.text
    assert len(saved(desks.deployment.citizen(), code)) == 1


def test_a_refused_proposal_sends_nothing(desks: Desks) -> None:
    registered = desks.register()
    number, code = registered.case.number, registered.query_code
    typed = {"ground": "final", "words": "见附件1"}
    sends(desks, "mz-officer", number, "propose-decline", SCAN, page=None, **typed)
    desks.through(number, ("mz-head", "refuse-decline", "要接着办"))

    assert files_on(page_of(desks, code)) == []
    assert len(on_page(desks, "mz-officer", number)) == 1


def test_what_a_device_called_a_file_is_sealed(desks: Desks) -> None:
    number, _ = accepted(desks)
    drafts(desks, number, ("绝密.jpg", SCAN[1]))
    desks.through(number, ("mz-head", "reply", ""))
    with desks.deployment.database.reading() as session:
        rows = session.scalars(select(Attachment).order_by(Attachment.id)).all()
        shared = {one.stored for one in rows}
        sealed = b"".join(one.sealed for one in rows)

    assert (len(rows), len(shared)) == (2, 1)
    assert "绝密".encode() not in sealed


def test_what_staff_sent_is_no_part_of_what_is_split_off(desks: Desks) -> None:
    number, _ = accepted(desks, draft=replace(COMPLAINT, words="高龄津贴没发。社保补贴也没到账。"))
    sends(desks, "mz-officer", number, "ask", SCAN, words="请看")

    assert 'name="files"' not in desks.get("office", f"/staff/cases/{number}/split").text
