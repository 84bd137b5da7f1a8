"""Stand-ins for the outside world, and for nothing of our own."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from dataclasses import dataclass

from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from portal.foundation.settings import Settings

CITIZEN = "+8613912345678"
_ids = itertools.count(1)


def message_id() -> str:
    """A fresh id, shaped as Twilio's."""
    return f"SM{next(_ids):032x}"


@dataclass
class Twilio:
    """Twilio, as far as a text that comes in: it posts the message, signed, and reads what to
    answer."""

    settings: Settings

    def form(
        self, body: str, *, sender: str = CITIZEN, sid: str = "", **other: str
    ) -> dict[str, str]:
        """The fields of one message."""
        sid = sid or message_id()
        return {
            "AccountSid": self.settings.twilio_account_sid,
            "ApiVersion": "2010-04-01",
            "Body": body,
            "From": sender,
            "FromCountry": "CN",
            "MessageSid": sid,
            "NumMedia": "0",
            "NumSegments": "1",
            "SmsMessageSid": sid,
            "SmsSid": sid,
            "SmsStatus": "received",
            "To": self.settings.twilio_number,
            "ToCountry": "CN",
            **other,
        }

    def headers(
        self, form: Mapping[str, str], *, token: str = "", path: str = "/sms/twilio"
    ) -> dict[str, str]:
        """The signature over these fields, sent to that address of ours."""
        validator = RequestValidator(token or self.settings.twilio_auth_token)
        address = self.settings.public_url + path
        return {"X-Twilio-Signature": validator.compute_signature(address, form)}

    def post(self, client: FlaskClient, form: Mapping[str, str]) -> TestResponse:
        """Post a message to an application of this process."""
        return client.post("/sms/twilio", data=form, headers=self.headers(form))

    def text(
        self, client: FlaskClient, body: str, *, sender: str = CITIZEN, sid: str = "", **other: str
    ) -> list[str]:
        """What the sender of a text gets back."""
        response = self.post(client, self.form(body, sender=sender, sid=sid, **other))
        assert response.status_code == 200, response.status
        assert response.mimetype == "text/xml"
        return answers_in(response.data)


def answers_in(twiml: bytes) -> list[str]:
    """The messages that a TwiML answer asks to send."""
    root = ElementTree.fromstring(twiml)  # noqa: S314  # Our own answer, from our own process.
    assert root.tag == "Response"
    assert all(child.tag == "Message" and not child.attrib for child in root)
    return [child.text or "" for child in root]
