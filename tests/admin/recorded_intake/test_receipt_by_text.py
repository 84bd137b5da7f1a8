"""A receipt that goes by text: to whom it can go, what it says, and that its code must be
changed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from admin.outbox.sending import Post, send_texts
from admin.outbox.twilio_sender import TwilioSender
from intake.cases.case import Case
from intake.outbox.outbound_text import OutboundText
from intake.rules.sending import TextState
from intake.vault.vault import vault_of
from portal.foundation import clock
from tests.admin.desk.people import Desks
from tests.admin.recorded_intake.clerk import changed, check, form, post, record, show
from tests.deployments import Deployment
from tests.text_provider import TextProvider, text_provider

HIS = "13907123456"
# A Wednesday in June, ten in the morning.
MORNING = datetime(2022, 6, 15, 2, tzinfo=UTC)
TEXTED = {"contact_phone": HIS, "receipt_by_text": "y", "policy": "MZ11"}


def sent(desks: Desks) -> TextProvider:
    """What the worker sends now, to a provider on the loopback address."""
    with text_provider() as outside, clock.stopped_at(MORNING):
        settings = replace(desks.deployment.settings, twilio_api_base=outside.url)
        send_texts(desks.deployment.database, Post(TwilioSender(settings), ceiling=100))
        return outside


def queued(desks: Desks) -> list[str]:
    with desks.deployment.database.reading() as session:
        return list(session.scalars(select(OutboundText.template).order_by(OutboundText.id)))


def test_number_code_and_date_go_by_text(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with clock.stopped_at(MORNING):
        receipt = record(desks, **TEXTED)
        number, code = receipt.receipt
        public = desks.deployment.citizen()
        outside = sent(desks)

        assert "查询码也发短信到13907123456" in receipt.text.replace(" ", "")
        first, second = outside.bodies
        assert number in first
        assert code in first
        assert "先上网换查询码" in first
        assert code not in second
        assert "最晚2022年" in second
        assert {one["to"] for one in outside.taken} == {"+86" + HIS}
        # It waited sealed, for the worker alone.
        with desks.deployment.database.reading() as session:
            kept = [one.sealed or b"" for one in session.scalars(select(OutboundText))]
        assert code.encode() not in b"".join(kept)
        # The code is good to be changed, and then it opens nothing.
        own = changed(public, code)
        assert "没有查到" in show(public, code).text
        assert show(public, own).status == 200


def test_the_same_form_again_texts_nothing_more(desks: Desks) -> None:
    read_back = check(desks, **TEXTED)
    assert "回执发短信给他" in read_back.text
    for _ in range(2):
        post(desks, "clerk", "telephone", read_back.fields, step="register")
    assert queued(desks) == ["receipt", "promised"]


def test_who_doesn_t_ask_for_it_gets_none(desks: Desks) -> None:
    record(desks, contact_phone=HIS)
    assert queued(desks) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"contact_phone": "027-85481234"}, "座机收不到短信"),
        ({"contact_phone": ""}, "匿名的不留号码"),
        ({"contact_phone": HIS, "identity": "anonymous"}, "匿名的不留号码"),
        ({"contact_phone": HIS, "case_kind": "tip_off"}, "举报人愿意收短信通知"),
    ],
)
def test_where_it_cannot_go_is_said_and_nothing_is_lost(
    desks: Desks, typed: dict[str, str], said: str
) -> None:
    refused = check(desks, receipt_by_text="y", **typed)
    assert refused.status == 422
    assert said in refused.text
    assert refused.fields["receipt_by_text"] == "y"
    assert refused.fields["contact_phone"] == typed["contact_phone"]


def test_who_tips_off_and_wants_texts_gets_one(desks: Desks) -> None:
    typed = {"case_kind": "tip_off", "texts_wanted": "y", "accused": "区民政局"}
    with clock.stopped_at(MORNING):
        receipt = record(desks, **TEXTED, **typed)
    bodies = " ".join(sent(desks).bodies)
    assert receipt.receipt[1] in bodies
    assert "民政" not in bodies
    assert "举报" not in bodies


def test_without_a_line_for_texts_it_is_not_offered(desks: Desks) -> None:
    assert "receipt_by_text" in form(desks).html
    held = desks.deployment.staff.extensions
    held["settings"] = replace(held["settings"], twilio_account_sid="")
    assert "receipt_by_text" not in form(desks).html


def test_whoever_writes_into_the_queue_cannot_text_words_of_his_own(deployment: Deployment) -> None:
    desks = Desks(deployment)
    with clock.stopped_at(MORNING):
        record(desks, **TEXTED)
    with deployment.database.writing() as session:
        case = session.scalars(select(Case)).one()
        text = session.scalars(select(OutboundText).where(OutboundText.template == "receipt")).one()
        forged = json.dumps({"on": "", "code": "快去www.example.com领钱"}).encode()
        context = f"notice|{case.number}|receipt".encode()
        text.sealed = vault_of(session).seal_to_worker(forged, context)
    assert "领钱" not in " ".join(sent(desks).bodies)
    with deployment.database.reading() as session:
        states = {one.template: one.state for one in session.scalars(select(OutboundText))}
    assert states["receipt"] is TextState.DEAD
