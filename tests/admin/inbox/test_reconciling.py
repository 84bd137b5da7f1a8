"""What the provider took and never brought to our door is registered, once, and its sender told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from admin.inbox.reconciling import InboxIsShut
from intake.cases.inbound_text import InboundText, TextOptOut
from intake.cases.message import MessageKind
from intake.vault.query_codes import read_code
from portal.foundation import clock
from tests.admin.inbox.conftest import Line
from tests.fakes import CITIZEN, Twilio, message_id
from tests.intake.pages.journey import show
from tests.intake.sms.stored import code_in, count, letters, mistyped
from tests.intake.sms.test_away import away

WORDS = "我妈的高龄津贴三个月没发了"


def test_what_never_came_is_registered_once_and_its_sender_told(
    line_on_each_database: Line,
) -> None:
    line = line_on_each_database
    line.text_at_the_door("低保的钱也没到")
    line.text(WORDS)
    line.later(minutes=2)
    # It came just now: it may be on its way to the door.
    assert line.reconcile() == 0

    line.later(minutes=2)
    assert line.reconcile() == 1
    assert line.reconcile() == 0
    _, case = line.cases()
    assert letters(line.deployment, case, case.unit_code, MessageKind.WORDS) == [WORDS]
    assert letters(line.deployment, case, case.unit_code, MessageKind.CONTACT) == [CITIZEN[3:]]
    receipt, promised = line.send()
    assert case.number in receipt
    assert "最晚2022年" in promised
    code = read_code(receipt.partition("查询码：")[2].partition("。")[0])
    assert case.number in show(line.deployment.citizen(), code).text


def test_the_door_s_call_that_comes_after_all_is_the_same_message(line: Line) -> None:
    sid = line.text(WORDS)
    line.later(minutes=5).reconcile()
    client = line.deployment.citizen()
    assert Twilio(line.settings).text(client, WORDS, sid=sid) == code_free_answer(line)
    assert len(line.cases()) == 1


def code_free_answer(line: Line) -> list[str]:
    """What the door answers to a message that was taken in without it: what anybody is answered
    whose message comes twice."""
    again = line.inbox.texts[0]
    return Twilio(line.settings).text(line.deployment.citizen(), again["body"], sid=again["sid"])


def test_its_days_count_from_when_it_came(line: Line) -> None:
    line.text(WORDS)
    line.later(days=2).reconcile()
    (case,) = line.cases()
    assert case.registered_on == date(2022, 6, 15)


def test_who_wrote_twice_is_heard_in_his_own_order(line: Line) -> None:
    code = code_in(line.text_at_the_door(WORDS))
    line.text(f"补{code} 还有四月的")
    line.later(seconds=30).text(f"补{code} 还有五月的")
    assert line.later(minutes=5).reconcile() == 2
    page = show(line.deployment.citizen(), code).text
    assert 0 < page.index("还有四月的") < page.index("还有五月的")
    assert len(line.cases()) == 1


def test_commands_are_obeyed_too(line: Line) -> None:
    line.text("退订")
    line.text("帮助")
    assert line.later(minutes=5).reconcile() == 2
    assert count(line.deployment, TextOptOut) == 1
    assert line.send() == []


def test_what_waits_in_the_spool_is_left_to_its_turn(line_on_each_database: Line) -> None:
    line = line_on_each_database
    with away(line.deployment):
        line.text_at_the_door(WORDS)
    assert line.later(minutes=5).reconcile() == 0
    assert count(line.deployment, InboundText) == 0


def test_ours_and_what_goes_out_is_nobody_s_text(line: Line) -> None:
    line.inbox.text("我们自己发的", sender=line.inbox.number, came_at=line.now)
    line.inbox.text("发出去的", direction="outbound-api", came_at=line.now)
    line.inbox.text("没有号", sid="SMwrong", came_at=line.now)
    assert line.later(minutes=5).reconcile() == 0


def test_page_by_page(line: Line) -> None:
    line.inbox.page_size = 2
    for number in range(5):
        line.text(f"{WORDS}，第{number}件", sender=f"+861391234567{number}")
    assert line.later(minutes=5).reconcile() == 5


def test_it_looks_back_to_where_the_list_was_last_read_to_its_end(line: Line) -> None:
    line.reconcile()
    line.later(minutes=10).text(WORDS)
    # Door and list are shut for nine days; then a text comes by the door first.
    line.later(days=9).text_at_the_door("低保的钱也没到")
    line.inbox.listed.append(503)
    with pytest.raises(InboxIsShut):
        line.reconcile()
    assert line.reconcile() == 1
    # What is older than three days was looked at before.
    line.inbox.text("很久以前的", came_at=line.now.replace(month=1))
    assert line.reconcile() == 0


def test_pictures_whose_list_fails_keep_no_other_text_waiting(line: Line) -> None:
    line.text("有照片", pictures=(b"a picture",))
    line.text(WORDS)
    line.later(minutes=5)
    line.inbox.media_listed.append(503)
    with pytest.raises(InboxIsShut):
        line.reconcile()
    assert len(line.cases()) == 1
    assert line.reconcile() == 1


def test_further_words_with_a_wrong_code_are_a_case_of_their_own(line: Line) -> None:
    code = code_in(line.text_at_the_door(WORDS))
    wrong = mistyped(code)
    line.text(f"补{wrong} 四月的也没有到账")
    assert line.later(minutes=5).reconcile() == 1
    _, case = line.cases()
    (words,) = letters(line.deployment, case, case.unit_code, MessageKind.WORDS)
    assert words == "四月的也没有到账"
    assert case.number in "".join(line.send())


def test_who_wants_no_notices_hears_his_receipt(line: Line) -> None:
    line.text_at_the_door("退订")
    line.text(WORDS)
    line.later(minutes=5).reconcile()
    receipt, promised = line.send()
    assert "查询码" in receipt
    assert "最晚" in promised


@pytest.mark.parametrize("status", [401, 429, 500, 503])
def test_a_list_that_isn_t_given_is_an_error_of_the_job_and_asked_for_again(
    line: Line, status: int
) -> None:
    line.text(WORDS)
    line.later(minutes=5)
    line.inbox.listed.append(status)
    with pytest.raises(InboxIsShut):
        line.reconcile()
    assert line.reconcile() == 1


def test_two_workers_at_once_register_it_once(line_on_each_database: Line) -> None:
    line = line_on_each_database
    for number in range(4):
        line.text(f"{WORDS}，第{number}件")
    line.later(minutes=5)
    # The clock is one for all threads: it is stopped outside of them.
    with clock.stopped_at(line.now), ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: line.ask(), range(2)))
    line.reconcile()
    assert len(line.cases()) == 4
    assert len(line.send()) == 8


def test_a_text_of_another_line_s_id_is_another_text(line: Line) -> None:
    sid = message_id()
    client = line.deployment.citizen()
    Twilio(line.settings).text(client, WORDS, sid=sid)
    line.inbox.text(WORDS, sid=sid, came_at=line.now)
    assert line.later(minutes=5).reconcile() == 0
