"""Reports on what we sent: signed or refused, and the same whenever and however often they come."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from intake.cases.case import Case, Channel, Identity
from intake.cases.event import Event
from intake.draft import Draft
from intake.outbox.notices import Occasion
from intake.outbox.outbound_text import OutboundText
from intake.outbox.queue_notice import queue_notice
from intake.register import register
from intake.rules.sending import TextState
from intake.sms.gateway_signature import signed_headers
from portal.campaign.kinds import Kind
from portal.foundation import clock
from tests.deployments import Deployment
from tests.fakes import Twilio, message_id

SECRET = "the gateway's secret of this test"


def a_text(deployment: Deployment, state: TextState = TextState.UNKNOWN) -> str:
    """A message that was handed over; returns its reference."""
    draft = Draft(
        channel=Channel.WEB,
        kind=Kind.COMPLAINT,
        words="高龄津贴没发",
        submission="one",
        identity=Identity.PHONE,
        contact_phone="13907123456",
    )
    with deployment.database.writing() as session:
        case = register(session, draft).case
        queue_notice(session, session.get_one(Case, case.id), Occasion.REPLIED)
        session.flush()
        text = session.scalars(select(OutboundText)).one()
        text.state = state
        return text.reference


def stored(deployment: Deployment) -> OutboundText:
    with deployment.database.reading() as session:
        return session.scalars(select(OutboundText)).one()


def report(deployment: Deployment, reference: str, status: str, *, sid: str, **other: str) -> int:
    """Twilio's report on a message."""
    twilio = Twilio(deployment.settings)
    form = {
        "AccountSid": deployment.settings.twilio_account_sid,
        "MessageSid": sid,
        "MessageStatus": status,
        "SmsSid": sid,
        **other,
    }
    path = f"/sms/twilio/status?text={reference}"
    headers = twilio.headers(form, path=path)
    return deployment.citizen().post(path, data=form, headers=headers).status_code


def test_a_report_settles_what_nobody_knew(on_each_database: Deployment) -> None:
    reference, sid = a_text(on_each_database), message_id()
    assert report(on_each_database, reference, "delivered", sid=sid) == 204
    text = stored(on_each_database)
    assert (text.state, text.provider_id) == (TextState.DELIVERED, sid)


def test_late_and_repeated_reports(deployment: Deployment) -> None:
    reference, sid = a_text(deployment, TextState.SENT), message_id()
    for status in ("queued", "delivered", "sent", "delivered", "failed"):
        report(deployment, reference, status, sid=sid)
    assert stored(deployment).state is TextState.DELIVERED
    with deployment.database.reading() as session:
        told = session.scalars(select(Event).where(Event.name.startswith("text_"))).all()
    assert [one.facts["state"] for one in told] == ["delivered"]


def test_a_text_that_didn_t_arrive(deployment: Deployment) -> None:
    reference = a_text(deployment, TextState.SENT)
    report(deployment, reference, "undelivered", sid=message_id(), ErrorCode="30003")
    text = stored(deployment)
    assert (text.state, text.error_code) == (TextState.FAILED, "30003")


def test_a_report_on_another_message_of_the_provider_s(deployment: Deployment) -> None:
    reference, sid = a_text(deployment), message_id()
    report(deployment, reference, "sent", sid=sid)
    report(deployment, reference, "failed", sid=message_id())
    assert stored(deployment).state is TextState.SENT


@pytest.mark.parametrize("status", ["", "unheard-of"])
def test_an_unknown_word_or_message_changes_nothing(deployment: Deployment, status: str) -> None:
    reference = a_text(deployment)
    assert report(deployment, reference, status, sid=message_id()) == 204
    assert report(deployment, "0" * 32, "delivered", sid=message_id()) == 204
    assert stored(deployment).state is TextState.UNKNOWN


def test_what_isn_t_twilio_s_own_is_refused(deployment: Deployment) -> None:
    reference, sid = a_text(deployment), message_id()
    path = f"/sms/twilio/status?text={reference}"
    citizen, twilio = deployment.citizen(), Twilio(deployment.settings)
    form = {
        "AccountSid": deployment.settings.twilio_account_sid,
        "MessageSid": sid,
        "MessageStatus": "delivered",
    }
    for headers in ({}, twilio.headers(form, path="/sms/twilio/status?text=" + "0" * 32)):
        assert citizen.post(path, data=form, headers=headers).status_code == 403
    for wrong in ({"AccountSid": "AC" + "1" * 32}, {"MessageSid": "SM1"}):
        other = form | wrong
        headers = twilio.headers(other, path=path)
        assert citizen.post(path, data=other, headers=headers).status_code == 403
    for other_path in (f"{path}&text=1", "/sms/twilio/status", "/sms/twilio/status?text=x"):
        headers = twilio.headers(form, path=other_path)
        assert citizen.post(other_path, data=form, headers=headers).status_code == 403
    assert stored(deployment).state is TextState.UNKNOWN


@pytest.fixture
def gateway(deployment: Deployment) -> FlaskClient:
    """The public site of a deployment with a gateway."""
    settings = deployment.public.extensions["settings"]
    deployment.public.extensions["settings"] = replace(settings, sms_gateway_secret=SECRET)
    return deployment.citizen()


def gateway_says(client: FlaskClient, said: object, *, age: int = 0, secret: str = SECRET) -> int:
    body = json.dumps(said).encode()
    headers = signed_headers(secret, body, clock.now() - timedelta(seconds=age))
    return client.post("/sms/gateway/status", data=body, headers=headers).status_code


def test_the_gateway_reports(deployment: Deployment, gateway: FlaskClient) -> None:
    reference = a_text(deployment)
    assert gateway_says(gateway, {"id": reference, "state": "delivered"}) == 204
    assert gateway_says(gateway, {"id": reference, "state": "sent"}) == 204
    assert stored(deployment).state is TextState.DELIVERED


@pytest.mark.parametrize(
    ("said", "wrong", "status"),
    [
        pytest.param({"state": "delivered"}, {"secret": "another"}, 403, id="another secret"),
        pytest.param({"state": "delivered"}, {"age": 400}, 403, id="long ago"),
        pytest.param({"state": "delivered"}, {"age": -400}, 403, id="in the future"),
        pytest.param(["delivered"], {}, 400, id="no object"),
        pytest.param({"state": 1}, {}, 400, id="no words"),
        pytest.param({"state": "gone"}, {}, 204, id="an unknown word"),
    ],
)
def test_what_isn_t_the_gateway_s_own_changes_nothing(
    deployment: Deployment,
    gateway: FlaskClient,
    said: object,
    wrong: dict[str, object],
    status: int,
) -> None:
    reference = a_text(deployment)
    full = said | {"id": reference} if isinstance(said, dict) else said
    assert gateway_says(gateway, full, **wrong) == status  # type: ignore[arg-type]
    assert stored(deployment).state is TextState.UNKNOWN


def test_no_gateway_no_door(deployment: Deployment) -> None:
    assert gateway_says(deployment.citizen(), {"id": "", "state": "sent"}) == 404


def test_an_unsigned_report_of_the_gateway(gateway: FlaskClient) -> None:
    assert gateway.post("/sms/gateway/status", data=b"{}").status_code == 403
