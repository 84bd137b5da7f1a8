"""Twilio's door: who called is checked to the last field before a word is read.

A valid signature alone isn't enough. It covers the fields written one after the other, so that one
folded into the next still fits; hence every field that matters must be there, once, in its form.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse
from werkzeug.datastructures import MultiDict

from intake.sms.answers import Answer
from intake.sms.matter import Inbound
from intake.sms.receive import receive
from portal.foundation.database import writing
from portal.foundation.settings import Settings

blueprint = Blueprint("twilio", __name__)

_PATH = "/sms/twilio"
# A text has at most 1,600 characters; the rest is ids and place names.
_MOST_BODY_BYTES = 64 * 1024
# The same message may come twice at once, and a case number may be drawn twice.
_TRIES = 3

_MESSAGE_ID = re.compile(r"(?:SM|MM)[0-9a-f]{32}")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")

_log = logging.getLogger("huimin")


class Forged(Exception):
    """The request isn't our provider's message to our number; the text says why, and nothing
    else."""


@blueprint.post(_PATH)
def text_in() -> ResponseReturnValue:
    """Take a text message in and answer it; 404 where no Twilio line is set up."""
    settings: Settings = current_app.extensions["settings"]
    if not (settings.twilio_account_sid and settings.twilio_auth_token and settings.twilio_number):
        abort(404)
    try:
        _not_too_long()
        inbound = _checked(request.form, settings)
    except Forged as refusal:
        _log.warning("a text message was refused: %s", refusal)
        return Response("", 403, mimetype="text/plain")
    answer = _receive(inbound)
    return _twiml(answer.parts(settings.public_url))


def _not_too_long() -> None:
    """Refuse a body that isn't worth reading; Twilio always says how long its own is.

    Raises:
        Forged: it is too long, or doesn't say.
    """
    if request.content_length is None or request.content_length > _MOST_BODY_BYTES:
        raise Forged("a body that is too long, or doesn't say how long it is")


def _checked(form: MultiDict[str, str], settings: Settings) -> Inbound:
    """The message of a request that is Twilio's own, for our number.

    Raises:
        Forged: it isn't.
    """
    signature = request.headers.get("X-Twilio-Signature")
    if not signature:
        raise Forged("no signature")
    if any(len(values) != 1 or not _FIELD_NAME.fullmatch(name) for name, values in form.lists()):
        raise Forged("a field comes twice, or has no field's name")
    validator = RequestValidator(settings.twilio_auth_token)
    if not validator.validate(settings.public_url + _PATH, form, signature):
        raise Forged("the signature doesn't fit; is PUBLIC_URL the address set at Twilio?")
    if form.get("AccountSid") != settings.twilio_account_sid:
        raise Forged("another account")
    if form.get("To") != settings.twilio_number:
        raise Forged("another number")
    return Inbound(
        provider_id=_in_form(form, "MessageSid", _MESSAGE_ID),
        sender=_sender(form, settings.twilio_number),
        body=_body(form),
        has_picture=form.get("NumMedia", "0") != "0",
    )


def _in_form(form: MultiDict[str, str], name: str, pattern: re.Pattern[str]) -> str:
    value = form.get(name, "")
    if not pattern.fullmatch(value):
        raise Forged(f"{name} isn't in its form")
    return value


def _sender(form: MultiDict[str, str], own_number: str) -> str:
    sender = _in_form(form, "From", _E164)
    if sender == own_number:
        raise Forged("our own number as sender")
    return sender


def _body(form: MultiDict[str, str]) -> str:
    if "Body" not in form:
        raise Forged("no Body")
    return form["Body"]


def _receive(inbound: Inbound) -> Answer:
    for _ in range(_TRIES - 1):
        try:
            with writing() as session:
                return receive(session, inbound)
        except IntegrityError:
            continue
    with writing() as session:
        return receive(session, inbound)


def _twiml(parts: Sequence[str]) -> Response:
    """One message for each part; none where nothing is to be said."""
    twiml = MessagingResponse()
    for part in parts:
        twiml.message(part)
    return Response(str(twiml), mimetype="text/xml")
