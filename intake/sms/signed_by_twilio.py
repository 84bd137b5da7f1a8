"""Whether a request is Twilio's own: for every address of ours that it calls."""

from __future__ import annotations

import re

from flask import request
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from portal.foundation.settings import Settings

# A text has at most 1,600 characters; the rest is ids and place names.
_MOST_BODY_BYTES = 64 * 1024
MESSAGE_ID = re.compile(r"(?:SM|MM)[0-9a-f]{32}")
_FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")


class Forged(Exception):
    """The request isn't our provider's, or not for us; the text says why, and nothing else."""


def has_line(settings: Settings) -> bool:
    """Whether a Twilio line is set up."""
    return bool(
        settings.twilio_account_sid and settings.twilio_auth_token and settings.twilio_number
    )


def signed_form(settings: Settings, address: str) -> MultiDict[str, str]:
    """The fields of this request, which Twilio signed for that address of ours.

    Raises:
        Forged: it didn't, it is another account's, or the body isn't worth reading; Twilio always
            says how long its own is.
    """
    if request.content_length is None or request.content_length > _MOST_BODY_BYTES:
        raise Forged("a body that is too long, or doesn't say how long it is")
    form = request.form
    signature = request.headers.get("X-Twilio-Signature")
    if not signature:
        raise Forged("no signature")
    if any(len(values) != 1 or not _FIELD_NAME.fullmatch(name) for name, values in form.lists()):
        raise Forged("a field comes twice, or has no field's name")
    validator = RequestValidator(settings.twilio_auth_token)
    if not validator.validate(settings.public_url + address, form, signature):
        raise Forged("the signature doesn't fit; is PUBLIC_URL the address set at Twilio?")
    if form.get("AccountSid") != settings.twilio_account_sid:
        raise Forged("another account")
    return form


def in_form(form: MultiDict[str, str], name: str, pattern: re.Pattern[str]) -> str:
    """A field that has to look so. Raises Forged."""
    value = form.get(name, "")
    if not pattern.fullmatch(value):
        raise Forged(f"{name} isn't in its form")
    return value


def message_id(form: MultiDict[str, str]) -> str:
    """Twilio's own id of the message. Raises Forged."""
    return in_form(form, "MessageSid", MESSAGE_ID)
