"""Nobody but the provider gets a text in, and only one that was sent to our number."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from intake.cases.case import Case
from intake.cases.inbound_text import InboundText
from tests.deployments import Deployment
from tests.fakes import CITIZEN, Twilio, message_id

WORDS = "我妈的高龄津贴三个月没发了"


@pytest.fixture
def twilio(deployment: Deployment) -> Twilio:
    return Twilio(deployment.settings)


def nothing_is_stored(deployment: Deployment) -> bool:
    with deployment.database.reading() as session:
        return not any(
            session.scalar(select(func.count()).select_from(table)) for table in (Case, InboundText)
        )


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Twilio-Signature": ""},
        {"X-Twilio-Signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA="},
        {"X-Twilio-Signature": "签名".encode().decode("latin-1")},
    ],
)
def test_a_missing_or_wrong_signature(
    deployment: Deployment, twilio: Twilio, headers: dict[str, str]
) -> None:
    answer = deployment.citizen().post("/sms/twilio", data=twilio.form(WORDS), headers=headers)
    assert answer.status_code == 403
    assert nothing_is_stored(deployment)


def test_another_accounts_token(deployment: Deployment, twilio: Twilio) -> None:
    form = twilio.form(WORDS)
    headers = twilio.headers(form, token="another token")
    assert deployment.citizen().post("/sms/twilio", data=form, headers=headers).status_code == 403
    assert nothing_is_stored(deployment)


def test_another_address(deployment: Deployment, twilio: Twilio) -> None:
    elsewhere = Twilio(replace(deployment.settings, public_url="https://elsewhere.example"))
    form = twilio.form(WORDS)
    answer = deployment.citizen().post("/sms/twilio", data=form, headers=elsewhere.headers(form))
    assert answer.status_code == 403


def test_words_changed_after_signing(deployment: Deployment, twilio: Twilio) -> None:
    form = twilio.form(WORDS)
    headers = twilio.headers(form)
    form["Body"] += "，都好了"
    assert deployment.citizen().post("/sms/twilio", data=form, headers=headers).status_code == 403
    assert nothing_is_stored(deployment)


@pytest.mark.parametrize(
    ("into", "folded"),
    [
        ("Body", "From"),
        ("From", "MessageSid"),
        ("ApiVersion", "Body"),
        ("AccountSid", "ApiVersion"),
        ("SmsStatus", "To"),
    ],
)
def test_a_field_folded_into_the_one_before(
    deployment: Deployment, twilio: Twilio, into: str, folded: str
) -> None:
    """The signature still fits: it covers names and values written one after the other."""
    form = twilio.form(WORDS)
    headers = twilio.headers(form)
    names = sorted(form)
    between = names[names.index(into) + 1 : names.index(folded) + 1]
    form[into] += "".join(name + form.pop(name) for name in between)
    assert twilio.headers(form) == headers
    assert deployment.citizen().post("/sms/twilio", data=form, headers=headers).status_code == 403
    assert nothing_is_stored(deployment)


def test_a_country_folded_into_a_short_sender(deployment: Deployment, twilio: Twilio) -> None:
    for sender in ("12345", "Bank"):
        form = twilio.form(WORDS, sender=sender) | {"FromCity": ""}
        headers = twilio.headers(form)
        form["From"] += "FromCity" + form.pop("FromCity")
        assert twilio.headers(form) == headers
        answer = deployment.citizen().post("/sms/twilio", data=form, headers=headers)
        assert answer.status_code == 403
    assert nothing_is_stored(deployment)


def test_words_split_into_a_field_of_their_own(deployment: Deployment, twilio: Twilio) -> None:
    form = twilio.form("它扣了 C老人的钱")
    headers = twilio.headers(form)
    form["Body"], form["C老人的钱"] = "它扣了 ", ""
    assert twilio.headers(form) == headers
    assert deployment.citizen().post("/sms/twilio", data=form, headers=headers).status_code == 403


@pytest.mark.parametrize("name", ["Body", "From", "MessageSid", "To", "ToCountry"])
def test_a_field_that_comes_twice(deployment: Deployment, twilio: Twilio, name: str) -> None:
    form = twilio.form(WORDS)
    twice = MultiDict([*form.items(), (name, form[name])])
    answer = deployment.citizen().post("/sms/twilio", data=twice, headers=twilio.headers(form))
    assert answer.status_code == 403
    assert nothing_is_stored(deployment)


@pytest.mark.parametrize(
    "wrong",
    [
        {"AccountSid": "AC" + "1" * 32},
        {"To": "+8610690000999"},
        {"MessageSid": "SM123"},
        {"MessageSid": "SM" + "A" * 32},
        {"MessageSid": "SM" + "a" * 32 + "\n"},
        {"From": "13912345678"},
        {"From": "A COMPANY LTD"},
        {"From": "银行"},
        {"From": "whatsapp:+8613912345678"},
        {"From": "+86\uff11\uff13912345678"},
        {"From": "+8610690000100"},
    ],
)
def test_signed_but_not_a_text_to_us(
    deployment: Deployment, twilio: Twilio, wrong: dict[str, str]
) -> None:
    form = {**twilio.form(WORDS), **wrong}
    assert twilio.post(deployment.citizen(), form).status_code == 403
    assert nothing_is_stored(deployment)


@pytest.mark.parametrize("missing", ["AccountSid", "Body", "From", "MessageSid", "To"])
def test_signed_but_with_a_field_missing(
    deployment: Deployment, twilio: Twilio, missing: str
) -> None:
    form = twilio.form(WORDS)
    del form[missing]
    assert twilio.post(deployment.citizen(), form).status_code == 403


def test_json(deployment: Deployment, twilio: Twilio) -> None:
    form = twilio.form(WORDS)
    for headers in (twilio.headers({}), twilio.headers(form)):
        answer = deployment.citizen().post("/sms/twilio", data=json.dumps(form), headers=headers)
        assert answer.status_code == 403
        answer = deployment.citizen().post("/sms/twilio", json=form, headers=headers)
        assert answer.status_code == 403
    assert nothing_is_stored(deployment)


def test_the_newer_signature_isnt_chosen_by_its_header(
    deployment: Deployment, twilio: Twilio
) -> None:
    """Which algorithm holds is ours to say, not the sender's."""
    form = twilio.form(WORDS)
    signed = deployment.settings.public_url + "/sms/twilio"
    signed += "".join(name + form[name] for name in sorted(form))
    token = deployment.settings.twilio_auth_token.encode()
    mac = base64.b64encode(hmac.new(token, signed.encode(), hashlib.sha256).digest()).decode()
    headers = {
        "X-Twilio-Signature": mac,
        "X-Twilio-Webhooks-Signature-Settings": "key=x,algorithm=HMAC_SHA256",
    }
    assert deployment.citizen().post("/sms/twilio", data=form, headers=headers).status_code == 403


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_other_methods(deployment: Deployment, method: str) -> None:
    assert deployment.citizen().open("/sms/twilio", method=method).status_code == 405


def test_a_body_beyond_all_bounds(deployment: Deployment, twilio: Twilio) -> None:
    assert twilio.post(deployment.citizen(), twilio.form("长" * 40_000)).status_code == 403
    assert nothing_is_stored(deployment)


def test_no_line_no_door(deployment: Deployment, twilio: Twilio) -> None:
    shut = Deployment(replace(deployment.settings, twilio_auth_token=""))
    try:
        assert twilio.post(shut.citizen(), twilio.form(WORDS)).status_code == 404
    finally:
        shut.close()


def test_a_refusal_says_nothing_of_the_message(
    deployment: Deployment, twilio: Twilio, capfd: pytest.CaptureFixture[str]
) -> None:
    sid = message_id()
    form = twilio.form(WORDS, sid=sid)
    answer = deployment.citizen().post("/sms/twilio", data=form)
    logged = capfd.readouterr().err
    assert "a text message was refused" in logged
    for said in (answer.get_data(as_text=True), logged):
        assert WORDS not in said
        assert CITIZEN[3:] not in said
        assert sid not in said
